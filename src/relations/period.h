// Step: the length of the periods of a series, and the calendar arithmetic on them. Weeks begin on Monday.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "legation/date.h"

namespace legation {

enum class Step : std::uint8_t { day, week, month, quarter, year };
std::string_view name(Step step);
std::optional<Step> parse_step(std::string_view name);

/// First day of the period that holds the day.
Date period_begin(Date day, Step step);
/// First day of the period `count` later (or earlier).
Date later_period(Date begin, Step step, int count);
/// "2017-10-31", "2017-W44" (ISO 8601), "2017-10", "2017-Q4", "2017".
std::string period_label(Date begin, Step step);
/// First days of all periods that touch from..to, in order; empty when to < from.
std::vector<Date> periods_between(Date from, Date to, Step step);
/// Periods in a year: the length of a season.
int periods_per_year(Step step);

}  // namespace legation
