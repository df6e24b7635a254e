// Civil calendar arithmetic by std::chrono's days. Only entry points: the members of Date, add_months(),
// name().
#include "legation/date.h"

#include <array>
#include <cassert>
#include <cstdio>

namespace legation {
namespace {

using std::chrono::sys_days;
using std::chrono::year_month_day;

year_month_day civil(Date date) { return year_month_day{sys_days{std::chrono::days{date.days}}}; }

Date from_ymd(year_month_day ymd) { return {static_cast<std::int32_t>(sys_days{ymd}.time_since_epoch().count())}; }

year_month_day make_ymd(int year, unsigned month, unsigned day) { return {std::chrono::year{year}, std::chrono::month{month}, std::chrono::day{day}}; }

/// The number in text[begin, begin + size), or -1 unless every byte there is a digit.
int digits(std::string_view text, std::size_t begin, std::size_t size) {
  int value = 0;
  for (char byte : text.substr(begin, size)) {
    if (byte < '0' || byte > '9') return -1;
    value = value * 10 + (byte - '0');
  }
  return value;
}

}  // namespace

Date Date::from_civil(int year, unsigned month, unsigned day) {
  const auto ymd = make_ymd(year, month, day);
  assert(ymd.ok());
  return from_ymd(ymd);
}

std::optional<Date> Date::parse(std::string_view iso) {
  if (iso.size() < 10 || iso[4] != '-' || iso[7] != '-') return std::nullopt;
  if (iso.size() > 10 && iso[10] != 'T' && iso[10] != ' ') return std::nullopt;
  const int year = digits(iso, 0, 4), month = digits(iso, 5, 2), day = digits(iso, 8, 2);
  if (year < 0 || month < 0 || day < 0) return std::nullopt;
  const auto ymd = make_ymd(year, static_cast<unsigned>(month), static_cast<unsigned>(day));
  if (!ymd.ok()) return std::nullopt;
  return from_ymd(ymd);
}

int Date::year() const { return static_cast<int>(civil(*this).year()); }
unsigned Date::month() const { return static_cast<unsigned>(civil(*this).month()); }
unsigned Date::day() const { return static_cast<unsigned>(civil(*this).day()); }

unsigned Date::weekday() const { return std::chrono::weekday{sys_days{std::chrono::days{days}}}.iso_encoding() - 1; }

std::string Date::iso() const {
  const auto ymd = civil(*this);
  std::array<char, 16> text;
  const int size = std::snprintf(text.data(), text.size(), "%04d-%02u-%02u", static_cast<int>(ymd.year()), static_cast<unsigned>(ymd.month()),
                                 static_cast<unsigned>(ymd.day()));
  return {text.data(), static_cast<std::size_t>(size)};
}

Date add_months(Date date, int months) {
  auto ymd = civil(date) + std::chrono::months{months};
  if (!ymd.ok()) ymd = ymd.year() / ymd.month() / std::chrono::last;
  return from_ymd(ymd);
}

std::string_view name(Granularity granularity) {
  constexpr std::array<std::string_view, 7> names = {"day", "week", "month", "season", "year", "decade", "era"};
  return names[static_cast<std::size_t>(granularity)];
}

}  // namespace legation
