// Which day an event has where the text names another one.
#include "engine_of_program.h"

namespace legation {
namespace {

TEST(Days, AYearThatOnlyComparesDatesNothing) {
  const CodedDocument document = coded("Xi arrived in Accra on Monday, the first visit of a Chinese president to Ghana since 1983.");
  ASSERT_FALSE(document.coded.events.empty());
  for (const Event& event : document.coded.events) {
    ASSERT_TRUE(event.date.has_value());
    EXPECT_EQ(event.date->span.begin, Date::from_civil(2025, 5, 5));
  }
}

TEST(Days, AYearIsNoNumberOfDead) {
  const CodedDocument document = coded("Rebels killed forty soldiers in March 2019.");
  ASSERT_EQ(document.coded.events.size(), 1u);
  ASSERT_EQ(document.coded.events.front().quantities.size(), 1u);
  EXPECT_EQ(document.coded.events.front().quantities.front().value, 40);
}

TEST(Days, TheDayOnWhichItShallEndIsNotTheDayOfTheAct) {
  for (const char* text : {"Kenya closed its border with Somalia on Sunday until May 31.", "Kenya extends the state of emergency in Garissa to May 31.",
                           "Kenya suspends flights to Somalia until June 15."}) {
    const CodedDocument document = coded(text);
    ASSERT_FALSE(document.coded.events.empty()) << text;
    for (const Event& event : document.coded.events) {
      EXPECT_EQ(event.auxiliary & auxiliary_future, 0) << text;
      ASSERT_TRUE(event.date.has_value()) << text;
      EXPECT_LE(event.date->span.begin, Date::from_civil(2025, 5, 7)) << text;
    }
  }
}

/// The day of the only event of a type.
std::optional<Date> day_of(const std::string& text, EventType type) {
  const CodedDocument document = coded(text);
  std::optional<Date> day;
  for (const Event& event : document.coded.events) {
    if (event.type != type) continue;
    EXPECT_FALSE(day.has_value()) << "told twice: " << text;
    if (event.date) day = event.date->span.begin;
  }
  EXPECT_TRUE(day.has_value()) << text;
  return day;
}

Date today() { return Date::from_civil(2025, 5, 7); }

TEST(Days, WhatIsToldInThePastGoesOnAtTheDayNamedBefore) {
  EXPECT_EQ(day_of("Kenya expelled the Somali ambassador on Monday. Ethiopia condemned Kenya.", EventType::ACCUSE), Date::from_civil(2025, 5, 5));
}

TEST(Days, ADayNamedLaterDatesNothingBefore) {
  EXPECT_EQ(day_of("Crowds torched tyres in Nairobi. Somalia expelled the Kenyan ambassador on Monday.", EventType::PROTEST), today());
}

TEST(Days, TheStoryDoesNotGoOnFromItsBackground) {
  for (const char* background : {"Ethiopian aircraft had bombed the camp on Saturday.", "Ethiopia has been bombing Eritrea since May 3.",
                                 "Sudan, which expelled an Ethiopian envoy on Monday, praised Egypt."})
    EXPECT_EQ(day_of(std::string(background) + " Kenya condemned Ethiopia.", EventType::ACCUSE), today()) << background;
}

}  // namespace
}  // namespace legation
