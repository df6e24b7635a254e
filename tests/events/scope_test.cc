// Negation, modality and speakers on hand-built trees.
#include "events/scope.h"

#include <gtest/gtest.h>

#include "sentence_builder.h"
#include "small_tables.h"

namespace legation {
namespace {

/// The scope of the first token with this lemma.
Scope scope_of(const std::string& text, std::string_view lemma) {
  static const Resources resources = small_tables();
  static const auto predicates = Predicates::load(resources);
  EXPECT_TRUE(predicates.ok());
  const auto built = build(text);
  const Arguments arguments(built->parse, built->mentions, predicates.value());
  ScopeReader reader(arguments, true);
  Scope scope;
  for (std::uint32_t sentence = 0; sentence < built->parse.sentences.size(); ++sentence) {
    reader.enter(sentence);
    const TokenRange range = built->parse.sentences[sentence].tokens;
    for (std::uint32_t at = range.first; at < range.last; ++at)
      if (built->parse[at].lemma == lemma) return reader.read(at);
  }
  ADD_FAILURE() << "no " << lemma;
  return scope;
}

TEST(Scope, PlainStatementHasNoFlags) { EXPECT_EQ(scope_of("Arland Arland PROPN 2 nsubj @ARL\nattacked attack VERB 0 root\n", "attack").auxiliary, 0); }

TEST(Scope, NotIsNegation) {
  EXPECT_EQ(scope_of("Arland Arland PROPN 4 nsubj @ARL\ndid do AUX 4 aux\nnot not PART 4 advmod\nattack attack VERB 0 root\n", "attack").auxiliary,
            auxiliary_negation);
}

TEST(Scope, WhatAHeadlineHangsOnANameLiesAhead) {
  EXPECT_EQ(scope_of("Arland Arland PROPN 0 root @ARL\nto to PART 3 mark\nattack attack VERB 1 acl\nBelmar Belmar PROPN 3 obj @BEL\n", "attack").auxiliary,
            auxiliary_future);
  EXPECT_EQ(scope_of("Plan plan NOUN 0 root\nto to PART 3 mark\nattack attack VERB 1 acl\nBelmar Belmar PROPN 3 obj @BEL\n", "attack").auxiliary,
            auxiliary_hypothetical)
      << "a plan does nothing";
}

TEST(Scope, WillIsFuture) {
  EXPECT_EQ(scope_of("Arland Arland PROPN 3 nsubj @ARL\nwill will AUX 3 aux\nattack attack VERB 0 root\n", "attack").auxiliary, auxiliary_future);
}

TEST(Scope, ConditionMakesBothClausesHypothetical) {
  const std::string text =
      "If if SCONJ 3 mark\nBelmar Belmar PROPN 3 nsubj @BEL\nattacked attack VERB 6 advcl\nArland Arland PROPN 6 nsubj @ARL\n"
      "would would AUX 6 aux\nbomb bomb VERB 0 root\n";
  EXPECT_EQ(scope_of(text, "attack").auxiliary, auxiliary_hypothetical);
  EXPECT_EQ(scope_of(text, "bomb").auxiliary, auxiliary_hypothetical);
}

TEST(Scope, SaidItWouldIsFutureNotCondition) {
  EXPECT_EQ(scope_of("Arland Arland PROPN 2 nsubj @ARL\nsaid say VERB 0 root Tense=Past|VerbForm=Fin\nit it PRON 5 nsubj @ARL\n"
                     "would would AUX 5 aux\nbomb bomb VERB 2 ccomp\n",
                     "bomb")
                .auxiliary,
            auxiliary_future);
}

TEST(Scope, SpeakersChainOutermostFirst) {
  const Scope scope = scope_of(
      "Seoul Seoul PROPN 2 nsubj @KOR:GOV\nsaid say VERB 0 root\nBeijing Beijing PROPN 4 nsubj @CHN:GOV\nclaimed claim VERB 2 ccomp\n"
      "rebels rebel NOUN 6 nsubj @:REB\nattacked attack VERB 4 ccomp\n",
      "attack");
  ASSERT_EQ(scope.attribution.size(), 2u);
  EXPECT_EQ(scope.attribution[0].speaker.code, "KOR");
  EXPECT_FALSE(scope.attribution[0].hedged);
  EXPECT_EQ(scope.attribution[1].speaker.code, "CHN");
  EXPECT_TRUE(scope.attribution[1].hedged);
}

TEST(Scope, DeniedSayingDoesNotDenyTheSaid) {
  EXPECT_EQ(scope_of("Seoul Seoul PROPN 4 nsubj @KOR:GOV\ndid do AUX 4 aux\nnot not PART 4 advmod\nsay say VERB 0 root\n"
                     "rebels rebel NOUN 6 nsubj @:REB\nattacked attack VERB 4 ccomp\n",
                     "attack")
                .auxiliary,
            0);
}

TEST(Scope, NegationBesideIsNotNegationOf) {
  EXPECT_EQ(scope_of("After after ADP 3 case\nthe the DET 3 det\nattack attack NOUN 7 obl\nhe he PRON 7 nsubj\ndid do AUX 7 aux\n"
                     "not not PART 7 advmod\nspeak speak VERB 0 root\n",
                     "attack")
                .auxiliary,
            0);
}

TEST(Scope, SubjectThatIsNobodyDenies) {
  EXPECT_EQ(scope_of("Nobody nobody PRON 2 nsubj\nattacked attack VERB 0 root\n", "attack").auxiliary, auxiliary_negation);
  EXPECT_EQ(scope_of("expulsion expulsion NOUN 2 nsubj\nsurprised surprise VERB 0 root\nnobody nobody PRON 2 obj\n", "expulsion").auxiliary, 0);
  EXPECT_EQ(scope_of("No no DET 2 det\nrebels rebel NOUN 3 nsubj @:REB\nattacked attack VERB 0 root\n", "attack").auxiliary, auxiliary_negation);
}

TEST(Scope, AccordingToNamesTheSpeaker) {
  const Scope scope = scope_of(
      "Rebels rebel NOUN 2 nsubj @:REB\nattacked attack VERB 0 root\naccording accord VERB 5 case\nto to ADP 3 fixed\nSeoul Seoul PROPN 2 obl @KOR:GOV\n",
      "attack");
  ASSERT_EQ(scope.attribution.size(), 1u);
  EXPECT_EQ(scope.attribution[0].speaker.code, "KOR");
  EXPECT_EQ(scope.attribution[0].verb, "according to");
}

TEST(Scope, SpeakerBehindTheSentenceIsFound) {
  const Scope scope = scope_of(
      "Rebels rebel NOUN 2 nsubj @:REB\nattacked attack VERB 0 root\n, , PUNCT 2 punct\nSeoul Seoul PROPN 5 nsubj @KOR:GOV\nsaid say VERB 2 parataxis\n",
      "attack");
  ASSERT_EQ(scope.attribution.size(), 1u);
  EXPECT_EQ(scope.attribution[0].speaker.code, "KOR");
}

TEST(Scope, QuotationKeepsItsSpeakerOverSentences) {
  const Scope scope = scope_of(
      "\" \" PUNCT 3 punct\nRebels rebel NOUN 3 nsubj @:REB\nfled flee VERB 0 root\n, , PUNCT 3 punct\n\" \" PUNCT 3 punct\n"
      "Seoul Seoul PROPN 7 nsubj @KOR:GOV\nsaid say VERB 3 parataxis\n. . PUNCT 3 punct\n\n"
      "\" \" PUNCT 3 punct\nThey they PRON 3 nsubj @:REB\nattacked attack VERB 0 root\n. . PUNCT 3 punct\n\" \" PUNCT 3 punct\n",
      "attack");
  ASSERT_EQ(scope.attribution.size(), 1u);
  EXPECT_EQ(scope.attribution[0].speaker.code, "KOR");
  EXPECT_TRUE(scope.attribution[0].direct);
}

TEST(Scope, HedgeIsNotAFlag) {
  const Scope scope = scope_of("Arland Arland PROPN 3 nsubj @ARL\nreportedly reportedly ADV 3 advmod\nattacked attack VERB 0 root\n", "attack");
  EXPECT_EQ(scope.auxiliary, 0);
  EXPECT_TRUE(scope.hedged);
}

TEST(Scope, SpeakerBeforeASemicolonDoesNotVouchForWhatFollows) {
  const std::string text =
      "Seoul Seoul PROPN 2 nsubj @KOR:GOV\nsaid say VERB 0 root\nrebels rebel NOUN 4 nsubj @:REB\nfled flee VERB 2 ccomp\n; ; PUNCT 7 punct\n"
      "Arland Arland PROPN 7 nsubj @ARL\nattacked attack VERB 4 parataxis\n";
  EXPECT_EQ(scope_of(text, "flee").attribution.size(), 1u);
  EXPECT_TRUE(scope_of(text, "attack").attribution.empty());
}

TEST(Scope, SpeakerNamedInPassingIsFoundWhereverTheTreeHungHim) {
  const Scope scope = scope_of(
      "Rebels rebel NOUN 2 nsubj @:REB\nattacked attack VERB 0 root\n, , PUNCT 5 punct\nSeoul Seoul PROPN 5 nsubj @KOR:GOV\n"
      "said say VERB 2 conj\non on ADP 7 case\nTuesday Tuesday PROPN 5 obl\n",
      "attack");
  ASSERT_EQ(scope.attribution.size(), 1u);
  EXPECT_EQ(scope.attribution[0].speaker.code, "KOR");
}

TEST(Scope, RelativeClauseInsideAReportRestsOnTheNarrator) {
  const std::string text =
      "Seoul Seoul PROPN 2 nsubj @KOR:GOV\nsaid say VERB 0 root\nrebels rebel NOUN 6 nsubj @:REB\nwho who PRON 5 nsubj\n"
      "attacked attack VERB 3 acl:relcl\nfled flee VERB 2 ccomp\n";
  EXPECT_TRUE(scope_of(text, "attack").attribution.empty());
  EXPECT_EQ(scope_of(text, "flee").attribution.size(), 1u);
}

TEST(Scope, AttackingNobodyIsNoAttack) {
  EXPECT_EQ(scope_of("Arland Arland PROPN 2 nsubj @ARL\nattacked attack VERB 0 root\nnobody nobody PRON 2 obj\n", "attack").auxiliary, auxiliary_negation);
}

TEST(Scope, ClauseWithATenseOfItsOwnSharesNoAuxiliary) {
  const std::string text =
      "Arland Arland PROPN 3 nsubj @ARL\nwill will AUX 3 aux\nmeet meet VERB 0 root\nand and CCONJ 5 cc\nattacked attack VERB 3 conj Tense=Past|VerbForm=Fin\n";
  EXPECT_EQ(scope_of(text, "attack").auxiliary, 0);
  EXPECT_EQ(scope_of(text, "meet").auxiliary, auxiliary_future);
}

TEST(Scope, AuxiliaryBeforeItsSubjectMakesACondition) {
  const std::string text =
      "Had have AUX 3 aux Tense=Past|VerbForm=Fin\nrebels rebel NOUN 3 nsubj @:REB\nattacked attack VERB 7 advcl\n, , PUNCT 3 punct\n"
      "Arland Arland PROPN 7 nsubj @ARL\nwould would AUX 7 aux\nbomb bomb VERB 0 root\n";
  EXPECT_EQ(scope_of(text, "attack").auxiliary, auxiliary_hypothetical);
  EXPECT_EQ(scope_of(text, "bomb").auxiliary, auxiliary_hypothetical);
}

}  // namespace
}  // namespace legation
