// Dates of events: the expression of the trigger's own clause, the tense, and what they rest on.
#include "time/event_date.h"

#include "hand_parse.h"

namespace legation {
namespace {

struct Dated {
  DatedBy by;
  std::string shown() const {
    return by.span.begin.iso() + ".." + by.span.end.iso() + " " + std::string(name(by.span.granularity)) + " " + std::string(name(by.basis));
  }
};

Dated date_of(const std::string& lines, std::string_view trigger) {
  static const auto tagger = TimeTagger::load(carried_resources());
  static const auto dater = EventDater::load(carried_resources());
  EXPECT_TRUE(tagger && dater);
  const HandParse hand(lines);
  const auto expressions = tagger.value().tag(hand.parse(), written);
  return {dater.value().date_of(hand.parse(), hand.token(trigger), expressions, written)};
}

TEST(EventDate, VerbTakesTheExpressionThatHangsOnIt) {
  const auto dated = date_of(
      "Xi Xi PROPN 2 nsubj\nvisited visit VERB 0 root VerbForm=Fin|Tense=Past\nSeoul Seoul PROPN 2 obj\non "
      "on ADP 5 case\nMonday Monday PROPN 2 obl\n",
      "visited");
  EXPECT_EQ(dated.shown(), "2025-06-09..2025-06-09 day expression");
  EXPECT_FALSE(dated.by.before_publication_period);
}

TEST(EventDate, EventNounTakesTheDateOfItsLightVerb) {
  const std::string lines =
      "They they PRON 2 nsubj\nheld hold VERB 0 root VerbForm=Fin|Tense=Past\ntalks talk NOUN 2 obj "
      "Number=Plur\nlast last ADJ 5 amod\nweek week NOUN 2 obl:unmarked\n";
  EXPECT_EQ(date_of(lines, "talks").shown(), "2025-06-02..2025-06-08 week expression");
}

// "The ministry said on Tuesday that China had deployed missiles in 2017."
const std::string reported =
    "The the DET 2 det\nministry ministry NOUN 3 nsubj\nsaid say VERB 0 root VerbForm=Fin|Tense=Past\non on "
    "ADP 5 case\nTuesday Tuesday PROPN 3 obl\n"
    "that that SCONJ 9 mark\nChina China PROPN 9 nsubj\nhad have AUX 9 aux VerbForm=Fin|Tense=Past\ndeployed "
    "deploy VERB 3 ccomp VerbForm=Part|Tense=Past\n"
    "missiles missile NOUN 9 obj Number=Plur\nin in ADP 12 case\n2017 2017 NUM 9 obl\n";

TEST(EventDate, SayingAndWhatWasSaidHaveTheirOwnDates) {
  EXPECT_EQ(date_of(reported, "said").shown(), "2025-06-10..2025-06-10 day expression");
  const auto deployed = date_of(reported, "deployed");
  EXPECT_EQ(deployed.shown(), "2017-01-01..2017-12-31 year expression");
  EXPECT_TRUE(deployed.by.before_publication_period);
  EXPECT_EQ(deployed.by.tense, Tense::past_perfect);
}

TEST(EventDate, ExpressionOfARelativeClauseStaysThere) {
  const std::string lines =
      "China China PROPN 2 nsubj\ncondemned condemn VERB 0 root VerbForm=Fin|Tense=Past\nthe the DET 4 "
      "det\ndeal deal NOUN 2 obj\nthat that PRON 6 nsubj\n"
      "ended end VERB 4 acl:relcl VerbForm=Fin|Tense=Past\nin in ADP 8 case\n2015 2015 NUM 6 obl\n";
  EXPECT_EQ(date_of(lines, "condemned").shown(), "2025-06-11..2025-06-11 day assumption");
  EXPECT_EQ(date_of(lines, "ended").shown(), "2015-01-01..2015-12-31 year expression");
}

TEST(EventDate, YearBeforeANounDoesNotDateTheVerbThatTalksOfIt) {
  const std::string lines =
      "Beijing Beijing PROPN 2 nsubj\ncriticized criticize VERB 0 root VerbForm=Fin|Tense=Past\nthe the DET "
      "5 det\n2015 2015 NUM 5 nummod\ndeal deal NOUN 2 obj\n";
  EXPECT_EQ(date_of(lines, "criticized").shown(), "2025-06-11..2025-06-11 day assumption");
  EXPECT_EQ(date_of(lines, "deal").shown(), "2015-01-01..2015-12-31 year expression");
}

TEST(EventDate, FutureClausesLieAfterPublication) {
  const std::string will =
      "Lee Lee PROPN 3 nsubj\nwill will AUX 3 aux VerbForm=Fin\nvisit visit VERB 0 root "
      "VerbForm=Inf\nBeijing Beijing PROPN 3 obj\n";
  EXPECT_TRUE(date_of(will, "visit").by.after_publication);
  const auto on_friday = date_of(will + "on on ADP 6 case\nFriday Friday PROPN 3 obl\n", "visit");
  EXPECT_EQ(on_friday.shown(), "2025-06-13..2025-06-13 day expression");
  EXPECT_TRUE(on_friday.by.after_publication);
}

TEST(EventDate, PastPerfectIsOpenTowardsThePast) {
  const auto dated = date_of(
      "They they PRON 3 nsubj\nhad have AUX 3 aux VerbForm=Fin|Tense=Past\nfired fire VERB 0 root "
      "VerbForm=Part|Tense=Past\nshells shell NOUN 3 obj Number=Plur\n",
      "fired");
  EXPECT_TRUE(dated.by.span.open_begin);
}

TEST(EventDate, SecondVerbSharesTheDateOfTheFirst) {
  const std::string lines =
      "They they PRON 2 nsubj\nmet meet VERB 0 root VerbForm=Fin|Tense=Past\non on ADP 4 case\nMonday Monday "
      "PROPN 2 obl\nand and CCONJ 6 cc\n"
      "agreed agree VERB 2 conj VerbForm=Fin|Tense=Past\n";
  EXPECT_EQ(date_of(lines, "agreed").shown(), "2025-06-09..2025-06-09 day expression");
}

TEST(EventDate, EventCountedFromIsDatedBackwards) {
  // "Pyongyang fired a missile on Tuesday, two days after the council met."
  const std::string lines =
      "Pyongyang Pyongyang PROPN 2 nsubj\nfired fire VERB 0 root VerbForm=Fin|Tense=Past\na a DET 4 "
      "det\nmissile missile NOUN 2 obj\non on ADP 6 case\n"
      "Tuesday Tuesday PROPN 2 obl\n, , PUNCT 13 punct\ntwo two NUM 9 nummod\ndays day NOUN 13 obl:unmarked "
      "Number=Plur\nafter after SCONJ 13 mark\n"
      "the the DET 12 det\ncouncil council NOUN 13 nsubj\nmet meet VERB 2 advcl VerbForm=Fin|Tense=Past\n";
  EXPECT_EQ(date_of(lines, "fired").shown(), "2025-06-10..2025-06-10 day expression");
  EXPECT_EQ(date_of(lines, "met").shown(), "2025-06-08..2025-06-08 day expression");
}

TEST(EventDate, BackgroundGoesOnInTheSameParagraph) {
  const std::string lines =
      "In in ADP 2 case\n2017 2017 NUM 5 obl\n, , PUNCT 5 punct\nSeoul Seoul PROPN 5 nsubj\ndeployed deploy "
      "VERB 0 root VerbForm=Fin|Tense=Past\n\n"
      "Beijing Beijing PROPN 2 nsubj\nretaliated retaliate VERB 0 root VerbForm=Fin|Tense=Past\n";
  const auto dated = date_of(lines, "retaliated");
  EXPECT_EQ(dated.shown(), "2017-01-01..2017-12-31 year expression");
  EXPECT_TRUE(dated.by.carried);
}

TEST(EventDate, AgreementToMeetIsDatedByTheAgreement) {
  // "In October 2017 they agreed to mend ties."
  const std::string lines =
      "In in ADP 2 case\nOctober October PROPN 5 obl\n2017 2017 NUM 2 nmod:unmarked\nthey they PRON 5 nsubj\n"
      "agreed agree VERB 0 root VerbForm=Fin|Tense=Past\nto to PART 7 mark\nmend mend VERB 5 xcomp "
      "VerbForm=Inf\nties tie NOUN 7 obj\n";
  EXPECT_EQ(date_of(lines, "agreed").shown(), "2017-10-01..2017-10-31 month expression");
  EXPECT_EQ(date_of(lines, "mend").shown(), "2017-10-01..2017-10-31 month expression");
}

TEST(EventDate, YearHungOnTheObjectDatesTheVerbUnlessItSaysOf) {
  const auto lines = [](const std::string& preposition) {
    return "Seoul Seoul PROPN 2 nsubj\nbacked back VERB 0 root VerbForm=Fin|Tense=Past\nmissiles missile "
           "NOUN 2 obj\n" +
           preposition + " " + preposition + " ADP 5 case\n2017 2017 NUM 3 nmod\n";
  };
  EXPECT_EQ(date_of(lines("in"), "backed").shown(), "2017-01-01..2017-12-31 year expression");
  EXPECT_EQ(date_of(lines("of"), "backed").shown(), "2025-06-11..2025-06-11 day assumption");
}

TEST(EventDate, PresentPerfectTakesNoDateFromAClauseOfThePast) {
  const std::string lines =
      "It it PRON 2 nsubj\nended end VERB 0 root VerbForm=Fin|Tense=Past\nin in ADP 4 case\n1953 1953 NUM 2 "
      "obl\nand and CCONJ 7 cc\n"
      "has have AUX 7 aux VerbForm=Fin|Tense=Pres\nheld hold VERB 2 conj VerbForm=Part|Tense=Past\n";
  EXPECT_EQ(date_of(lines, "held").shown(), "2025-06-11..2025-06-11 day assumption");
}

TEST(EventDate, DurationsAndHabitsDateNothing) {
  const std::string lines =
      "They they PRON 2 nsubj\nmeet meet VERB 0 root VerbForm=Fin|Tense=Pres\nevery every DET 4 det\nTuesday "
      "Tuesday PROPN 2 obl:unmarked\n"
      "for for ADP 7 case\ntwo two NUM 7 nummod\nhours hour NOUN 2 obl Number=Plur\n";
  EXPECT_EQ(date_of(lines, "meet").shown(), "2025-06-11..2025-06-11 day assumption");
}

TEST(EventDate, AnyTreeGivesADate) {
  // Every token in turn is the head of all others: no shape may loop or fail.
  const std::vector<std::string> words = {"Xi PROPN nsubj",  "said VERB ccomp", "on ADP case",   "Tuesday PROPN obl", "that SCONJ mark", "troops NOUN obj",
                                          "left VERB advcl", "two NUM nummod",  "days NOUN acl", "after ADP case",    "talks NOUN conj"};
  for (std::size_t root = 1; root <= words.size(); ++root) {
    std::string lines;
    for (std::size_t i = 1; i <= words.size(); ++i) {
      std::istringstream cells(words[i - 1]);
      std::string form, upos, deprel;
      cells >> form >> upos >> deprel;
      const auto head = i == root ? 0 : i + 1 <= words.size() && i + 1 != root && i % 2 == 0 ? i + 1 : root;
      lines += form + " " + form + " " + upos + " " + std::to_string(head) + " " + (i == root ? "root" : deprel) + "\n";
    }
    for (const char* trigger : {"said", "left", "talks", "Xi"}) EXPECT_TRUE(date_of(lines, trigger).by.known);
  }
}

// "The army withdrew; rebels cheered on Friday."
TEST(EventDate, DateBehindASemicolonDatesNothingBeforeIt) {
  const std::string lines =
      "Troops troop NOUN 2 nsubj\nwithdrew withdraw VERB 0 root VerbForm=Fin|Tense=Past\n; ; PUNCT 5 punct\nrebels rebel NOUN 5 nsubj\n"
      "cheered cheer VERB 2 parataxis VerbForm=Fin|Tense=Past\non on ADP 7 case\nFriday Friday PROPN 5 obl\n";
  EXPECT_EQ(date_of(lines, "cheered").shown(), "2025-06-06..2025-06-06 day expression");
  EXPECT_EQ(date_of(lines, "withdrew").by.basis, DatedBy::Basis::assumption);
}

// "Troops helped them leave on Friday."
TEST(EventDate, HelpingAndLeavingAreOneAct) {
  const std::string lines =
      "Troops troop NOUN 2 nsubj\nhelped help VERB 0 root VerbForm=Fin|Tense=Past\nthem they PRON 2 obj\nleave leave VERB 2 xcomp VerbForm=Inf\n"
      "on on ADP 6 case\nFriday Friday PROPN 4 obl\n";
  EXPECT_EQ(date_of(lines, "helped").shown(), "2025-06-06..2025-06-06 day expression");
}

}  // namespace
}  // namespace legation
