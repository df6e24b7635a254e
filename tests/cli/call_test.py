"""How the program is called: help, options, pipes, terminals, exit codes."""
import os
import pty
import re
import subprocess
import unittest

from program import BINARY, NEWS, ROOT, SAMPLES, TIMEOUT, ProgramTest

COMMANDS = (["code"], ["explain"], ["parse"], ["eval"], ["kb"], ["kb", "find"], ["kb", "check"])
COLOUR = re.compile(r"\x1b\[[0-9;]*m")


class Call(ProgramTest):
    def on_terminal(self, *arguments, environment=None):
        """What the program writes when its standard output is a terminal."""
        leader, follower = pty.openpty()
        process = subprocess.Popen([BINARY, *map(str, arguments)], stdout=follower, stderr=subprocess.PIPE,
                                   env={**os.environ, "TERM": "xterm", **(environment or {})})
        os.close(follower)
        written = b""
        while True:
            try:
                part = os.read(leader, 65536)
            except OSError:  # the terminal's other end is closed
                break
            if not part:
                break
            written += part
        os.close(leader)
        process.stderr.close()
        self.assertEqual(process.wait(TIMEOUT), 0)
        return written.decode()

    def test_every_command_has_help_with_an_example(self):
        for command in COMMANDS[:4] + COMMANDS[5:]:
            with self.subTest(" ".join(command)):
                outcome = self.run_program(*command, "--help")
                self.assertEqual((outcome.code, outcome.err), (0, ""))
                self.assertIn("Example", outcome.out)
                self.assertIn("legation " + " ".join(command), outcome.out)

    def test_help_lists_every_command(self):
        outcome = self.run_program("--help")
        for command in COMMANDS:
            self.assertIn(command[0], outcome.out)

    def test_version_is_told(self):
        outcome = self.run_program("--version")
        self.assertEqual(outcome.code, 0)
        self.assertRegex(outcome.out, r"legation \d+\.\d+\.\d+")

    def test_wrong_call_fails_on_stderr(self):
        for call in ([], ["code"], ["code", "--format", "poem", "a.txt"], ["nonsense"], ["code", "--nonsense", "a.txt"]):
            with self.subTest(call):
                outcome = self.run_program(*call)
                self.assertNotEqual(outcome.code, 0)
                self.assertEqual(outcome.out, "")
                self.assertNotEqual(outcome.err, "")

    def test_day_that_is_none_is_refused(self):
        outcome = self.code("--date", "2025-02-30", self.write("news.txt", NEWS))
        self.assert_one_complaint(outcome, "2025-02-30")
        self.assertEqual(outcome.code, 1)

    def test_results_alone_go_to_stdout(self):
        outcome = self.run_program("code", self.write("news.txt", NEWS))
        self.assertGreater(len(outcome.records), 0)
        self.assert_one_complaint(outcome, "1 document")

    def test_quiet_says_nothing(self):
        self.assertEqual(self.code(self.write("news.txt", NEWS)).err, "")

    def test_summary_counts_what_was_skipped_and_why(self):
        outcome = self.run_program("code", self.write("news.txt", NEWS), "absent.txt")
        self.assertRegex(outcome.complaints[-1], r"1 documents?, \d+ sentences?, \d+ events? in .* 1 skipped: .*not found")

    def test_summary_of_entities_counts_mentions(self):
        outcome = self.run_program("entities", "-", stdin=b"Norway recognised Georgia on Monday.")
        self.assertRegex(outcome.complaints[-1], r"1 documents, 1 sentences, [1-9]\d* mentions in ")

    def test_standard_input_is_a_document(self):
        piped, named = self.code("-", stdin=NEWS.encode()), self.code(self.write("stdin.txt", NEWS))
        self.assertEqual(piped.out, named.out)

    def test_date_and_source_serve_text_that_names_none(self):
        path = self.write("news.txt", "South Korea expelled two Chinese diplomats.")
        outcome = self.code("--date", "2019-03-04", "--source", "Morning Post", path)
        self.assertEqual({(record["date"], record["cite_info"]["publication"]) for record in outcome.records},
                         {("2019-03-04", "Morning Post")})

    def test_colours_on_a_terminal_only(self):
        path = self.write("news.txt", NEWS)
        for command in (["code", "--quiet", "--format", "table"], ["explain"]):
            with self.subTest(command[0]):
                self.assertRegex(self.on_terminal(*command, path), COLOUR)
                self.assertNotRegex(self.run_program(*command, path).out, COLOUR)

    def test_no_color_is_respected(self):
        path = self.write("news.txt", NEWS)
        for command in (["code", "--quiet", "--format", "table"], ["explain"]):
            with self.subTest(command[0]):
                self.assertNotRegex(self.on_terminal(*command, path, environment={"NO_COLOR": "1"}), COLOUR)

    def test_name_is_looked_up_on_a_day(self):
        outcome = self.run_program("kb", "find", "Xi Jinping", "--date", "2025-06-10")
        self.assertEqual(outcome.code, 0)
        self.assertIn("CHN", outcome.out)

    def test_unknown_name_fails_with_one_line(self):
        outcome = self.run_program("kb", "find", "Zzyzx Qwerty")
        self.assert_one_complaint(outcome, "Zzyzx Qwerty")
        self.assertEqual((outcome.code, outcome.out), (1, ""))

    def test_tables_are_sound(self):
        outcome = self.run_program("kb", "check")
        self.assertEqual((outcome.code, outcome.err), (0, ""))

    def test_explain_shows_tree_event_and_rule(self):
        outcome = self.run_program("explain", "-", stdin=b"Seoul expelled two Chinese envoys.")
        self.assertEqual((outcome.code, outcome.err), (0, ""))
        for part in ("root VERB", "KOR", ".tsv:", "expelled"):
            self.assertIn(part, outcome.out)

    def test_parse_writes_trees_that_can_be_read_back(self):
        first = self.run_program("parse", self.write("news.txt", NEWS))
        self.assertEqual(first.code, 0, first.err)
        self.write("trees.conllu", first.out)
        again = self.run_program("parse", "--input", "conllu", "trees.conllu")
        self.assertEqual(again.code, 0, again.err)
        columns = lambda text: [line.split("\t")[1] for line in text.splitlines() if line and line[0] != "#"]
        self.assertEqual(columns(first.out), columns(again.out))

    def test_samples_are_scored_against_their_gold(self):
        outcome = self.run_program("eval", ROOT / "tests/gold/samples", "--input", SAMPLES)
        self.assertEqual(outcome.code, 0, outcome.err)
        self.assertRegex(outcome.out, r"(?i)precision")
        self.assertRegex(outcome.out, r"\d+ documents scored; ")


if __name__ == "__main__":
    unittest.main()
