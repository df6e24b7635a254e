// Time expressions: every example of data/time/patterns.tsv, and what a reader would notice beyond single
// expressions.
#include "time/expression.h"

#include "hand_parse.h"

namespace legation {
namespace {

const TimeTagger& tagger() {
  static const auto loaded = TimeTagger::load(carried_resources());
  if (!loaded) ADD_FAILURE() << loaded.error().what;
  return loaded.value();
}

/// A sentence without structure: all hangs on the verb. Numbers and names get their part of speech by their
/// looks.
std::string flat(const std::string& words, const std::string& before = "They they PRON 2 nsubj\nmet meet VERB 0 root VerbForm=Fin|Tense=Past", int root = 2) {
  std::istringstream in(words);
  std::string out = before + "\n";
  for (std::string word; in >> word;) {
    const bool number = word[0] >= '0' && word[0] <= '9', capital = word[0] >= 'A' && word[0] <= 'Z';
    const std::string upos = number ? "NUM" : capital ? "PROPN" : word == "," || word == "-" ? "PUNCT" : "NOUN";
    out += word + " " + word + " " + upos + " " + std::to_string(root) + " obl\n";
  }
  return out + ". . PUNCT " + std::to_string(root) + " punct\n";
}

const std::string will_meet = "They they PRON 3 nsubj\nwill will AUX 3 aux VerbForm=Fin\nmeet meet VERB 0 root VerbForm=Inf";

std::string shown(const TimeExpression& found) {
  if (found.kind == TimeExpression::Kind::duration) return "duration " + std::to_string(static_cast<int>(found.days));
  if (found.kind == TimeExpression::Kind::recurring) return "recurring";
  if (!found.resolved) return "unknown";
  return (found.span.open_begin ? ".." : "") + found.span.begin.iso() + ".." + found.span.end.iso() + (found.span.open_end ? ".." : "") + " " +
         std::string(name(found.span.granularity));
}

std::string shown(const std::vector<TimeExpression>& all) {
  std::string out;
  for (const auto& found : all) out += (out.empty() ? "" : "; ") + shown(found);
  return out.empty() ? "none" : out;
}

std::string read(const std::string& lines, std::optional<Date> published = written) {
  const HandParse hand(lines);
  return shown(tagger().tag(hand.parse(), published));
}
std::string past(const std::string& words) { return read(flat(words)); }
std::string future(const std::string& words) { return read(flat(words, will_meet, 3)); }

TEST(Time, EveryPatternReadsItsExampleAsItsRowSays) {
  for (const auto& example : tagger().patterns().examples()) {
    if (example.text.empty()) continue;
    std::string found = past(example.text);
    if (found.starts_with("..")) found.erase(0, 2);
    if (found.find(".. ") != std::string::npos) found.erase(found.find(".. "), 2);
    EXPECT_EQ(found, example.gives) << "patterns.tsv:" << example.line << ": " << example.pattern << " on \"" << example.text << "\"";
  }
}

TEST(Time, WeekdayIsTheLatestInThePastAndTheNextInTheFuture) {
  EXPECT_EQ(past("on Friday"), "2025-06-06..2025-06-06 day");
  EXPECT_EQ(future("on Friday"), "2025-06-13..2025-06-13 day");
  EXPECT_EQ(past("on Wednesday"), "2025-06-11..2025-06-11 day");
  EXPECT_EQ(future("next Wednesday"), "2025-06-18..2025-06-18 day");
}

TEST(Time, MonthsAndDaysWithoutYearFollowTheTense) {
  EXPECT_EQ(past("in November"), "2024-11-01..2024-11-30 month");
  EXPECT_EQ(future("in November"), "2025-11-01..2025-11-30 month");
  EXPECT_EQ(past("on 30 June"), "2024-06-30..2024-06-30 day");
  EXPECT_EQ(future("on 30 June"), "2025-06-30..2025-06-30 day");
  EXPECT_EQ(past("on February 29"), "2024-02-29..2024-02-29 day");
}

// A plural that is moved nowhere once sent two readings to each other for ever.
TEST(Time, ThesePluralUnitsEnd) {
  EXPECT_NE(past("this centuries"), "");
  EXPECT_NE(past("these weeks"), "");
}

TEST(Time, OpenSidesAreMarked) {
  EXPECT_EQ(past("since 2016"), "2016-01-01..2025-06-11.. year");
  EXPECT_EQ(past("until 2018"), "..2018-01-01..2018-12-31 year");
  EXPECT_EQ(future("by 2030"), "..2025-06-11..2030-12-31 year");
  EXPECT_EQ(past("before 2016"), "..2015-12-31..2015-12-31 year");
  EXPECT_EQ(past("since last week"), "2025-06-02..2025-06-11.. week");
}

TEST(Time, TwoEndsMakeOneSpan) {
  EXPECT_EQ(past("between 2016 and 2018"), "2016-01-01..2018-12-31 year");
  EXPECT_EQ(past("from 2016 to 2018"), "2016-01-01..2018-12-31 year");
  EXPECT_EQ(past("from June to September 2018"), "2018-06-01..2018-09-30 month");
  EXPECT_EQ(past("from November to February 2018"), "2017-11-01..2018-02-28 month");
  EXPECT_EQ(past("from June 3 , 2019 to July 5 , 2020"), "2019-06-03..2020-07-05 day");
  EXPECT_EQ(past("from Monday to Wednesday"), "2025-06-09..2025-06-11 day");
  EXPECT_EQ(past("in 2016-2018"), "2016-01-01..2018-12-31 year");
  EXPECT_EQ(past("in 2016–18"), "2016-01-01..2018-12-31 year");
}

TEST(Time, HyphenatedWordsReadLikeSeparateOnes) {
  EXPECT_EQ(past("in mid-May"), past("in mid - May"));
  EXPECT_EQ(past("a three-day visit"), "duration 3");
  EXPECT_EQ(past("in the mid-1990s"), "1993-05-01..1996-08-31 decade");
}

TEST(Time, CountsAreNoYears) {
  const std::string troops =
      "China China PROPN 2 nsubj\nsent send VERB 0 root VerbForm=Fin|Tense=Past\n1,950 1,950 NUM 4 "
      "nummod\ntroops troop NOUN 2 obj Number=Plur\n";
  EXPECT_EQ(read(troops), "none");
  const std::string villages =
      "They they PRON 2 nsubj\nlive live VERB 0 root VerbForm=Fin|Tense=Pres\nin in ADP 5 case\n2000 2000 "
      "NUM 5 nummod\nvillages village NOUN 2 obl Number=Plur\n";
  EXPECT_EQ(read(villages), "none");
  const std::string resolution =
      "It it PRON 2 nsubj\nbacked back VERB 0 root VerbForm=Fin|Tense=Past\nResolution resolution NOUN 2 "
      "obj\n1929 1929 NUM 3 nummod\n";
  EXPECT_EQ(read(resolution), "none");
  const std::string protests =
      "The the DET 3 det\n2018 2018 NUM 3 nummod\nprotests protest NOUN 4 nsubj Number=Plur\nended end VERB "
      "0 root VerbForm=Fin|Tense=Past\n";
  EXPECT_EQ(read(protests), "2018-01-01..2018-12-31 year");
}

TEST(Time, MayAndMarchAreNotAlwaysMonths) {
  EXPECT_EQ(read("They they PRON 3 nsubj\nmay may AUX 3 aux\nmeet meet VERB 0 root VerbForm=Inf\n"), "none");
  EXPECT_EQ(read("May May PROPN 2 nsubj\nspoke speak VERB 0 root VerbForm=Fin|Tense=Past\n"), "none");
  EXPECT_EQ(read("They they PRON 2 nsubj\nmarch march VERB 0 root VerbForm=Fin|Tense=Pres\n"), "none");
}

TEST(Time, OffsetsCountFromTheDateMentionedBefore) {
  EXPECT_EQ(read(flat("on May 3 , 2018") + "\n" + flat("two days later")), "2018-05-03..2018-05-03 day; 2018-05-05..2018-05-05 day");
  EXPECT_EQ(read(flat("on May 3 , 2018") + "\n" + flat("the day before")), "2018-05-03..2018-05-03 day; 2018-05-02..2018-05-02 day");
  EXPECT_EQ(read(flat("in 2017") + "\n" + flat("the following year")), "2017-01-01..2017-12-31 year; 2018-01-01..2018-12-31 year");
  EXPECT_EQ(past("two days after June 4"), "2025-06-06..2025-06-06 day");
}

TEST(Time, BareMonthsFollowTheYearThatTheParagraphTells) {
  EXPECT_EQ(read(flat("in 2017") + "\n" + flat("in October")), "2017-01-01..2017-12-31 year; 2017-10-01..2017-10-31 month");
  EXPECT_EQ(read(flat("in 2017") + "#paragraph\n" + flat("in October")), "2017-01-01..2017-12-31 year; 2024-10-01..2024-10-31 month");
}

TEST(Time, ScheduledDaysLieAhead) {
  const std::string planned =
      "They they PRON 2 nsubj\nplan plan VERB 0 root VerbForm=Fin|Tense=Pres\nto to PART 4 mark\nmeet meet "
      "VERB 2 xcomp VerbForm=Inf\n"
      "on on ADP 6 case\nFriday Friday PROPN 4 obl\n";
  EXPECT_EQ(read(planned), "2025-06-13..2025-06-13 day");
  const std::string scheduled =
      "talks talk NOUN 0 root\nscheduled schedule VERB 1 acl VerbForm=Part|Tense=Past\nfor for ADP 4 "
      "case\nFriday Friday PROPN 2 obl\n";
  EXPECT_EQ(read(scheduled), "2025-06-13..2025-06-13 day");
}

TEST(Time, DatelineNamesCityDateAndAgency) {
  const HandParse hand(
      "SEOUL SEOUL PROPN 11 obl\n, , PUNCT 1 punct\nJune June PROPN 1 nmod:unmarked\n10 10 NUM 3 nummod\n( ( "
      "PUNCT 6 punct\n"
      "Yonhap Yonhap PROPN 1 appos\n) ) PUNCT 6 punct\n-- -- PUNCT 1 punct\nThe the DET 10 det\noffice "
      "office NOUN 11 nsubj\n"
      "spoke speak VERB 0 root VerbForm=Fin|Tense=Past\non on ADP 13 case\nMonday Monday PROPN 11 obl\n");
  const auto line = tagger().dateline(hand.parse(), written);
  ASSERT_TRUE(line);
  EXPECT_EQ(hand.parse().words(line->city), "SEOUL");
  EXPECT_EQ(hand.parse().words(line->agency), "Yonhap");
  EXPECT_EQ(line->date, Date::from_civil(2025, 6, 10));
  const auto found = tagger().tag(hand.parse(), written);
  ASSERT_EQ(found.size(), 2u);
  EXPECT_TRUE(found[0].in_dateline);
  EXPECT_EQ(shown(found[1]), "2025-06-09..2025-06-09 day");
}

TEST(Time, OrdinarySentencesHaveNoDateline) {
  const HandParse hand(
      "Lee Lee PROPN 4 nsubj\n-- -- PUNCT 1 punct\nhe he PRON 4 nsubj\nspoke speak VERB 0 root "
      "VerbForm=Fin|Tense=Past\n");
  EXPECT_FALSE(tagger().dateline(hand.parse()));
}

TEST(Time, FirstFullDateServesWhenNothingSaysWhenTheTextWasWritten) {
  EXPECT_EQ(read(flat("on June 10 , 2018") + "\n" + flat("a day later"), std::nullopt), "2018-06-10..2018-06-10 day; 2018-06-11..2018-06-11 day");
  EXPECT_EQ(read(flat("yesterday"), std::nullopt), "unknown");
}

TEST(Time, RangeHoldsThePrepositionAndHeadTiesItToTheVerb) {
  const HandParse hand(
      "They they PRON 2 nsubj\nmet meet VERB 0 root VerbForm=Fin|Tense=Past\non on ADP 4 case\nJune June "
      "PROPN 2 obl\n10 10 NUM 4 nummod\n");
  const auto found = tagger().tag(hand.parse(), written);
  ASSERT_EQ(found.size(), 1u);
  EXPECT_EQ(hand.parse().words(found[0].range), "on June 10");
  EXPECT_EQ(found[0].head, 3u);
}

TEST(Time, CommaAndOfAfterAnExpressionAreNoPartOfIt) {
  const HandParse hand(flat("on June 10 , in Seoul"));
  const auto found = tagger().tag(hand.parse(), written);
  ASSERT_EQ(found.size(), 1u);
  EXPECT_EQ(hand.parse().words(found[0].range), "on June 10");
  EXPECT_EQ(past("in the current quarter"), "2025-04-01..2025-06-30 season");
  EXPECT_EQ(past("last quarter"), "2025-01-01..2025-03-31 season");
}

TEST(Time, BrokenTablesAreNamedWithTheirLine) {
  Resources resources = carried_resources();
  resources.put("data/time/words.tsv", "word\tclass\tvalue\tform\nmay\tmoon\t5\n");
  const auto loaded = TimeTagger::load(resources);
  ASSERT_FALSE(loaded);
  EXPECT_NE(loaded.error().what.find("words.tsv:2"), std::string::npos) << loaded.error().what;
}

}  // namespace
}  // namespace legation
