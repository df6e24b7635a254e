"""Event files of others, in and out of a ledger."""
import os
import resource
import subprocess
import unittest
from pathlib import Path

from program import BINARY, ProgramTest

HEADER = ("Event ID\tEvent Date\tSource Name\tSource Sectors\tSource Country\tEvent Text\tCAMEO Code\tIntensity\tTarget Name\tTarget Sectors\t"
          "Target Country\tStory ID\tSentence Number\tPublisher\tCity\tDistrict\tProvince\tCountry\tLatitude\tLongitude\n")


def row(number, day="2018-06-01", code="040", source="South Korea", target="China"):
    return f"{number}\t{day}\tMinistry\tGovernment\t{source}\tConsult\t{code}\t1\tArmy\tMilitary\t{target}\t7\t2\tPaper\tSeoul\tNA\tNA\tSouth Korea\t37.5\t127\n"


class Formats(ProgramTest):
    counts = "SELECT date, actor, recipient, type, count(*) AS n FROM pairs GROUP BY ALL ORDER BY ALL"

    def ask(self, sql, ledger="l.db"):
        outcome = self.run_program("query", ledger, sql, "--format", "csv")
        self.assertEqual(outcome.code, 0, outcome.err)
        return outcome.out

    def load(self, content, *options):
        outcome = self.run_program("import", "l.db", self.write("events.tab", content), *options)
        return outcome

    def test_a_round_trip_keeps_every_dyad_day_and_type(self):
        self.assertEqual(self.load(HEADER + row(1) + row(2, code="190", day="2018-06-02") + row(3, source="Japan")).code, 0)
        whole = self.ask(self.counts)
        self.assertIn("KOR,CHN,ASSAULT,1", whole)
        for form in ("icews", "gdelt1", "gdelt2", "plover", "cameo", "csv", "parquet"):
            with self.subTest(form):
                told = self.run_bytes("export", "l.db", "--to", form)
                path = self.write("out." + {"parquet": "parquet", "csv": "csv"}.get(form, "txt"), told)
                back = self.run_program("import", form + ".db", path, "--format", "petrarch" if form == "cameo" else form)
                self.assertEqual((back.code, self.ask(self.counts, form + ".db")), (0, whole), back.err)

    def run_bytes(self, *arguments):
        done = subprocess.run([BINARY, *arguments], cwd=self.folder, capture_output=True)
        self.assertEqual(done.returncode, 0, done.stderr)
        return done.stdout

    def test_persons_and_bodies_without_a_country_count_for_their_own(self):
        rows = "date\tsource\trelation\ttarget\n" + "".join(
            f"2014-05-0{day}\t{source}\tCriticize or denounce\tChina\n" for day, source in
            enumerate(("Barack Obama", "Sergey Viktorovich Lavrov", "Hamas", "Citizen (Japan)", "Quentin Nobody Atall"), 1))
        self.assertEqual(self.load(rows, "--format", "quadruples").code, 0)
        self.assertEqual(self.ask("SELECT actor FROM coded_events ORDER BY date").split()[1:], ["USA", "RUS", "PSE", "JPN", '""'])

    def test_three_date_formats_are_one_day(self):
        self.load(HEADER + row(1) + row(2, day="6/1/2018") + row(3, day="20180601"))
        self.assertEqual(self.ask("SELECT date, events FROM dyad_days"), "date,events\n2018-06-01,3\n")

    def test_unknown_codes_and_days_are_told_with_their_line(self):
        outcome = self.load(HEADER + row(1) + row(2, code="13y") + row(3, day="someday"), "--strict")
        self.assertEqual(outcome.code, 1)
        self.assert_complaint(outcome, "events.tab:3:", "13y")
        self.assert_complaint(outcome, "events.tab:4:", "someday")
        self.assertEqual(self.ask("SELECT count(*) AS n FROM events"), "n\n2\n")

    def test_a_table_with_a_few_of_our_columns_is_enough(self):
        table = self.write("few.csv", "date,actor,recipient,code\n2018-06-01,KOR,CHN,190\n")
        outcome = self.run_program("import", "l.db", table)
        self.assertEqual((outcome.code, self.ask(self.counts)), (0, "date,actor,recipient,type,n\n2018-06-01,KOR,CHN,ASSAULT,1\n"), outcome.err)

    def test_a_table_without_a_day_or_with_a_wrong_map_says_which_column_is_missing(self):
        table = self.write("few.csv", "when,actor,recipient,code\n2018-06-01,KOR,CHN,190\n")
        outcome = self.run_program("import", "l.db", table, "--format", "csv")
        self.assertEqual(outcome.code, 1)
        self.assert_one_complaint(outcome, "few.csv", '"date"')
        outcome = self.run_program("import", "l.db", table, "--map", self.write("map.tsv", "date\tday\n"))
        self.assertEqual(outcome.code, 1)
        self.assert_one_complaint(outcome, "few.csv", 'no column "day"')
        outcome = self.run_program("import", "l.db", table, "--map", self.write("map2.tsv", "date\twhen\nactor\tactor\nrecipient\trecipient\ncode\tcode\n"))
        self.assertEqual((outcome.code, self.ask("SELECT count(*) AS n FROM pairs")), (0, "n\n1\n"), outcome.err)

    def test_the_same_file_twice_changes_nothing(self):
        self.load(HEADER + row(1))
        before = self.ask("SELECT * FROM runs")
        self.assert_complaint(self.load(HEADER + row(1)), "in the ledger already")
        self.assertEqual((before, self.ask("SELECT count(*) AS n FROM pairs")), (self.ask("SELECT * FROM runs"), "n\n1\n"))

    def test_a_cut_archive_leaves_the_ledger_as_it_was(self):
        import lzma
        self.load(HEADER + row(1))
        cut = self.write("cut.tab.xz", lzma.compress((HEADER + "".join(map(row, range(999)))).encode())[:-40])
        outcome = self.run_program("import", "l.db", cut)
        self.assertEqual(outcome.code, 1)
        self.assert_one_complaint(outcome, "cut.tab.xz", "cut short")
        self.assertEqual(self.ask("SELECT count(*) AS n FROM pairs"), "n\n1\n")

    def test_a_full_disk_loses_nothing_that_was_there(self):
        self.load(HEADER + row(1))
        many = self.write("many.tab", HEADER + "".join(row(n, code=f"0{40 + n % 3}") for n in range(300000)))
        room = (self.folder / "l.db").stat().st_size + 200000
        done = subprocess.run([BINARY, "import", "l.db", many], cwd=self.folder, capture_output=True,
                              preexec_fn=lambda: resource.setrlimit(resource.RLIMIT_FSIZE, (room, room)))
        self.assertEqual(done.returncode, 1, done.stderr)
        self.assertEqual(self.ask("SELECT count(*) AS n FROM pairs"), "n\n1\n")


if __name__ == "__main__":
    unittest.main()
