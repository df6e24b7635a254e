"""Event files of others, in and out of a ledger."""
import os
import resource
import subprocess
import time
import unittest
from pathlib import Path

from program import BINARY, ROOT, ProgramTest

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

    def test_an_arrow_stream_is_read_by_pyarrow_and_comes_back(self):
        try:
            import pyarrow
            import pyarrow.parquet
        except ImportError:
            self.skipTest("pyarrow is not installed: the Arrow stream is not checked")
        days = [row(n, day=f"2018-06-{1 + n % 30:02}", code=("040", "190", "13y")[n % 3], source=("South Korea", "Japan", "")[n % 3]) for n in range(5000)]
        self.assertEqual(self.load(HEADER + "".join(days)).code, 0)
        with pyarrow.ipc.open_stream(self.run_bytes("export", "l.db", "--to", "arrow")) as stream:
            table = stream.read_all()
        table.validate(full=True)
        self.assertEqual((table.num_rows, str(table.schema.field("date").type), str(table.schema.field("quad").type)), (5000, "date32[day]", "int64"))
        self.assertEqual(table.column("quad").null_count, sum(n % 3 == 2 for n in range(5000)), "a code not in the table has no quad")
        path = str(self.folder / "out.parquet")
        pyarrow.parquet.write_table(table, path)
        self.assertEqual(self.run_program("import", "back.db", path).code, 0)
        self.assertEqual(self.ask(self.counts, "back.db"), self.ask(self.counts))

    def test_an_arrow_stream_has_its_marks_and_ends(self):
        self.load(HEADER + row(1))
        told = self.run_bytes("export", "l.db", "--to", "arrow")
        self.assertEqual((told[:4], told[-8:], len(told) % 8), (b"\xff" * 4, b"\xff" * 4 + b"\0" * 4, 0))
        self.assertIn("Ministry".encode(), told)

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

    POLECAT = ("Event ID\tEvent Date\tEvent Type\tEvent Mode\tIntensity\tQuad Code\tContexts\tActor Name\tActor Country\tActor COW\tPrimary Actor Sector\t"
               "Actor Sectors\tActor Title\tActor Name Raw\tWikipedia Actor ID\tRecipient Name\tRecipient Country\tRecipient COW\tPrimary Recipient Sector\t"
               "Recipient Sectors\tRecipient Title\tRecipient Name Raw\tWikipedia Recipient ID\tPlacename\tCity\tDistrict\tProvince\tCountry\tLatitude\t"
               "Longitude\tGeoNames ID\tRaw Placename\tFeature Type\tSource\tPublication Date\tStory People\tStory Organizations\tStory Locations\t"
               "Language\tVersion").split("\t")

    def polecat(self, **cells):
        row = dict.fromkeys(self.POLECAT, "None")
        row.update({"Event ID": "20240105-1", "Event Date": "2024-01-05", "Event Type": "COERCE", "Event Mode": "arrest", "Intensity": "-5.0", "Quad Code": "4",
                    "Contexts": "human_rights;legal", "Actor Name": "Police", "Actor Country": "Turkey", "Primary Actor Sector": "COP",
                    "Actor Sectors": "COP;GOV", "Recipient Name": "Reporter", "Recipient Country": "Kosovo", "Primary Recipient Sector": "JRN",
                    "Placename": "Ankara", "Country": "Turkey", "Latitude": "39.9", "Longitude": "32.8", "Source": "Hürriyet",
                    "Publication Date": "2024-01-05", "Language": "en", "Version": "NGEC_coder-Vers001-b1-Run-001"})
        row.update({name.replace("_", " "): value for name, value in cells.items()})
        return [row[name] for name in self.POLECAT]

    def polecat_file(self, rows, header=None, encoding="utf-8", ending=""):
        lines = ["\t".join(header or self.POLECAT)] + ["\t".join(row) + ending for row in rows]
        return self.write("ngecEvents.txt", ("\n".join(lines) + "\n").encode(encoding))

    polecat_seen = "SELECT e.date, e.actor, e.actor_sector, e.recipient, e.recipient_sector, e.type, e.modes, e.quad, e.place_country, i.publisher FROM coded_events e JOIN imported_events i USING (event_id) ORDER BY 1"
    polecat_row = "2024-01-05,TUR,COP,KOS,JRN,COERCE,arrest,4,TUR,Hürriyet\n"

    def test_polecat_names_of_countries_pseudo_countries_and_none_are_read(self):
        outcome = self.run_program("import", "l.db", self.polecat_file([
            self.polecat(), self.polecat(Event_Date="2024-01-06", Actor_Country="IGO", Recipient_Country="None", Recipient_Name="None", Event_Type="ACCUSE", Event_Mode="None", Quad_Code="3")]))
        self.assertEqual(outcome.code, 0, outcome.err)
        self.assertIn("polecat, 2 rows kept of 2; 0 without a day and 0 malformed left out, 0 of unknown code", outcome.err)
        self.assertEqual(self.ask(self.polecat_seen).split("\n", 1)[1], self.polecat_row + '2024-01-06,IGO,COP,"",JRN,ACCUSE,"",3,TUR,Hürriyet\n')

    def test_polecat_in_latin_1_with_other_headers_and_trailing_columns_is_read(self):
        header = [{"Intensity": "Event Intensity"}.get(name, name) for name in self.POLECAT]
        for number, options in enumerate(({"encoding": "latin-1"}, {"header": header}, {"ending": "\t\t"}, {"header": self.POLECAT + ["Headline"], "ending": "\tArrests go on"},
                                          {"header": self.POLECAT + ["", ""], "ending": "\t\t"})):
            with self.subTest(options=list(options)):
                ledger = f"p{number}.db"
                outcome = self.run_program("import", ledger, self.polecat_file([self.polecat()], **options))
                self.assertEqual(outcome.code, 0, outcome.err)
                self.assertEqual(self.ask(self.polecat_seen, ledger).split("\n", 1)[1], self.polecat_row, outcome.err)

    def test_a_second_header_within_a_file_is_left_out_and_told(self):
        outcome = self.run_program("import", "l.db", self.polecat_file([self.polecat(), self.POLECAT, self.polecat(Event_Date="2024-01-07")]))
        self.assert_complaint(outcome, "ngecEvents.txt:3:", "no day", "Event Date")
        self.assertEqual(self.ask("SELECT count(*) AS n FROM events"), "n\n2\n")

    def test_phoenix_keeps_its_class_and_reads_both_orders_of_entity_and_role(self):
        def line(number, full, entity, role):
            return "\t".join([f"{number}_v0.1.0", "20150310", "2015", "03", "10", full, entity, role, "", "CHN", "CHN", "", "", "141", "14", "4", "-6.5", "PROTEST,1;LEGAL,2",
                              "37.56", "126.97", "Seoul", "Seoul", "KOR", "54f0_3;54f1_1", "http://a.example/1;http://b.example/2", "xin_eng;nyt_eng"]) + "\n"
        path = self.write("events.full.20150310.txt", line(1, "KORCVL", "KOR", "CVL") + line(2, "KORCVL", "CVL", "KOR"))
        outcome = self.run_program("import", "l.db", path)
        self.assertEqual(outcome.code, 0, outcome.err)
        self.assertEqual(self.ask("SELECT date, actor, actor_sector, recipient, type, modes, quad, place_country, count(*) AS n FROM coded_events GROUP BY ALL"),
                         "date,actor,actor_sector,recipient,type,modes,quad,place_country,n\n2015-03-10,KOR,CVL,CHN,PROTEST,demo,4,KOR,2\n")

    def test_gdelt_keeps_its_class_of_protest_beside_ours_and_mentions_join_their_event(self):
        cells = [""] * 61
        cells[0], cells[1], cells[5], cells[7], cells[15], cells[17] = "410000001", "20191024", "CHL", "CHL", "GOV", ""
        cells[26], cells[27], cells[28], cells[29], cells[30], cells[31], cells[32], cells[33] = "141", "141", "14", "3", "-6.5", "8", "2", "8"
        cells[51], cells[52], cells[53], cells[56], cells[57], cells[59], cells[60] = "1", "Chile", "CI", "-30", "-71", "20191024143000", "https://a.example/x"
        mention = ["410000001", "20191024143000", "20191024150000", "1", "a.example", "https://a.example/x", "3", "-1", "220", "180", "1", "50", "2400", "-3.5", "", ""]
        self.assertEqual(self.run_program("import", "l.db", self.write("x.export.CSV", "\t".join(cells) + "\n")).code, 0)
        outcome = self.run_program("import", "l.db", self.write("x.mentions.CSV", "\t".join(mention) + "\n" + "\t".join([*mention[:2], "20191024160000", *mention[3:]]) + "\n"))
        self.assertEqual(outcome.code, 0, outcome.err)
        self.assertEqual(self.ask("SELECT e.type, e.quad, i.plover_quad, e.place_country, count(m.id) AS mentions, min(m.mention_time) AS first FROM coded_events e JOIN imported_events i "
                                  "USING (event_id) JOIN imported_mentions m ON m.id = i.id GROUP BY ALL"),
                         "type,quad,plover_quad,place_country,mentions,first\nPROTEST,3,4,CHL,2,20191024150000\n")

    def test_persons_and_bodies_are_of_their_state_on_the_day(self):
        rows = "date\tsource\trelation\ttarget\n2018-03-01\tSergey Viktorovich Lavrov\tMake a visit\tAngela Merkel\n2018-03-01\tIsraeli Defense Forces\tMake statement\tNobody Known\n"
        outcome = self.run_program("import", "l.db", self.write("q.tsv", rows))
        self.assertEqual(outcome.code, 0, outcome.err)
        self.assertEqual(self.ask("SELECT actor, actor_sector, recipient, recipient_sector FROM coded_events ORDER BY event_id"),
                         'actor,actor_sector,recipient,recipient_sector\nRUS,GOV,DEU,GOV\nISR,MIL,"",""\n')

    def test_the_field_s_own_files_are_read_whole(self):
        events = ROOT.parent / "shared/data/events"
        if not events.is_dir():
            self.skipTest(f"{events} is not there")
        for name, kept in (("icews_events.2018.sample.tab.xz", "icews, "), ("gdelt2_20191024143000.export.CSV.xz", "gdelt2, ")):
            outcome = self.run_program("import", "l.db", events / name)
            self.assertEqual(outcome.code, 0, outcome.err)
            self.assertIn(kept, outcome.err)
            self.assertIn("; 0 without a day and 0 malformed left out", outcome.err)
            self.assertRegex(outcome.err, r"(\d+) rows kept of \1;")

    def test_a_killed_import_leaves_the_ledger_as_it_was(self):
        self.load(HEADER + row(1))
        many = self.write("many.tab", HEADER + "".join(row(n, code=f"0{40 + n % 3}") for n in range(400000)))
        killed = 0
        for pause in (0.3, 0.6, 1.0, 1.5):
            child = subprocess.Popen([BINARY, "import", "l.db", many, "-q"], cwd=self.folder)
            time.sleep(pause)
            killed += child.poll() is None
            child.kill()
            child.wait()
            self.assertIn(self.ask("SELECT count(*) AS n FROM pairs"), ("n\n1\n", "n\n400001\n"), "all of a file or nothing")
        self.assertGreater(killed, 0)
        self.assertEqual(self.run_program("import", "l.db", many, "-q").code, 0)
        self.assertEqual(self.ask("SELECT count(*) AS n FROM pairs"), "n\n400001\n")

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
