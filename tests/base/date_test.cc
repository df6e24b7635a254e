// Calendar days: what a reader of a calendar would check.
#include "legation/date.h"

#include <gtest/gtest.h>

namespace legation {
namespace {

TEST(Date, KnowsLeapYears) {
  EXPECT_TRUE(Date::parse("2024-02-29"));
  EXPECT_TRUE(Date::parse("2000-02-29"));
  EXPECT_FALSE(Date::parse("2023-02-29"));
  EXPECT_FALSE(Date::parse("1900-02-29"));
  EXPECT_EQ(Date::from_civil(2024, 3, 1) - Date::from_civil(2024, 2, 28), 2);
  EXPECT_EQ(Date::from_civil(2025, 1, 1) - Date::from_civil(2024, 1, 1), 366);
}

TEST(Date, CountsFromTheEpoch) {
  EXPECT_EQ(Date::from_civil(1970, 1, 1).days, 0);
  EXPECT_EQ(Date::from_civil(1969, 12, 31).days, -1);
  EXPECT_EQ(Date::from_civil(2025, 6, 10).days, 20249);
}

TEST(Date, NamesTheWeekday) {
  EXPECT_EQ(Date::from_civil(2025, 6, 11).weekday(), 2u);  // Wednesday
  EXPECT_EQ(Date::from_civil(1970, 1, 1).weekday(), 3u);   // Thursday
  EXPECT_EQ(Date::from_civil(1950, 6, 25).weekday(), 6u);  // Sunday
}

TEST(Date, ReadsIsoDaysAndIgnoresTheTime) {
  EXPECT_EQ(Date::parse("2025-06-10"), Date::from_civil(2025, 6, 10));
  EXPECT_EQ(Date::parse("2025-06-10T23:59:00+09:00"), Date::from_civil(2025, 6, 10));
  EXPECT_EQ(Date::parse("2025-06-10 08:00"), Date::from_civil(2025, 6, 10));
}

TEST(Date, RefusesWhatIsNoDay) {
  for (const char* text : {"", "2025", "2025-6-1", "2025-13-01", "2025-00-10", "2025-04-31", "2025/06/10", "20x5-06-10", "2025-06-101"}) {
    EXPECT_FALSE(Date::parse(text)) << text;
  }
}

TEST(Date, WritesWhatItReads) {
  for (const char* text : {"0001-01-01", "1899-12-31", "2000-02-29", "2025-06-10", "9999-12-31"}) {
    ASSERT_TRUE(Date::parse(text)) << text;
    EXPECT_EQ(Date::parse(text)->iso(), text);
  }
}

TEST(Date, MonthsClipToTheLastDay) {
  EXPECT_EQ(add_months(Date::from_civil(2025, 1, 31), 1).iso(), "2025-02-28");
  EXPECT_EQ(add_months(Date::from_civil(2024, 1, 31), 1).iso(), "2024-02-29");
  EXPECT_EQ(add_months(Date::from_civil(2024, 2, 29), 12).iso(), "2025-02-28");
  EXPECT_EQ(add_months(Date::from_civil(2025, 1, 15), -1).iso(), "2024-12-15");
  EXPECT_EQ(add_months(Date::from_civil(2025, 12, 31), -25).iso(), "2023-11-30");
}

TEST(Date, EveryDayOfFourCenturiesGoesThereAndBack) {
  for (Date day = Date::from_civil(1800, 1, 1); day < Date::from_civil(2200, 1, 1); day = day + 1) {
    ASSERT_EQ(Date::from_civil(day.year(), day.month(), day.day()), day);
    ASSERT_EQ((day + 1).weekday(), (day.weekday() + 1) % 7);
  }
}

TEST(Date, GranularitiesHaveNames) {
  EXPECT_EQ(name(Granularity::day), "day");
  EXPECT_EQ(name(Granularity::season), "season");
  EXPECT_EQ(name(Granularity::era), "era");
}

}  // namespace
}  // namespace legation
