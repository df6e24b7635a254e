"""legation kb and --kb: looking names up, checking tables, bringing one's own and others' actors along."""
import json
import unittest

from program import ROOT, ProgramTest

HEADER = "kind\tname\taliases\tcode\tsectors\trole\tfrom\tto\tsource\n"
DICTIONARIES = ROOT.parent / "shared/data/dictionaries"


class Kb(ProgramTest):
    def find(self, *arguments, **options):
        return self.run_program("kb", "find", *arguments, **options)

    def test_a_list_of_names_is_answered_line_by_line(self):
        names = "Kofi Annan\t2004-05-01\nPolice (India)\n\nNobody of That Name\t2004-05-01\n"
        records = self.find("--list", "-", stdin=names.encode()).records
        self.assertEqual([record["name"] for record in records], ["Kofi Annan", "Police (India)", "Nobody of That Name"])
        self.assertEqual(records[0]["candidates"][0]["code"], "UNO")
        self.assertEqual(records[0]["candidates"][0]["nationality"], "GHA")
        self.assertEqual((records[1]["candidates"][0]["code"], records[1]["candidates"][0]["sector"]), ("IND", "COP"))
        self.assertIsNone(records[1]["date"])
        self.assertEqual(records[2]["candidates"], [])

    def test_a_list_from_a_file_takes_the_day_of_the_call(self):
        path = self.write("names.txt", "Angela Merkel\nAngela Merkel\t2024-01-01\n")
        records = self.find("--list", path, "--date", "2010-01-01").records
        self.assertEqual([record["candidates"][0]["role"] for record in records], ["chancellor of Germany", "former chancellor of Germany"])

    def test_a_bad_day_in_a_list_is_named_with_its_line(self):
        path = self.write("names.txt", "Angela Merkel\nAngela Merkel\t2024-13-01\n")
        outcome = self.find("--list", path)
        self.assertEqual(outcome.code, 1)
        self.assert_one_complaint(outcome, "names.txt:2", "2024-13-01")

    def test_an_absent_list_and_no_name_are_one_complaint(self):
        self.assert_one_complaint(self.find("--list", "nowhere.txt"), "nowhere.txt")
        self.assert_one_complaint(self.find(), "give a name")

    def test_json_of_one_name(self):
        record = json.loads(self.find("Xi Jinping", "--date", "2020-01-01", "--json").out)
        self.assertEqual(record["candidates"][0]["role"], "president of China")

    def test_thousands_of_names_take_a_moment(self):
        names = "".join(f"Person Number{i}\t2015-01-01\nPolice (France)\n" for i in range(10000))
        self.assertEqual(len(self.find("--list", "-", stdin=names.encode(), memory_mb=1024).records), 20000)

    def test_own_table_wins_in_every_command_that_reads_text(self):
        table = self.write("mine.tsv", HEADER + "person\tZebulon Quist\t\tNOR\tGOV\tforeign minister\t2025-01-01\t\tme\n")
        text = self.write("news.txt", "Zebulon Quist criticised China on Monday. He spoke in Oslo.\n")
        run = lambda *a: self.run_program(*a, "--kb", table, "--date", "2025-06-10", "-q")  # noqa: E731
        mention = run("entities", text).records[0]
        self.assertEqual((mention["codes"], mention["sectors"]), (["NOR"], ["GOV"]))
        self.assertEqual(mention["entities"][0]["role"], "foreign minister of Norway")
        self.assertEqual(mention["entities"][0]["role_from"], "2025-01-01")
        self.assertIn("mine.tsv:2", mention["entities"][0]["reason"])
        event = run("code", text).records[0]
        self.assertEqual(event["actor"][0]["code"], "NOR")
        self.assertIn("tables", event["cite_info"]["coder"])
        without = self.run_program("code", text, "--date", "2025-06-10", "-q").records
        self.assertNotEqual([record["cite_info"]["coder"] for record in without], [event["cite_info"]["coder"]], "the version tells the table")

    def test_an_ended_office_has_its_term(self):
        text = self.write("news.txt", "Former chancellor Angela Merkel visited Japan.\n")
        mention = self.run_program("entities", text, "--date", "2024-05-01", "-q").records[0]
        self.assertTrue(mention["former"])
        self.assertEqual(mention["sectors"], ["ELI"])
        self.assertEqual((mention["entities"][0]["role_from"], mention["entities"][0]["role_until"]), ("2005-11-22", "2021-12-08"))

    def test_several_own_tables(self):
        one = self.write("one.tsv", HEADER + "ngo\tGood Works Trust\t\tFRA\tSOC\t\t\t\tme\n")
        two = self.write("two.tsv", HEADER + "ngo\tBetter Works Trust\t\tDEU\tSOC\t\t\t\tme\n")
        self.assertIn("two.tsv:2", self.find("Better Works Trust", "--kb", one, "--kb", two).out)

    def test_faults_of_an_own_table_name_file_and_line(self):
        table = self.write("mine.tsv", HEADER + "person\tA B\t\tQQQ\tGOV\t\t\t\tme\n")
        text = self.write("news.txt", "China met Japan.\n")
        for call in (["entities", text], ["code", text], ["kb", "find", "China"], ["kb", "check"]):
            outcome = self.run_program(*call, "--kb", table)
            self.assertEqual(outcome.code, 1, call)
            self.assert_complaint(outcome, "mine.tsv:2", "QQQ")
            self.assertEqual(outcome.out, "")
        self.assert_one_complaint(self.run_program("code", text, "--kb", "absent.tsv"), "absent.tsv")
        self.assert_one_complaint(self.run_program("code", text, "--kb", self.folder), "folder")

    def test_words_of_ones_own_make_a_firm(self):
        words = (ROOT / "data/entities/words.tsv").read_text(encoding="utf-8")
        self.write("mine/data/entities/words.tsv", words.replace("\ncompany_endings\t", "\ncompany_endings\twidgets; "))
        text = self.write("news.txt", "Police raided Acme Widgets.")
        firms = lambda *options: [m["text"] for m in self.run_program("entities", text, *options).records if m["sectors"] == ["BUS"]]
        self.assertEqual((firms(), firms("--data", "mine")), ([], ["Acme Widgets"]))

    def test_a_list_of_words_that_is_missing_is_named(self):
        words = (ROOT / "data/entities/words.tsv").read_text(encoding="utf-8")
        self.write("mine/data/entities/words.tsv", words.replace("\nranks\t", "\nrank\t"))
        outcome = self.run_program("kb", "check", "--data", "mine")
        self.assertEqual(outcome.code, 1)
        self.assertRegex(outcome.err, r'words.tsv:\d+: list "rank" is unknown')
        self.assertIn('list "ranks" is missing', outcome.err)

    def test_check_tells_every_fault(self):
        table = self.write("mine.tsv", HEADER + "person\tA B\t\tFRA\tGOV\tpresident\t2020-01-01\t\tme\n"
                           "person\tC D\tA B\tFRA\tGOV\tpresident\t2021-01-01\t\t\n")
        outcome = self.run_program("kb", "check", "--kb", table)
        self.assertEqual(outcome.code, 1)
        self.assertEqual(len(outcome.complaints), 3, outcome.err)
        self.assert_complaint(outcome, "mine.tsv:3", "no source")
        self.assert_complaint(outcome, "mine.tsv:3", "already")
        self.assert_complaint(outcome, "mine.tsv:3", "overlaps")

    def test_carried_tables_are_sound(self):
        outcome = self.run_program("kb", "check")
        self.assertEqual((outcome.code, outcome.err), (0, ""))

    def test_a_dictionary_is_brought_along(self):
        dictionary = self.write("actors.txt", "# comment\nQUISTAN_PEOPLES_FRONT_\n+QPF_\n\t[NORREB]\nZEBULON_QUIST_ [NORGOV 20250101-20271231]\n"
                                "LOST_ [QQQ]\nWRONG_ [NORGOV 2004017-20061201]\n")
        outcome = self.run_program("kb", "import", dictionary)
        self.assertEqual(outcome.code, 0)
        self.assert_complaint(outcome, "actors.txt", "3 names of 2 actors")
        self.assert_complaint(outcome, "left out: 1 x code QQQ", "(lines 6)")
        self.assert_complaint(outcome, "date that cannot be read (lines 7)")
        table = self.write("imported.tsv", outcome.bytes)
        self.assertEqual(self.run_program("kb", "check", "--kb", table).err, "")
        self.assertIn("NOR  GOV", self.find("Zebulon Quist", "--date", "2026-01-01", "--kb", table).out)
        self.assertIn("NOR  REB", self.find("QPF", "--kb", table).out)

    def test_what_is_no_dictionary_is_told(self):
        path = self.write("letter.txt", "Dear Sir,\nI write to you.\n")
        outcome = self.run_program("kb", "import", path)
        self.assertEqual((outcome.code, outcome.out), (1, ""))
        self.assert_complaint(outcome, "nothing was taken")
        self.assert_one_complaint(self.run_program("kb", "import", "absent.txt"), "absent.txt")

    @unittest.skipUnless(DICTIONARIES.exists(), f"{DICTIONARIES} is not there")
    def test_public_dictionaries_are_brought_along_whole(self):
        files = sorted(DICTIONARIES.glob("Phoenix.*actors.txt")) + [DICTIONARIES / "Phoenix.agents.txt"]
        outcome = self.run_program("kb", "import", *files)
        self.assertEqual(outcome.code, 0)
        table = self.write("phoenix.tsv", outcome.bytes)
        self.assertEqual(self.run_program("kb", "check", "--kb", table).err, "")
        text = self.write("news.txt", "China expelled two American diplomats on Monday.\n")
        self.assertGreater(len(self.run_program("code", text, "--kb", table, "--date", "2005-06-10", "-q").records), 0)


if __name__ == "__main__":
    unittest.main()
