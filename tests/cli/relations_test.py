"""Relations as their users meet them: a plot, data, pictures, and one clear line when the question is wrong."""
import json
import shutil
import subprocess
import unittest
import xml.etree.ElementTree as ElementTree

from program import BINARY, SAMPLES, ProgramTest


class Relations(ProgramTest):
    def setUp(self):
        super().setUp()
        lines = []
        for month in range(1, 25):
            year, number = 2016 + (month - 1) // 12, (month - 1) % 12 + 1
            for day in (5, 12, 19):
                text = "South Korea expelled two Chinese diplomats." if month > 12 else "South Korea and China signed a trade agreement."
                lines.append(json.dumps({"id": f"{month}-{day}", "date": f"{year}-{number:02}-{day:02}", "source": "Yonhap",
                                         "title": "Seoul and Beijing", "text": text}) + "\n")
        self.assertEqual(self.run_program("ingest", "l.db", self.write("news.jsonl", "".join(lines)), "-q").code, 0)

    def ask(self, *arguments, command="relations"):
        outcome = self.run_program(command, "l.db", *arguments)
        self.assertEqual(outcome.code, 0, outcome.err)
        return outcome.out

    def test_a_turn_is_shown_with_its_drivers(self):
        text = self.ask("KOR", "china", "--width", "100")
        for piece in ("South Korea and China", "2017-01", "expelled two Chinese diplomats", "Yonhap", "Engine: legation", "Filters: by month"):
            self.assertIn(piece, text)
        for line in text.splitlines()[:18]:
            self.assertLessEqual(len(line), 100)

    def test_json_and_csv_hold_what_the_plot_shows(self):
        report = json.loads(self.ask("KOR", "CHN", "--json"))
        self.assertEqual(len(report["periods"]), 24)
        self.assertEqual([(change["day"], change["period"]) for change in report["changes"]], [("2017-01-05", "2017-01")])
        change = report["changes"][0]
        self.assertEqual(sum(period["types"].get("SANCTION", 0) for period in report["periods"]), sum(sum(p["quads"][2:]) for p in report["periods"]))
        self.assertLess(change["evidence_without_drivers"], change["evidence"])
        for period in report["periods"]:
            self.assertLessEqual(period["index"]["lower"], period["index"]["mean"])
            self.assertLessEqual(period["index"]["mean"], period["index"]["upper"])
        rows = self.ask("KOR", "CHN", "--csv").splitlines()
        self.assertEqual(len(rows), 26)
        self.assertTrue(rows[0].startswith("# KOR-CHN; by month"))

    def test_rates_of_all_dyads_remember_their_past(self):
        rows = self.ask("--rates").splitlines()
        self.assertTrue(rows[0].startswith("# rates of all dyads at the end of 2017-12; by month"))
        self.assertEqual(rows[1].split(",")[:4], ["a", "b", "cooperation", "conflict"])
        a, b, cooperation, conflict, *rates = rows[2].split(",")
        self.assertEqual((a, b, int(cooperation) > 0, int(conflict) > 0), ("CHN", "KOR", True, True))
        for mean, lower, upper in (map(float, rates[:3]), map(float, rates[3:])):
            self.assertLess(0, lower)
            self.assertLess(lower, mean)
            self.assertLess(mean, upper)
        self.assertGreater(float(rates[3]), float(rates[0]))  # agreements came first, expulsions last
        self.assert_one_complaint(self.run_program("relations", "l.db", "KOR", "CHN", "--rates"), "--rates")

    def test_the_picture_is_sound_xml_and_names_its_origin(self):
        self.ask("KOR", "CHN", "--svg", "a.svg")
        root = ElementTree.parse(self.folder / "a.svg").getroot()
        words = " ".join(root.itertext())
        self.assertIn("Engine: legation", words)
        self.assertIn("South Korea and China", words)

    def test_changes_do_not_move_with_the_periods_shown(self):
        days = {by: [change["day"] for change in json.loads(self.ask("KOR", "CHN", "--json", "--by", by))["changes"]]
                for by in ("day", "week", "month", "quarter", "year")}
        self.assertEqual(set(map(tuple, days.values())), {("2017-01-05",)})

    def test_a_third_party_gives_correlations_and_the_balance_of_each_period(self):
        lines = [json.dumps({"id": f"t{n}-{day}", "date": f"2016-{n:02}-{day:02}", "source": "Yonhap", "title": "Notes",
                             "text": text}) + "\n" for n in range(1, 13) for day, text in
                 ((7, "The United States condemned China."), (9, "South Korea and the United States signed an agreement."))]
        self.assertEqual(self.run_program("ingest", "l.db", self.write("more.jsonl", "".join(lines)), "-q").code, 0)
        report = json.loads(self.ask("KOR", "CHN", "--third", "usa", "--json"))
        self.assertEqual([m["one"] + " " + m["other"] for m in report["movements"]], ["KOR-CHN KOR-USA", "KOR-CHN CHN-USA", "KOR-USA CHN-USA"])
        for movement in report["movements"]:
            self.assertLessEqual(movement["lower"], movement["correlation"])
            self.assertLessEqual(movement["correlation"], movement["upper"])
        balanced = [period["balanced"] for period in report["periods"]]
        self.assertIsNotNone(balanced[11])
        self.assertLess(balanced[11], 0.5)  # two friends of one who are enemies
        self.assertIn("Correlation of the changes", self.ask("KOR", "CHN", "--third", "USA"))
        self.assertIn("events KOR-USA", self.ask("KOR", "CHN", "--third", "USA", "--csv"))

    def test_png_is_a_picture_or_one_line_saying_what_is_missing(self):
        if shutil.which("rsvg-convert"):
            self.ask("KOR", "CHN", "--png", "a.png")
            self.assertEqual((self.folder / "a.png").read_bytes()[:8], b"\x89PNG\r\n\x1a\n")
        done = subprocess.run([BINARY, "relations", "l.db", "KOR", "CHN", "--png", "b.png"], cwd=self.folder, env={"PATH": "/nowhere"},
                              capture_output=True, text=True)
        self.assertEqual((done.returncode, done.stdout), (1, ""))
        self.assertIn("rsvg-convert", done.stderr)
        self.assertEqual(sorted(path.name for path in self.folder.glob("*.png*") if path.name != "a.png"), [])

    def test_every_output_names_program_filters_and_mappings(self):
        for command, *arguments in (("relations", "KOR", "CHN"), ("relations", "KOR", "CHN", "--json"), ("relations", "KOR", "CHN", "--csv"), ("relations",),
                                    ("movers",), ("movers", "--json"), ("movers", "--csv"), ("network",), ("network", "--csv"), ("network", "--periods"),
                                    ("forecast",), ("forecast", "--csv")):
            told = self.ask(*arguments, command=command)
            for piece in ("legation 0.", "by month", "none"):
                self.assertIn(piece, told, (command, arguments))

    def test_directed_and_filtered_series_differ(self):
        directed = json.loads(self.ask("CHN", "KOR", "--directed", "--json"))
        self.assertEqual(sum(p["quads"][3] for p in directed["periods"]), 0)
        years = json.loads(self.ask("KOR", "CHN", "--by", "year", "--json"))
        self.assertEqual([p["period"] for p in years["periods"]], ["2016", "2017"])

    def test_a_wrong_question_is_one_line_with_the_nearest_answer(self):
        for arguments, words in ((("KRO", "CHN"), ("KRO", "KOR")), (("Koria", "CHN"), ("Korea",)),
                                 (("KOR", "CHN", "--from", "2020", "--to", "2015"), ("2020", "2015")),
                                 (("KOR", "CHN", "--from", "2017-13"), ("2017-13",)), (("KOR", "ZWE"), ("no event", "CHN")),
                                 (("KOR", "CHN", "--third", "ZWE"), ("no event", "ZWE")), (("KOR", "KOR"), ("KOR", "twice")),
                                 (("KOR", "CHN", "--third", "Jappan"), ("JPN",))):
            outcome = self.run_program("relations", "l.db", *arguments)
            self.assertEqual(outcome.code, 1)
            self.assert_one_complaint(outcome, *words)
        empty = self.write("none.jsonl", json.dumps({"id": "x", "date": "2020-01-01", "text": "The weather in Paris is fine today."}) + "\n")
        self.run_program("ingest", "e.db", empty, "-q")
        self.assert_one_complaint(self.run_program("relations", "e.db", "KOR", "CHN"), "e.db", "no dated event")

    def test_movers_network_and_forecast_answer(self):
        self.assertIn("KOR", self.ask(command="movers"))
        self.assertIn("a,b,what", self.ask("--csv", command="movers"))
        self.assertIn("communities", self.ask("--graphml", "n.graphml", command="network"))
        ElementTree.parse(self.folder / "n.graphml")
        self.assertIn("modularity", self.ask("--periods", "--by", "year", command="network"))
        self.assertIn("period,a,b", self.ask("--periods", "--csv", command="network"))
        self.assertIn("<- used", self.ask(command="forecast"))
        self.assertIn("verbal_cooperation", self.ask("--csv", command="forecast"))
        self.assertIn("CHN,KOR,2016-01", self.ask())


