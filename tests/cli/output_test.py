"""What the program writes: valid records, places that point at the words, the same bytes every time."""
import gzip
import json
import re
import subprocess
import unittest
import xml.sax.saxutils

from program import NEWS, RECORD, SAMPLES, ProgramTest

TYPES = {"AGREE", "CONSULT", "SUPPORT", "CONCEDE", "COOPERATE", "AID", "RETREAT", "REQUEST", "ACCUSE", "REJECT", "THREATEN",
         "PROTEST", "SANCTION", "MOBILIZE", "COERCE", "ASSAULT"}
NEEDS_RECIPIENT = {"COOPERATE", "AID", "SANCTION"}
CAMEO_COLUMNS = ["date", "source", "target", "code", "goldstein", "quad", "plover", "auxiliary", "source_text", "target_text",
                 "event_text", "document", "sentence", "publisher"]
DAY = re.compile(r"\d{4}-\d\d-\d\d")
DISPATCHES = sorted(path for path in SAMPLES.glob("*.*") if path.suffix in (".txt", ".html", ".jsonl", ".xml"))


def spans_of(value):
    """Every object with text, begin and end inside a record."""
    if isinstance(value, dict):
        if {"text", "begin", "end"} <= value.keys():
            yield value
        value = list(value.values())
    if isinstance(value, list):
        for item in value:
            yield from spans_of(item)


