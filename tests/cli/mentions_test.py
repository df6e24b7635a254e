"""Who is who on the annotated passages of tests/gold/mentions, and faults of that gold named by file and line."""
import sys
import unittest

from program import BINARY, ROOT, ProgramTest

sys.path.insert(0, str(ROOT / "tests/gold"))
import score_mentions as scorer  # noqa: E402

# Per cent, at what was measured (docs/evaluation.md) less one mention.
FLOORS = {
    "dev": dict(states=98, places=95, persons=92, organisations=87, sectors=92, references=77),
    "fresh": dict(states=98, places=94, persons=98, organisations=92, sectors=96, references=70),
    "test": dict(states=93, places=91, persons=83, organisations=84, sectors=92, references=67),
}


class Mentions(ProgramTest):
    def check(self, part):
        passages = scorer.read_gold(scorer.FOLDER / f"{part}.txt")
        counts, _ = scorer.score(passages, scorer.run_linker(BINARY, passages))
        for group, floor in FLOORS[part].items():
            right, all_ = counts[group]
            self.assertGreaterEqual(100 * right / all_, floor, f"{part}: {group} {right} of {all_}")

    def test_development_passages_are_linked_as_well_as_before(self):
        self.check("dev")

    def test_plain_passages_are_linked_as_well_as_before(self):
        self.check("fresh")

    def test_passages_set_aside_are_linked_as_well_as_before(self):
        self.check("test")

    def test_gold_is_large_and_every_mark_is_sound(self):
        passages = [p for part in FLOORS for p in scorer.read_gold(scorer.FOLDER / f"{part}.txt")]
        self.assertGreaterEqual(len(passages), 60)
        self.assertGreaterEqual(sum(len(p.mentions) for p in passages), 600)
        self.assertEqual(len({p.id for p in passages}), len(passages))

    def test_a_wrong_mark_is_named_with_file_and_line(self):
        for text, word in (("[Lee|p|KOREA GOV]", "KOREA"), ("[Lee|x|KOR GOV]", "kind"), ("[he|r|^Moon]", "Moon"),
                           ("[Lee|p|KOR GVO]", "GVO")):
            path = self.write("bad.txt", f"# x1 | 2020-01-01\n{text} spoke.\n")
            with self.assertRaises(scorer.GoldError) as caught:
                scorer.read_gold(path)
            self.assertIn("bad.txt:2", str(caught.exception))
            self.assertIn(word, str(caught.exception))


if __name__ == "__main__":
    unittest.main()
