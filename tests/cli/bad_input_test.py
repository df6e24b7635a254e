"""Bad input: one clear line for each fault, the rest goes on, no crash. Also run under the sanitizers."""
import json
import os
import subprocess
import unittest
import zlib

from program import BINARY, NEWS, RECORD, SANITIZED, TIMEOUT, ProgramTest


class BadInput(ProgramTest):
    def test_missing_file_is_named(self):
        outcome = self.code("absent.txt")
        self.assert_one_complaint(outcome, "absent.txt")
        self.assertEqual((outcome.code, outcome.out), (1, ""))

    def test_missing_file_beside_a_good_one_fails_only_when_strict(self):
        good = self.write("good.txt", NEWS)
        relaxed = self.code("absent.txt", good)
        strict = self.code("--strict", "absent.txt", good)
        self.assertEqual((relaxed.code, strict.code), (0, 1))
        self.assertEqual(relaxed.out, strict.out)
        self.assertNotEqual(relaxed.out, "")
        self.assert_one_complaint(strict, "absent.txt")

    def test_folder_with_nothing_readable_is_named(self):
        (self.folder / "empty").mkdir()
        outcome = self.code("empty")
        self.assert_one_complaint(outcome, "empty")
        self.assertEqual((outcome.code, outcome.out), (1, ""))

    def test_binary_file_is_skipped(self):
        path = self.write("photo.txt", bytes(range(256)) * 400)
        outcome = self.code(path)
        self.assert_one_complaint(outcome, "photo.txt", "binary")
        self.assertEqual((outcome.code, outcome.out), (1, ""))

    def test_program_given_as_news_is_skipped(self):
        outcome = self.code(BINARY)
        self.assert_one_complaint(outcome, "binary")

    def test_line_of_100_megabytes_is_one_fault(self):
        path = self.folder / "long.txt"
        with path.open("wb") as file:
            for _ in range(100):
                file.write(b"South Korea expelled two diplomats. " * 29128)
        outcome = self.code(path, memory_mb=1200)
        self.assert_one_complaint(outcome, "long.txt")

    def test_json_line_of_100_megabytes_does_not_take_its_neighbours(self):
        path = self.folder / "long.jsonl"
        with path.open("wb") as file:
            file.write(json.dumps(RECORD).encode() + b"\n" + b'{"id": "two", "text": "')
            for _ in range(100):
                file.write(b"South Korea expelled two diplomats. " * 29128)
            file.write(b'"}\n' + json.dumps({**RECORD, "id": "three"}).encode() + b"\n")
        outcome = self.code(path, memory_mb=1200)
        self.assert_one_complaint(outcome, "long.jsonl", "2")
        self.assertEqual({record["document"] for record in outcome.records}, {"one", "three"})

    def test_malformed_json_line_is_named_and_the_rest_is_coded(self):
        lines = [json.dumps(RECORD), '{"id": "two", "text": "cut', json.dumps({**RECORD, "id": "three"})]
        path = self.write("news.jsonl", "\n".join(lines) + "\n")
        outcome = self.code(path)
        self.assert_one_complaint(outcome, "news.jsonl:2")
        self.assertEqual({record["document"] for record in outcome.records}, {"one", "three"})
        self.assertEqual(outcome.code, 0)
        self.assertEqual(self.code("--strict", path).code, 1)

    def test_json_of_the_wrong_kind_is_named(self):
        for line in ("[1, 2]", "7", '"text"', "null", '{"text": 7}', '{"text": ["a"]}', "{}", '{"id": {"a": 1}}'):
            with self.subTest(line):
                outcome = self.code(self.write("news.jsonl", line + "\n"))
                self.assert_one_complaint(outcome, "news.jsonl")

    def test_json_nested_without_end_is_named(self):
        outcome = self.code(self.write("news.jsonl", '{"text": "x", "a": ' + "[" * 200000 + "\n"))
        self.assert_one_complaint(outcome, "news.jsonl")

    def test_cut_off_gzip_is_named(self):
        path = self.write_gzip("news.jsonl.gz", "".join(json.dumps({**RECORD, "id": str(n)}) + "\n" for n in range(500)))
        whole = (self.folder / "news.jsonl.gz").read_bytes()
        outcome = self.code(self.write("news.jsonl.gz", whole[: len(whole) // 2]))
        self.assert_complaint(outcome, "news.jsonl.gz")
        self.assertLessEqual(len(outcome.complaints), 2)
        self.assertEqual(self.code("--strict", path).code, 1)

    def test_gzip_that_is_none_is_named(self):
        outcome = self.code(self.write("news.txt.gz", b"\x1f\x8b\x08\x00" + b"nonsense" * 100))
        self.assert_one_complaint(outcome, "news.txt.gz")
        self.assertEqual(outcome.code, 1)

    def test_gzip_bomb_is_one_fault(self):
        packer = zlib.compressobj(9, zlib.DEFLATED, 31)
        block, packed = b"peace " * 174763, []
        for _ in range(300):
            packed.append(packer.compress(block))
        packed.append(packer.flush())
        outcome = self.code(self.write("bomb.txt.gz", b"".join(packed)), memory_mb=1200)
        self.assert_one_complaint(outcome, "bomb.txt")

    def test_hostile_html_nesting_does_no_harm(self):
        for tag in ("div", "span", "table", "b", "a", "ul"):
            with self.subTest(tag):
                path = self.write("page.html", "<html><body>" + f"<{tag}>" * 100000 + f"<p>{NEWS}</p>")
                self.assertIn(self.code(path).code, (0, 1))

    def test_empty_text_is_reported(self):
        for name, content in (("empty.txt", ""), ("blank.txt", " \n\n \t\n"), ("empty.html", "<html></html>"),
                              ("empty.jsonl", '{"id": "one", "text": ""}\n'), ("empty.xml", "<rss></rss>")):
            with self.subTest(name):
                outcome = self.code(self.write(name, content))
                self.assert_one_complaint(outcome, name)
                self.assertEqual(outcome.out, "")

    def test_empty_standard_input_is_reported(self):
        outcome = self.code("-")
        self.assertEqual(len(outcome.complaints), 1, outcome.err)

    def test_another_language_is_skipped_with_the_reason(self):
        path = self.write("nachricht.txt", "Der Präsident hat am Montag mit seinem Amtskollegen telefoniert. "
                          "Beide Seiten wollen die Zusammenarbeit in Wirtschaft und Kultur vertiefen, hieß es. " * 4)
        outcome = self.code(path)
        self.assert_one_complaint(outcome, "nachricht.txt", "language")

    def test_invalid_bytes_are_replaced(self):
        outcome = self.code(self.write("news.jsonl", b'{"id": "one", "date": "2025-06-10", "text": "'
                                       b'South Korea expelled two \xff\xfeChinese\xc0 diplomats on Monday."}\n'))
        self.assertEqual(outcome.code, 0)
        for record in outcome.records:
            self.assertIn("\ufffd", record["text"])

    def test_strange_text_does_no_harm(self):
        many = 1000 if SANITIZED else 10000  # some sentences' worth each; a sanitized program is thirty times slower
        strange = {"quotes": '"' * 2 * many, "brackets": "(" * 2 * many + ")" * 2 * many, "dots": ". " * 2 * many,
                   "one word": "a" * 30 * many, "no full stop": "and then they met " * 2 * many,
                   "names": "Xi Jinping, " * many, "combining": "e\u0301\u0301" * many, "newlines": "met\n\n" * many,
                   "controls": "met\x01\x02\x7f\u2028\u200b\ufeff " * many, "digits": "1,234.5 " * many,
                   "said": "Xi said that " * many, "of": "the talks of " * many, "apostrophes": "n't's" * many}
        for name, text in strange.items():
            with self.subTest(name):
                path = self.write("strange.jsonl", json.dumps({"id": name, "date": "2025-06-10", "text": text}) + "\n")
                outcome = self.code("--any-language", path)
                self.assertEqual(outcome.code, 0, outcome.err)

    def test_folder_that_holds_itself_ends(self):
        self.write("news/a.txt", NEWS)
        os.symlink(self.folder / "news", self.folder / "news/again")
        outcome = self.code("news")
        self.assertEqual({record["document"] for record in outcome.records}, {"a"})

    def test_full_disk_is_reported(self):
        path = self.write("news.txt", NEWS)
        with open("/dev/full", "wb") as full:
            done = subprocess.run([BINARY, "code", "--quiet", path], stdout=full, stderr=subprocess.PIPE, timeout=TIMEOUT)
        self.assertEqual(done.returncode, 1)
        self.assertEqual(done.stderr.count(b"\n"), 1)
        self.assertIn(b"standard output", done.stderr)

    def test_closed_pipe_ends_quietly(self):
        path = self.write("news.jsonl", "".join(json.dumps({**RECORD, "id": str(n)}) + "\n" for n in range(2000)))
        with subprocess.Popen([BINARY, "code", "--quiet", path], stdout=subprocess.PIPE, stderr=subprocess.PIPE) as running:
            running.stdout.readline()
            running.stdout.close()
            errors = running.stderr.read()
            code = running.wait(TIMEOUT)
        self.assertIn(code, (0, 1), errors)
        self.assertLessEqual(errors.count(b"\n"), 1, errors)

    def test_faulty_table_is_named_with_file_and_line(self):
        self.write("mine/data/ontology/modes.tsv", "this is\tno table\nof\tours\tat all\n")
        outcome = self.code("--data", "mine", self.write("news.txt", NEWS))
        self.assert_one_complaint(outcome, "modes.tsv:1")
        self.assertEqual(outcome.code, 1)

    def test_damaged_model_is_reported(self):
        self.write("mine/models/english/lang.bin", b"no model at all")
        outcome = self.code("--data", "mine", self.write("news.txt", NEWS))
        self.assertEqual((outcome.code, len(outcome.complaints)), (1, 1), outcome.err)

    def test_missing_folder_of_tables_is_named(self):
        outcome = self.code("--data", "absent", self.write("news.txt", NEWS))
        self.assert_one_complaint(outcome, "absent")
        self.assertEqual(outcome.code, 1)

    def test_gold_that_is_none_is_named(self):
        outcome = self.run_program("eval", self.write("gold/a.json", "{"), "--input", self.write("a.txt", NEWS))
        self.assert_one_complaint(outcome, "a.json")
        self.assertEqual(outcome.code, 1)


if __name__ == "__main__":
    unittest.main()
