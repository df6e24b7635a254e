"""legation relate as its users meet it."""
import json
import unittest

from program import ProgramTest


class Relate(ProgramTest):
    def relate(self, *lines):
        outcome = self.run_program("relate", self.write("rows.tsv", "\n".join(lines) + "\n"))
        self.assertEqual(outcome.code, 0, outcome.err)
        return outcome.records

    def test_the_marked_source_acts_on_the_marked_target(self):
        rows = self.relate("uid\tmarked_sentence",
                           "a\t<s>Arland</s> has sued <t>Belmar</t> over the dam, while Corvia praised Belmar.",
                           "b\tArland has sued <t>Belmar</t> over the dam, while <s>Corvia</s> praised Belmar.",
                           "c\t<t>Forty villagers</t> were arrested by <s>police</s> on Monday.",
                           "d\t<s>Arland</s> released <t>Belmar's fishermen</t>.",
                           "e\t<s>Arland</s> is willing to release <t>Belmar's fishermen</t>.",
                           "f\t<s>The weather in Arland</s> resembles that of <t>Belmar</t>.")
        self.assertEqual([row["uid"] for row in rows], list("abcdef"))
        self.assertEqual([row["root"] for row in rows], ["ACCUSE", "SUPPORT", "COERCE", "YIELD", "AGREE", None])
        self.assertEqual([row["penta"] for row in rows], [3, 1, 4, 2, 1, None])
        self.assertTrue(all(row["why"] and 0 < row["confidence"] <= 1 for row in rows[:5]))

    def test_the_sentence_s_own_act_comes_before_that_of_a_clause_within(self):
        rows = self.relate("marked_sentence", "<s>Arland</s> has freed <t>a reporter</t> whom it arrested in May.",
                           "<s>Arland</s> arrested <t>a reporter</t> whom it freed in May.")
        self.assertEqual([row["root"] for row in rows], ["YIELD", "COERCE"])

    def test_a_promise_to_yield_is_an_agreement(self):
        rows = self.relate("marked_sentence", "<s>Rebels</s> said they will lay down their arms in <t>Arland</t>.",
                           "<s>Rebels</s> have laid down their arms in <t>Arland</t>.")
        self.assertEqual([row["root"] for row in rows], ["AGREE", "YIELD"])

    def test_parties_may_be_given_as_columns_and_be_absent(self):
        rows = self.relate("sentence\tsource\ttarget",
                           "Belmar was invaded on Friday by troops of Arland.\ttroops of Arland\tBelmar",
                           "Police in Belmar arrested two men.\tPolice\ta recipient")
        self.assertEqual([(row["uid"], row["root"]) for row in rows], [("0", "ASSAULT"), ("1", "COERCE")])

    def test_a_protest_of_nobody_who_is_named_is_answered_too(self):
        """Here, and only here, events without an actor are looked at."""
        rows = self.relate("marked_sentence", "After huge rallies against <t>Peru's harsh decrees</t>, <s>the army led by Juan Quispe</s> removed him in May 2013.",
                           "After mass protests against <t>Chile's new law</t>, <s>the judges</s> struck it down.", "Protests. <s>Rain</s> in <t>Arland</t>.")
        self.assertEqual(len(rows), 3)

    def test_a_party_may_be_marked_wherever_it_is_named(self):
        rows = self.relate("marked_sentence", "<s>Arland</s> has sued <t>Belmar</t>, and <t>Belmar</t> says that <s>Arland</s> lies.",
                           "The dam lies in <t>Belmar</t>. On Monday <s>Arland</s> bombed <t>Belmar</t>.")
        self.assertEqual([row["root"] for row in rows], ["ACCUSE", "ASSAULT"])

    def test_goodwill_that_did_not_come_is_a_refusal(self):
        rows = self.relate("marked_sentence", "<s>Arland</s> and <t>Belmar</t> failed to reach an agreement on fishing rights.",
                           "<s>Arland</s> and <t>Belmar</t> have reached an agreement on fishing rights.")
        self.assertEqual([row["root"] for row in rows], ["REJECT", "SUPPORT"])

    def test_manoeuvres_together_are_cooperation(self):
        rows = self.relate("marked_sentence", "<s>The army of Arland</s> and <t>the army of Belmar</t> began joint military exercises on Monday.",
                           "<s>Arland</s> deployed tanks on the border with <t>Belmar</t>.")
        self.assertEqual([row["root"] for row in rows], ["COOPERATE", "MOBILIZE"])

    def test_faults_name_the_line_and_the_rest_goes_on(self):
        outcome = self.run_program("relate", self.write("rows.tsv", "marked_sentence\n<s>Arland sued <t>Belmar</t>.\n<s>Arland</s> sued <t>Belmar</t>.\n"))
        self.assertEqual(outcome.code, 1)
        self.assert_one_complaint(outcome, "rows.tsv:2", "marks")
        self.assertEqual([row["root"] for row in outcome.records], [None, "ACCUSE"])

    def test_a_file_without_the_columns_is_named(self):
        self.assert_one_complaint(self.run_program("relate", self.write("rows.tsv", "a\tb\nx\ty\n")), "rows.tsv:1", "marked_sentence")
        self.assert_one_complaint(self.run_program("relate", "absent.tsv"), "absent.tsv")


if __name__ == "__main__":
    unittest.main()
