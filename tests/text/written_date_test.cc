#include "text/written_date.h"

#include <gtest/gtest.h>

namespace legation {
namespace {

TEST(Text, WrittenDatesAreRead) {
  for (const char* text : {"2017-10-31", "2017-10-31T09:00:00+08:00", "2017/10/31 09:00", "20171031", "Tue, 31 Oct 2017 08:00:00 GMT", "31 Oct 17 08:00 GMT",
                           "October 31, 2017", "Oct. 31, 2017", "31st of October 2017", "Published: 31 October 2017", "10/31/2017", "31.10.2017",
                           "2017 October 31", "Tuesday, Oct 31st, 2017 at 5pm"}) {
    const auto date = find_written_date(text);
    ASSERT_TRUE(date.has_value()) << text;
    EXPECT_EQ(date->iso(), "2017-10-31") << text;
  }
}

TEST(Text, WhatIsNoFullDateGivesNone) {
  for (const char* text : {"", "2017", "October 2017", "31 October", "2017-13-01", "2017-02-30", "10/11/2017", "1509436800000", "31/31/2017", "May we"}) {
    EXPECT_FALSE(find_written_date(text).has_value()) << text;
  }
}

TEST(Text, DatelineWithoutYearGivesNoDate) {
  EXPECT_FALSE(dateline_date("SEOUL, June 10 (Reuters) - It began on June 1, 2015.").has_value());
  EXPECT_FALSE(dateline_date("They met on June 1, 2015.").has_value());
  EXPECT_EQ(dateline_date("SEOUL, 1 June 2015 (Reuters) — They met.")->iso(), "2015-06-01");
}

}  // namespace
}  // namespace legation