class SampleDossier(ProgramTest):
    """The chronicle in samples/: its index must tell what happened between South Korea and China."""

    def setUp(self):
        super().setUp()
        self.assertEqual(self.run_program("ingest", "s.db", SAMPLES, "-q").code, 0)
        self.report = json.loads(self.run_program("relations", "s.db", "KOR", "CHN", "--from", "2015", "--json").out)

    def change(self, first, last):
        """The only change of balance between two days."""
        found = [change for change in self.report["changes"] if first <= change["day"] <= last]
        self.assertEqual(len(found), 1, [change["day"] for change in self.report["changes"]])
        return found[0]

    def index(self, first, last):
        values = [p["index"]["mean"] for p in self.report["periods"] if first <= p["period"] <= last]
        return sum(values) / len(values)

    def test_the_dispute_about_missile_defence_is_a_turn_for_the_worse_driven_by_protests_of_its_time(self):
        change = self.change("2016-01-01", "2016-09-30")
        self.assertLess(change["after"], change["before"] - 0.5)
        self.assertGreater(change["evidence"], change["needed"])
        words = " ".join(driver["sentence"] + driver["title"] for driver in change["drivers"])
        self.assertRegex(words, "missile-defence|ambassador|battery")
        for driver in change["drivers"]:
            self.assertGreater(driver["quad"], 2)

    def test_the_thaw_of_october_2017_is_a_turn_for_the_better_driven_by_agreements_of_those_weeks(self):
        change = self.change("2017-10-01", "2017-11-15")
        self.assertGreater(change["after"], change["before"] + 0.5)
        for driver in change["drivers"]:
            self.assertLessEqual(driver["quad"], 2)
            self.assertTrue("2017-10-01" <= driver["date"] <= "2018-01-31", driver["date"])

    def test_the_weeks_of_the_call_of_2025_are_a_turn_for_the_better_and_the_call_is_among_its_drivers(self):
        self.assertGreater(self.index("2025-06", "2026-01"), self.index("2024-11", "2025-05") + 0.05)
        change = self.change("2025-04-15", "2025-06-30")
        self.assertGreater(change["after"], change["before"] + 0.3)
        self.assertIn("2025-06-10", [driver["date"] for driver in change["drivers"]])


if __name__ == "__main__":
    unittest.main()
