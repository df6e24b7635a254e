#include "dedup/near_duplicates.h"

#include <gtest/gtest.h>

#include <random>
#include <string>

namespace legation {
namespace {

constexpr std::string_view story =
    "The foreign ministers of Arland and Belmar met in Corvia on Tuesday to discuss the future of the river dam, two years after the talks broke "
    "down. Minister Ada Brand said 300 families had left the valley since March and promised 40 million crowns for new homes. Her counterpart, "
    "Tomas Reel, asked for an inspection by engineers of both sides before the water rises.";

Sketch sketch(std::string_view text, int day = 10) { return sketch_of(text, Date::from_civil(2025, 6, day)); }

std::string replaced(std::string text, std::string_view from, std::string_view to) {
  const std::size_t at = text.find(from);
  EXPECT_NE(at, std::string::npos) << from;
  return text.replace(at, from.size(), to);
}

TEST(NearDuplicates, AReprintWithEditsJoinsTheFirst) {
  const std::string whole(story);
  const std::string edits[] = {
      "CORVIA CITY (Agency) - " + whole,
      replaced(replaced(whole, "discuss the future", "talk about the fate"), "broke down", "collapsed"),
      whole.substr(0, whole.find(" Her counterpart")),
      replaced(whole, "promised", "also promised, according to a statement of her office,"),
  };
  for (const std::string& edit : edits) {
    NearDuplicates texts;
    EXPECT_EQ(texts.add(1, sketch(whole)), 1u);
    EXPECT_EQ(texts.add(2, sketch(edit, 11)), 1u) << edit;
  }
}

TEST(NearDuplicates, ReportsAfterOnePatternStayApart) {
  NearDuplicates texts;
  EXPECT_EQ(texts.add(1, sketch("Arland reports a record 1,584 new cases in the past 24 hours, bringing the nationwide total to 143,000.")), 1u);
  EXPECT_EQ(texts.add(2, sketch("Belmar reports a record 799 new cases in the past 24 hours, bringing the nationwide total to 18,369.")), 2u);
}

TEST(NearDuplicates, TheNextDaysReportOfASeriesIsNoReprint) {
  constexpr std::string_view day = "Arland reports 450 new cases of the fever in the past 24 hours, which is the highest total of a day since March.";
  const std::string other[] = {replaced(std::string(day), "450", "607"), replaced(std::string(day), "Arland", "Belmar"),
                               replaced(std::string(day), "March", "April")};
  for (const std::string& next : other) {
    NearDuplicates texts;
    EXPECT_EQ(texts.add(1, sketch(day)), 1u);
    EXPECT_EQ(texts.add(2, sketch(next, 11)), 2u) << next;
  }
  NearDuplicates texts;
  EXPECT_EQ(texts.add(1, sketch(day)), 1u);
  EXPECT_EQ(texts.add(2, sketch("MERROW, June 10 (Agency) - " + std::string(day), 11)), 1u) << "a dateline adds figures and changes none";
}

TEST(NearDuplicates, TheSameWordsMonthsLaterAreNoReprint) {
  NearDuplicates texts;
  EXPECT_EQ(texts.add(1, sketch_of(story, Date::from_civil(2025, 1, 10))), 1u);
  EXPECT_EQ(texts.add(2, sketch_of(story, Date::from_civil(2025, 6, 10))), 2u);
  EXPECT_NE(texts.add(3, sketch_of(story, std::nullopt)), 3u) << "without a day nothing speaks against it";
}

TEST(NearDuplicates, EmptyTextsAreNotOneGroup) {
  NearDuplicates texts;
  EXPECT_EQ(texts.add(1, sketch("")), 1u);
  EXPECT_EQ(texts.add(2, sketch("")), 2u);
}

TEST(NearDuplicates, LongTextsResembleEachOtherAsTheirSketchesSay) {
  std::mt19937 random(3);
  std::string a;
  for (int i = 0; i < 3000; ++i) a += "w" + std::to_string(random() % 5000) + ' ';
  std::string b = a.substr(0, a.size() / 2);
  for (int i = 0; i < 1500; ++i) b += "v" + std::to_string(random() % 5000) + ' ';
  EXPECT_NEAR(resemblance(sketch(a), sketch(b)), 1.0 / 3, 0.12);
  EXPECT_EQ(resemblance(sketch(a), sketch(a)), 1);
}

TEST(NearDuplicates, OldDocumentsAreForgottenNotTheNewestOnes) {
  NearDuplicates::Options options;
  options.remembered = 10;
  NearDuplicates texts(options);
  const auto text = [](std::uint64_t number) {
    std::mt19937 random(static_cast<unsigned>(number));
    std::string out;
    for (int i = 0; i < 30; ++i) out += "w" + std::to_string(random() % 100000) + ' ';
    return out;
  };
  for (std::uint64_t number = 1; number <= 35; ++number) EXPECT_EQ(texts.add(number, sketch(text(number))), number);
  EXPECT_EQ(texts.add(100, sketch(text(35))), 35u);
  EXPECT_EQ(texts.add(101, sketch(text(1))), 101u);
}

}  // namespace
}  // namespace legation
