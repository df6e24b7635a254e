#!/usr/bin/env python3
"""Annotations of news without its text (train/events/news_gold.py) come back word for word, and none of the text is in them."""
import json
import lzma
import pathlib
import subprocess
import sys
import tempfile
import unittest

SCRIPT = pathlib.Path(__file__).resolve().parents[2] / "train/events/news_gold.py"
ITEMS = ["Rain falls on Lisbon.", "Arland's  police hold talks with miners — who had\nstruck on Monday — after police were pelted, Agency A reports citing a miner."]
BLOCKS = """# y000000 wire 2020-05-05 none
Rain falls on Lisbon.

# y000001 wire 2020-05-05 domestic
Arland's police hold talks with miners — who had struck on Monday — after police were pelted, Agency A reports citing a miner.
E CONSULT aux= actor=police:ARL:COP + miners:ARL:LAB recipient= trigger=hold ... talks date=> ctx= speaker=Agency A::JRN < a miner:ARL:LAB
E PROTEST:strike aux=historical actor=~:ARL:LAB recipient=police:ARL:COP trigger=struck date=Monday>2020-05-04 ctx=labor speaker=
"""


class NewsGold(unittest.TestCase):
    def run_script(self, *arguments):
        return subprocess.run([sys.executable, "-B", SCRIPT, *arguments], capture_output=True, text=True, check=True)

    def test_words_are_hidden_and_come_back(self):
        with tempfile.TemporaryDirectory() as folder:
            here = pathlib.Path(folder)
            with lzma.open(here / "wikipedia_current_events_2002-2026.jsonl.xz", "wt") as lines:
                lines.writelines(json.dumps({"text": text}) + "\n" for text in ITEMS)
            (here / "a.corpus").write_text(BLOCKS)
            hidden = self.run_script("hide", folder, here / "a.corpus").stdout
            for word in ("police", "miner", "talks", "Monday", "Lisbon"):
                self.assertNotIn(word, hidden)
            (here / "news.gold").write_text(hidden)
            self.assertEqual(self.run_script("show", folder, here / "news.gold").stdout.split("\n"), [*BLOCKS.split("\n")[:-1], *[""] * 2][: BLOCKS.count("\n") + 2])

    def test_a_block_whose_words_are_not_in_the_text_is_left_out_and_counted(self):
        with tempfile.TemporaryDirectory() as folder:
            here = pathlib.Path(folder)
            with lzma.open(here / "wikipedia_current_events_2002-2026.jsonl.xz", "wt") as lines:
                lines.writelines(json.dumps({"text": text}) + "\n" for text in ITEMS)
            (here / "a.corpus").write_text(BLOCKS.replace("trigger=struck", "trigger=walked out"))
            outcome = self.run_script("hide", folder, here / "a.corpus")
            self.assertIn("1 blocks left out", outcome.stderr)
            self.assertNotIn("y000001", outcome.stdout)


if __name__ == "__main__":
    unittest.main()