class Output(ProgramTest):
    def test_every_line_is_a_plover_record(self):
        records = self.code("--claims", *DISPATCHES).records
        self.assertGreater(len(records), 100)
        self.assertEqual(len({record["id"] for record in records}), len(records), "ids are not unique")
        for record in records:
            with self.subTest(record["id"]):
                self.assert_plover(record)

    def assert_plover(self, record):
        self.assertIsInstance(record["id"], str)
        self.assertIsInstance(record["actor"], list)
        self.assertTrue(record["cite_info"]["coder"].startswith("legation "))
        for party in record["actor"] + record.get("recipient", []):
            self.assertTrue({"code", "sector", "entity_text"} & party.keys(), party)
            self.assertRegex(party.get("code", "KOR"), r"^[A-Z]{3}$")
        for link in record["attribution"]:
            self.assertIsInstance(link["direct"], bool)
            self.assertIsInstance(link["hedged"], bool)
        if record["has_event"]:
            self.assert_event(record)

    def assert_event(self, record):
        self.assertRegex(record["date"], DAY)
        self.assertLessEqual(record["date"], record.get("enddate", "9999"))
        self.assertEqual(len(record["event"]), 1)
        self.assertIn(record["event"][0], TYPES)
        self.assertGreater(len(record["actor"]), 0)
        if record["event"][0] in NEEDS_RECIPIENT:
            self.assertGreater(len(record["recipient"]), 0)
        self.assertIn(record["quad_code"], (1, 2, 3, 4))
        self.assertTrue(-10 <= record["event_scale"] <= 10)
        self.assertTrue(0 <= record["confidence"] <= 1)
        self.assertRegex(record["cameo"], r"^\d{2,4}$")
        self.assertNotEqual(record["rule"], "")
        self.assertTrue(set(record["auxiliary"]) <= {"historical", "future", "hypothetical", "negation"})

    def test_places_point_at_the_words(self):
        # Code points before and after the words: a byte counter would go wrong here.
        documents = {"a": {**RECORD, "id": "a", "title": "Süd: “Séoul” expels 中国 envoys",
                           "text": "“Élan” – 서울에서.\n\nSouth Korea, the foreign ministry in Séoul said, expelled two Chinese diplomats on Monday. "
                                   "On 3 May it had arrested 25 Chinese fishermen."}}
        for line in (SAMPLES / "dispatches-2019-2026.jsonl").read_text().splitlines():
            document = json.loads(line)
            documents[document["id"]] = document
        path = self.write("news.jsonl", "".join(json.dumps(document) + "\n" for document in documents.values()))
        seen = 0
        for record in self.code("--claims", path).records:
            document = documents[record["document"]]
            for span in spans_of(record):
                part = document["title"] if span.get("in_title") else document["text"]
                self.assertEqual(part[span["begin"]:span["end"]], span["text"], record["id"])
                seen += 1
        self.assertGreater(seen, 20)

    def test_output_is_the_same_for_any_number_of_threads(self):
        for form in ("plover", "cameo", "table"):
            with self.subTest(form):
                outputs = {self.code("--format", form, "--threads", threads, *DISPATCHES).bytes for threads in (1, 2, 2, 5)}
                self.assertEqual(len(outputs), 1)

    def test_cameo_lines_have_the_columns_that_the_header_names(self):
        lines = self.code("--format", "cameo", *DISPATCHES).out.splitlines()
        self.assertEqual(lines[0].split("\t"), CAMEO_COLUMNS)
        self.assertGreater(len(lines), 50)
        for line in lines[1:]:
            row = dict(zip(CAMEO_COLUMNS, line.split("\t"), strict=True))
            self.assertRegex(row["date"], DAY)
            self.assertRegex(row["code"], r"^\d{2,4}$")
            self.assertIn(row["quad"], "1234")
            self.assertIn(row["plover"], TYPES)
            self.assertRegex(row["source"], r"^(---|[A-Z]{3,})$")

    def test_plain_view_leaves_flagged_events_out(self):
        every, plain = self.code(*DISPATCHES).records, self.code("--plain", *DISPATCHES).records
        self.assertEqual(plain, [record for record in every if not record["auxiliary"]])
        self.assertLess(len(plain), len(every))

    def test_table_ends_with_the_dyads(self):
        out = self.code("--format", "table", *DISPATCHES).out
        self.assertRegex(out, r"\d+ events in \d+ documents")
        self.assertRegex(out[out.index("events in"):], r"CHN.KOR +\d+")

    def test_table_shows_flagged_events_on_request(self):
        rows = lambda *options: self.code("--format", "table", *options, *DISPATCHES).out.count("\n")
        self.assertGreater(rows("--all"), rows())

    def test_claims_come_on_request_only(self):
        kinds = lambda *options: {record["has_event"] for record in self.code(*options, *DISPATCHES).records}
        self.assertEqual(kinds(), {True})
        self.assertEqual(kinds("--claims"), {True, False})

    def test_compressed_input_gives_the_same_events(self):
        lines = json.dumps(RECORD) + "\n"
        plain = self.code(self.write("news.jsonl", lines)).out
        self.assertNotEqual(plain, "")
        self.assertEqual(plain, self.code(self.write("news.jsonl.gz", gzip.compress(lines.encode()))).out)

    def test_every_format_of_input_gives_the_event(self):
        text = RECORD["text"]
        page = (f'<html><head><title>{RECORD["title"]}</title><meta property="article:published_time" content="2025-06-10">'
                f'</head><body><nav><a href="/">Home</a></nav><article><h1>{RECORD["title"]}</h1><p>{text}</p></article></body></html>')
        feed = (f'<rss version="2.0"><channel><title>Yonhap</title><item><title>{RECORD["title"]}</title><pubDate>Tue, 10 Jun 2025 08:00:00 GMT'
                f'</pubDate><description>{xml.sax.saxutils.escape(text)}</description></item></channel></rss>')
        for name, content in (("a.txt", NEWS), ("a.html", page), ("a.xml", feed), ("a.jsonl", json.dumps(RECORD))):
            with self.subTest(name):
                records = self.code(self.write(name, content)).records
                found = {(r["actor"][0].get("code"), r["date"]) for r in records}
                self.assertIn(("KOR", "2025-06-09"), found)

    def test_every_part_of_the_founding_scene_is_right(self):
        self.write("gold/founding-scene.json", (SAMPLES.parent / "tests/gold/samples/founding-scene.json").read_bytes())
        self.write("input/founding-scene.txt", (SAMPLES / "founding-scene.txt").read_bytes())
        outcome = self.run_program("eval", "gold", "--input", "input")
        self.assertEqual(outcome.code, 0, outcome.err)
        rows = {line[:24].strip(): line[24:].split() for line in outcome.out.splitlines()}
        for part in ("event type", "type+actor+recipient", "modes", "date", "attribution", "auxiliary mode"):
            precision, recall, _, right, gold, _ = rows[part]
            self.assertEqual((precision, recall, right, gold), ("1.000", "1.000", "18", "18"), part)

    def test_mentions_say_who_is_meant_on_that_day(self):
        record = {**RECORD, "title": "Séoul", "text": "President Lee met Chinese President Xi Jinping on Monday. He thanked him. The two leaders smiled."}
        for day, first in (("2025-11-03", "Lee Jae-myung"), ("2011-11-07", "Lee Myung-bak")):
            news = self.write("news.jsonl", json.dumps({**record, "date": day, "text": "SEOUL - " + record["text"].replace("President Lee", "South Korean President Lee", 1)}) + "\n")
            outcome = self.run_program("entities", news)
            self.assertEqual(outcome.code, 0, outcome.err)
            by_text = {mention["text"]: mention for mention in outcome.records}
            lee = next(mention for text, mention in by_text.items() if text.endswith("President Lee"))
            self.assertEqual((lee["entities"][0]["name"], lee["codes"], lee["sectors"][0]), (first, ["KOR"], "GOV"))
            self.assertIn("role_from", lee["entities"][0])
            text = json.loads((self.folder / "news.jsonl").read_text())["text"]
            for mention in outcome.records:
                if not mention.get("in_title"):
                    self.assertEqual(text[mention["begin"]:mention["end"]], mention["text"])
            if day.startswith("2025"):
                leaders = next(mention for text, mention in by_text.items() if "leaders" in text)
                self.assertEqual(sorted(leaders["codes"]), ["CHN", "KOR"])
                self.assertIn("antecedent", leaders)

    def test_unknown_members_of_a_record_do_no_harm(self):
        plain = self.code(self.write("news.jsonl", json.dumps(RECORD))).records
        more = self.code(self.write("news.jsonl", json.dumps({**RECORD, "desk": {"no": [7, None]}}))).records
        self.assertEqual([record["event"] for record in plain], [record["event"] for record in more])

    def test_order_of_documents_is_that_of_the_input(self):
        path = self.write("news.jsonl", "".join(json.dumps({**RECORD, "id": f"{n:04}"}) + "\n" for n in range(300)))
        order = [record["document"] for record in self.code("--threads", 4, path).records]
        self.assertEqual(order, sorted(order))
        self.assertEqual(len(set(order)), 300)

    def test_tables_of_ones_own_change_the_engine_version(self):
        path = self.write("news.txt", NEWS)
        states = (SAMPLES.parent / "data/entities/states.tsv").read_bytes()
        self.write("mine/data/entities/states.tsv", states + b"# a remark\n")
        version = lambda *options: self.code(*options, path).records[0]["cite_info"]["coder"]
        self.assertNotEqual(version(), version("--data", "mine"))
        self.assertEqual(version(), version())


if __name__ == "__main__":
    unittest.main()
