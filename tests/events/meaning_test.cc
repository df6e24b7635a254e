// Triggers, arguments and composition on hand-built trees.
#include "events/meaning.h"

#include <gtest/gtest.h>

#include "sentence_builder.h"
#include "small_tables.h"

namespace legation {
namespace {

/// "CODE SECTOR" of all actors of a party, blank-separated.
std::string codes(const Party& party) {
  std::string text;
  for (const Mention* mention : party)
    for (const Actor& actor : mention->actors) text += (text.empty() ? "" : " ") + actor.code + (actor.sector.empty() ? "" : ":" + actor.sector);
  return text;
}

/// "REJECT yield: ARL -> BEL" per meaning.
std::vector<std::string> meanings(const std::string& text) {
  static const Resources resources = small_tables();
  static const auto predicates = Predicates::load(resources);
  EXPECT_TRUE(predicates.ok()) << (predicates.ok() ? "" : predicates.error().what);
  const auto built = build(text);
  const Arguments arguments(built->parse, built->mentions, predicates.value());
  Composer composer(arguments, true);
  std::vector<Reading> found;
  std::vector<Dropped> dropped;
  for (std::uint32_t at = 0; at < built->parse.sentences.size(); ++at) composer.read(at, found, dropped);
  std::vector<std::string> out;
  for (const Reading& meaning : found) {
    std::string line(predicates.value().meaning_name(meaning.code));
    for (std::string_view mode : meaning.modes) line += " " + std::string(mode);
    out.push_back(line + ": " + codes(meaning.actors) + " -> " + codes(meaning.recipients));
  }
  return out;
}

using Lines = std::vector<std::string>;

TEST(Meaning, ActiveSubjectActsOnObject) {
  EXPECT_EQ(meanings("Arland Arland PROPN 2 nsubj @ARL\nattacked attack VERB 0 root\nBelmar Belmar PROPN 2 obj @BEL\n"), Lines{"ASSAULT: ARL -> BEL"});
}

TEST(Meaning, TheOneWhoActsInAPassiveStaysTheActor) {
  EXPECT_EQ(meanings("Belmar Belmar PROPN 3 nsubj:pass @BEL\nwas be AUX 3 aux:pass\nattacked attack VERB 0 root\n"
                     "by by ADP 5 case\nArland Arland PROPN 3 obl:agent @ARL\n"),
            Lines{"ASSAULT: ARL -> BEL"});
}

TEST(Meaning, AgentlessPassiveHasNoActor) {
  EXPECT_EQ(meanings("Four four NUM 3 nsubj:pass @:CVL\nwere be AUX 3 aux:pass\narrested arrest VERB 0 root\n"), Lines{"COERCE arrest:  -> :CVL"});
}

TEST(Meaning, SenseIsToldByTheObject) {
  EXPECT_EQ(meanings("Arland Arland PROPN 2 nsubj @ARL\nstruck strike VERB 0 root\na a DET 4 det\ndeal deal NOUN 2 obj\n"
                     "with with ADP 6 case\nBelmar Belmar PROPN 2 obl @BEL\n"),
            Lines{"SUPPORT: ARL BEL -> "});
  EXPECT_EQ(meanings("Arland Arland PROPN 2 nsubj @ARL\nstruck strike VERB 0 root\nBelmar Belmar PROPN 2 obj @BEL\n"), Lines{"ASSAULT: ARL -> BEL"});
}

TEST(Meaning, FigurativeUseIsNoEvent) {
  EXPECT_EQ(meanings("Arland Arland PROPN 2 nsubj @ARL\nstruck strike VERB 0 root\na a DET 4 det\nbalance balance NOUN 2 obj\n"), Lines{});
}

TEST(Meaning, MeetingHasEverybodyAsActor) {
  EXPECT_EQ(meanings("Arland Arland PROPN 4 nsubj @ARL\nand and CCONJ 3 cc\nBelmar Belmar PROPN 1 conj @BEL\nmet meet VERB 0 root\n"),
            Lines{"CONSULT: ARL BEL -> "});
}

TEST(Meaning, NounUnderLightVerbTakesItsSubject) {
  EXPECT_EQ(meanings("Arland Arland PROPN 2 nsubj @ARL\nlaunched launch VERB 0 root\nan a DET 4 det\nattack attack NOUN 2 obj\n"
                     "on on ADP 6 case\nBelmar Belmar PROPN 4 nmod @BEL\n"),
            Lines{"ASSAULT: ARL -> BEL"});
}

TEST(Meaning, PossessorOfANounActs) {
  EXPECT_EQ(meanings("Arland Arland PROPN 3 nmod:poss @ARL\n's 's PART 1 case\nattack attack NOUN 6 nsubj\non on ADP 5 case\n"
                     "Belmar Belmar PROPN 3 nmod @BEL\ncontinued continue VERB 0 root\n"),
            Lines{"ASSAULT: ARL -> BEL"});
}

TEST(Meaning, RefusalOfAConcessionIsReject) {
  EXPECT_EQ(meanings("Arland Arland PROPN 2 nsubj @ARL\nrefused refuse VERB 0 root\nto to PART 4 mark\n"
                     "release release VERB 2 xcomp VerbForm=Inf\nthe the DET 6 det\ncrew crew NOUN 4 obj @BEL:CVL\n"),
            Lines{"REJECT yield: ARL -> "});
}

TEST(Meaning, OperatorsNest) {
  EXPECT_EQ(meanings("Arland Arland PROPN 2 nsubj @ARL\nrefused refuse VERB 0 root\nto to PART 4 mark\n"
                     "stop stop VERB 2 xcomp VerbForm=Inf\nbombing bomb VERB 4 xcomp VerbForm=Ger\nBelmar Belmar PROPN 5 obj @BEL\n"),
            Lines{"REJECT yield: ARL -> "});
}

TEST(Meaning, UrgedPartyIsTheRecipientAndItsDeedNoEvent) {
  EXPECT_EQ(meanings("Corvia Corvia PROPN 2 nsubj @COR\nurged urge VERB 0 root\nArland Arland PROPN 2 obj @ARL\nto to PART 5 mark\n"
                     "release release VERB 2 xcomp VerbForm=Inf\nthe the DET 7 det\ncrew crew NOUN 5 obj @BEL:CVL\n"),
            Lines{"REQUEST yield: COR -> ARL"});
}

TEST(Meaning, PseudoContentNeedsAnOperator) {
  EXPECT_EQ(meanings("Unions union NOUN 2 nsubj @:LAB\ncalled call VERB 0 root\nfor for ADP 4 case\nreforms reform NOUN 2 obl\n"),
            Lines{"REQUEST change: :LAB -> "});
  EXPECT_EQ(meanings("Reforms reform NOUN 2 nsubj\nwork work VERB 0 root\n"), Lines{});
}

TEST(Meaning, RelativePronounStandsForItsNoun) {
  EXPECT_EQ(meanings("Police police NOUN 0 root @KEN:COP\nwho who PRON 3 nsubj PronType=Rel\narrested arrest VERB 1 acl:relcl\n"
                     "reporters reporter NOUN 3 obj @:JRN\n"),
            Lines{"COERCE arrest: KEN:COP -> :JRN"});
}

TEST(Meaning, ReducedRelativeIsPassive) {
  EXPECT_EQ(meanings("Reporters reporter NOUN 5 nsubj @:JRN\narrested arrest VERB 1 acl Tense=Past|VerbForm=Part\nby by ADP 4 case\n"
                     "police police NOUN 2 obl @KEN:COP\nslept sleep VERB 0 root\n"),
            Lines{"COERCE arrest: KEN:COP -> :JRN"});
}

TEST(Meaning, SidesOfAFightAreToldApart) {
  EXPECT_EQ(meanings("Rebels rebel NOUN 2 nsubj @:REB\nfought fight VERB 0 root\nArland Arland PROPN 2 obj @ARL\n"), Lines{"ASSAULT: :REB -> ARL"});
}

TEST(Meaning, DeniedDeedStandsBesideTheDenial) {
  EXPECT_EQ(meanings("Arland Arland PROPN 2 nsubj @ARL\ndenied deny VERB 0 root\nattacking attack VERB 2 xcomp VerbForm=Ger\n"
                     "Belmar Belmar PROPN 3 obj @BEL\n"),
            (Lines{"REJECT: ARL -> ", "ASSAULT: ARL -> BEL"}));
}

TEST(Meaning, OwnerInsideThePhraseIsTheRecipient) {
  EXPECT_EQ(meanings("Arland Arland PROPN 2 nsubj @ARL\nbombed bomb VERB 0 root\ntargets target NOUN 2 obj\nin in ADP 5 case\n"
                     "Belmar Belmar PROPN 3 nmod @BEL\n"),
            Lines{"ASSAULT aerial: ARL -> BEL"});
}

TEST(Meaning, PlaceOfAnAttackIsNotItsActor) {
  EXPECT_EQ(meanings("An a DET 2 det\nattack attack NOUN 5 nsubj\nin in ADP 4 case\nKabul Kabul PROPN 2 nmod @place:AFG\nfailed fail VERB 0 root\n"),
            Lines{"ASSAULT:  -> "});
}

}  // namespace
}  // namespace legation
