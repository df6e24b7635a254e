// Numbers, what they count and the words that bound them, on hand-built trees with the shipped tables of numbers.
#include "events/quantity.h"

#include <gtest/gtest.h>

#include "base/embedded.h"
#include "sentence_builder.h"
#include "small_tables.h"

namespace legation {
namespace {

std::vector<Quantity> quantities(const std::string& text) {
  static const Resources shipped = Resources::embedded(embedded_files());
  static const auto reader = QuantityReader::load(shipped);
  EXPECT_TRUE(reader.ok()) << (reader.ok() ? "" : reader.error().what);
  static const Resources resources = small_tables();
  static const auto predicates = Predicates::load(resources);
  const auto built = build(text);
  const Arguments arguments(built->parse, built->mentions, predicates.value());
  return reader.value().read(arguments, 0);
}

/// The only quantity of the sentence.
Quantity one(const std::string& text) {
  const auto found = quantities(text);
  EXPECT_EQ(found.size(), 1u);
  return found.empty() ? Quantity() : found.front();
}

TEST(Quantity, PeopleKilledAreDead) {
  const Quantity found = one("Shelling shelling NOUN 2 nsubj\nkilled kill VERB 0 root\n12 12 NUM 4 nummod\npeople people NOUN 2 obj Number=Plur\n");
  EXPECT_EQ(found.kind, Quantity::Kind::dead);
  EXPECT_EQ(found.value, 12);
  EXPECT_EQ(found.of, "people");
  EXPECT_FALSE(found.lower || found.upper);
  EXPECT_EQ(found.bound, "");
}

TEST(Quantity, NumberWordsAreRead) {
  EXPECT_EQ(one("Seven seven NUM 2 nummod\nsoldiers soldier NOUN 3 nsubj:pass Number=Plur\nwounded wound VERB 0 root\n").value, 7);
}

TEST(Quantity, TensAndUnitsWithAHyphenAreOneNumber) {
  EXPECT_EQ(
      one("Forty forty NUM 3 compound\n- - PUNCT 1 punct\ntwo two NUM 4 nummod\nsoldiers soldier NOUN 5 nsubj:pass Number=Plur\nwounded wound VERB 0 root\n")
          .value,
      42);
}

TEST(Quantity, CommasPartThousands) {
  EXPECT_EQ(one("300,000 300,000 NUM 2 nummod\nmarchers marcher NOUN 3 nsubj Number=Plur\ngathered gather VERB 0 root\n").value, 300000);
}

TEST(Quantity, MoreThanIsALowerBound) {
  const Quantity found =
      one("More more ADJ 3 advmod\nthan than ADP 1 fixed\n300 300 NUM 4 nummod\nsoldiers soldier NOUN 5 nsubj Number=Plur\nleft leave VERB 0 root\n");
  EXPECT_EQ(found.bound, "more than");
  EXPECT_EQ(found.lower, 300);
  EXPECT_FALSE(found.upper);
  EXPECT_EQ(found.kind, Quantity::Kind::troops);
}

TEST(Quantity, NoMoreThanIsAnUpperBound) {
  const Quantity found =
      one("No no DET 4 advmod\nmore more ADJ 1 fixed\nthan than ADP 1 fixed\n300 300 NUM 5 nummod\nsoldiers soldier NOUN 6 nsubj Number=Plur\nleft leave VERB "
          "0 root\n");
  EXPECT_EQ(found.bound, "no more than");
  EXPECT_EQ(found.upper, 300);
  EXPECT_FALSE(found.lower);
}

TEST(Quantity, AboutBoundsNeitherSide) {
  const Quantity found = one("About about ADV 2 advmod\n300 300 NUM 3 nummod\nsoldiers soldier NOUN 4 nsubj Number=Plur\nleft leave VERB 0 root\n");
  EXPECT_EQ(found.bound, "about");
  EXPECT_FALSE(found.lower || found.upper);
}

TEST(Quantity, BoundBelongsToTheSpan) {
  const auto built = build("Nearly nearly ADV 2 advmod\n300 300 NUM 3 nummod\nsoldiers soldier NOUN 4 nsubj Number=Plur\nleft leave VERB 0 root\n");
  const Quantity found = one("Nearly nearly ADV 2 advmod\n300 300 NUM 3 nummod\nsoldiers soldier NOUN 4 nsubj Number=Plur\nleft leave VERB 0 root\n");
  EXPECT_EQ(built->document.words(found.span), "Nearly 300 soldiers");
}

TEST(Quantity, TensOfThousandsIsOneNumber) {
  const Quantity found =
      one("Tens ten NOUN 5 nsubj Number=Plur\nof of ADP 3 case\nthousands thousand NOUN 1 nmod Number=Plur\nprotesters protester NOUN 3 nmod "
          "Number=Plur\nmarched march VERB 0 root\n");
  EXPECT_EQ(found.value, 20000);
  EXPECT_EQ(found.lower, 20000);
  EXPECT_EQ(found.bound, "tens");
  EXPECT_EQ(found.kind, Quantity::Kind::participants);
}

TEST(Quantity, DozensIsALowerBound) {
  const Quantity found = one("Dozens dozen NOUN 3 nsubj Number=Plur\nwere be AUX 3 aux:pass\ninjured injure VERB 0 root\n");
  EXPECT_EQ(found.kind, Quantity::Kind::injured);
  EXPECT_EQ(found.value, 24);
  EXPECT_EQ(found.lower, 24);
}

TEST(Quantity, MillionsOfDollarsAreMoney) {
  const Quantity found = one(
      "Japan Japan PROPN 2 nsubj @JPN\ngave give VERB 0 root\n2.5 2.5 NUM 4 compound\nmillion million NUM 5 nummod\ndollars dollar NOUN 2 obj Number=Plur\n");
  EXPECT_EQ(found.kind, Quantity::Kind::money);
  EXPECT_EQ(found.value, 2500000);
  EXPECT_EQ(found.unit, "USD");
}

TEST(Quantity, CurrencySignsAreRead) {
  const Quantity euros = one("Japan Japan PROPN 2 nsubj @JPN\ngave give VERB 0 root\n€ € SYM 2 obj\n40 40 NUM 3 nummod\nmillion million NUM 4 flat\n");
  EXPECT_EQ(euros.unit, "EUR");
  EXPECT_EQ(euros.value, 40000000);
  EXPECT_EQ(euros.kind, Quantity::Kind::money);
}

TEST(Quantity, WonIsMoneyWhenCounted) {
  const Quantity won =
      one("Seoul Seoul PROPN 2 nsubj @KOR:GOV\npaid pay VERB 0 root\n900 900 NUM 4 compound\nbillion billion NUM 5 nummod\nwon won NOUN 2 obj\n");
  EXPECT_EQ(won.unit, "KRW");
  EXPECT_EQ(won.value, 900e9);
}

TEST(Quantity, WeaponsAreCountedEvenWhereAVerbCountsPeople) {
  EXPECT_EQ(one("Rebels rebel NOUN 2 nsubj @:REB\nseized seize VERB 0 root\nfour four NUM 4 nummod\ntanks tank NOUN 2 obj Number=Plur\n").kind,
            Quantity::Kind::weapons);
}

TEST(Quantity, PercentIsPercent) {
  const Quantity found = one("Trade trade NOUN 2 nsubj\nfell fall VERB 0 root\n9 9 NUM 4 nummod\npercent percent NOUN 2 obl:unmarked\n");
  EXPECT_EQ(found.kind, Quantity::Kind::percent);
  EXPECT_EQ(found.value, 9);
}

TEST(Quantity, YearIsNone) { EXPECT_TRUE(quantities("They they PRON 2 nsubj\nmet meet VERB 0 root\nin in ADP 4 case\n2017 2017 NUM 2 obl\n").empty()); }

TEST(Quantity, OneAsAPronounIsNone) { EXPECT_TRUE(quantities("One one PRON 2 nsubj\nleft leave VERB 0 root\n").empty()); }

TEST(Quantity, OrdinalAndNamesWithDigitsAreNone) {
  EXPECT_TRUE(quantities("The the DET 3 det\n2nd 2nd ADJ 3 amod NumType=Ord\nround round NOUN 4 nsubj\nended end VERB 0 root\n").empty());
  EXPECT_TRUE(quantities("A a DET 2 det\nF-35 F-35 PROPN 3 nsubj\nlanded land VERB 0 root\n").empty());
}

TEST(Quantity, ScoreOfAMatchIsNone) { EXPECT_TRUE(quantities("Brazil Brazil PROPN 2 nsubj @BRA\nwon win VERB 0 root\n2-1 2-1 NUM 2 obl\n").empty()); }

TEST(Quantity, HugeDigitStringsAreNoFault) {
  const std::string digits(200, '9');
  EXPECT_TRUE(quantities(digits + " " + digits + " NUM 2 nummod\nships ship NOUN 0 root Number=Plur\n").empty());
}

TEST(Quantity, InHowManyAttacksAndByHowManyIsNoNumberOfTheDead) {
  const auto found = quantities(
      "76 76 NUM 2 nummod\npeople people NOUN 3 nsubj:pass Number=Plur\nkilled kill VERB 0 root\nin in ADP 6 case\nfour four NUM 6 nummod\n"
      "attacks attack NOUN 3 obl Number=Plur\nby by ADP 9 case\nthree three NUM 9 nummod\ngunmen gunman NOUN 3 obl:agent Number=Plur\n");
  ASSERT_EQ(found.size(), 3u);
  EXPECT_EQ(found[0].kind, Quantity::Kind::dead);
  EXPECT_EQ(found[1].kind, Quantity::Kind::other);
  EXPECT_EQ(found[2].kind, Quantity::Kind::other);
}

TEST(Quantity, SeveralStandInTextOrder) {
  const auto found = quantities(
      "12 12 NUM 2 nummod\npeople people NOUN 3 nsubj:pass Number=Plur\nkilled kill VERB 0 root\nand and CCONJ 5 cc\n"
      "40 40 NUM 6 nsubj:pass\nwounded wound VERB 3 conj\n");
  ASSERT_EQ(found.size(), 2u);
  EXPECT_EQ(found[0].kind, Quantity::Kind::dead);
  EXPECT_EQ(found[1].kind, Quantity::Kind::injured);
  EXPECT_EQ(found[1].value, 40);
}

}  // namespace
}  // namespace legation
