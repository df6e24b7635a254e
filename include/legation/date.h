// Date: a day of the proleptic Gregorian calendar; TimeSpan: an interval of days with what it rests on.
#pragma once

#include <chrono>
#include <compare>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace legation {

/// One calendar day. Trivially copyable; arithmetic is in days.
struct Date {
  std::int32_t days = 0;  ///< days since 1970-01-01

  static Date from_civil(int year, unsigned month, unsigned day);
  /// Reads "YYYY-MM-DD" (anything after a 'T' or blank is ignored). Empty when it is no valid day.
  static std::optional<Date> parse(std::string_view iso);
  int year() const;
  unsigned month() const;    ///< 1..12
  unsigned day() const;      ///< 1..31
  unsigned weekday() const;  ///< 0 = Monday .. 6 = Sunday
  std::string iso() const;   ///< "YYYY-MM-DD"

  friend auto operator<=>(const Date&, const Date&) = default;
  friend Date operator+(Date date, int days) { return {date.days + days}; }
  friend Date operator-(Date date, int days) { return {date.days - days}; }
  friend int operator-(Date a, Date b) { return a.days - b.days; }
};

/// Whole months later or earlier; the day is clipped to the month's length.
Date add_months(Date date, int months);

enum class Granularity : std::uint8_t { day, week, month, season, year, decade, era };  ///< era: "in recent years"
std::string_view name(Granularity granularity);

/// Days begin..end, both included. An open side is marked, its bound is then only a guess.
struct TimeSpan {
  Date begin, end;
  Granularity granularity = Granularity::day;
  bool open_begin = false;  ///< "until 2018"
  bool open_end = false;    ///< "since 2016"
};

}  // namespace legation
