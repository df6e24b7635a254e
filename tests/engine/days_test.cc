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

}  // namespace
}  // namespace legation
