#include "relations/period.h"

#include <fmt/format.h>

#include <array>

namespace legation {
namespace {

constexpr std::array<std::string_view, 5> step_names = {"day", "week", "month", "quarter", "year"};

/// The week belongs to the year of its Thursday (ISO 8601).
std::string week_label(Date monday) {
  const Date thursday = monday + 3;
  const int week = (thursday - Date::from_civil(thursday.year(), 1, 1)) / 7 + 1;
  return fmt::format("{}-W{:02}", thursday.year(), week);
}

}  // namespace

std::string_view name(Step step) { return step_names[static_cast<std::size_t>(step)]; }

std::optional<Step> parse_step(std::string_view name) {
  for (std::size_t at = 0; at < step_names.size(); ++at)
    if (step_names[at] == name) return static_cast<Step>(at);
  return std::nullopt;
}

Date period_begin(Date day, Step step) {
  switch (step) {
    case Step::day:
      return day;
    case Step::week:
      return day - static_cast<int>(day.weekday());
    case Step::month:
      return Date::from_civil(day.year(), day.month(), 1);
    case Step::quarter:
      return Date::from_civil(day.year(), (day.month() - 1) / 3 * 3 + 1, 1);
    case Step::year:
      return Date::from_civil(day.year(), 1, 1);
  }
  return day;
}

Date later_period(Date begin, Step step, int count) {
  switch (step) {
    case Step::day:
      return begin + count;
    case Step::week:
      return begin + 7 * count;
    case Step::month:
      return add_months(begin, count);
    case Step::quarter:
      return add_months(begin, 3 * count);
    case Step::year:
      return add_months(begin, 12 * count);
  }
  return begin;
}

std::string period_label(Date begin, Step step) {
  switch (step) {
    case Step::day:
      return begin.iso();
    case Step::week:
      return week_label(begin);
    case Step::month:
      return begin.iso().substr(0, 7);
    case Step::quarter:
      return fmt::format("{}-Q{}", begin.year(), (begin.month() - 1) / 3 + 1);
    case Step::year:
      return fmt::format("{}", begin.year());
  }
  return begin.iso();
}

std::vector<Date> periods_between(Date from, Date to, Step step) {
  std::vector<Date> begins;
  for (Date begin = period_begin(from, step); begin <= to; begin = later_period(begin, step, 1)) begins.push_back(begin);
  return begins;
}

int periods_per_year(Step step) {
  constexpr std::array<int, 5> counts = {365, 52, 12, 4, 1};
  return counts[static_cast<std::size_t>(step)];
}

}  // namespace legation
