// Dates as pages, feeds and datelines write them. Entry points: those of written_date.h.
#include "text/written_date.h"

#include <algorithm>
#include <array>
#include <chrono>
#include <vector>

#include "base/ascii.h"

namespace legation {
namespace {

/// A number or a word; what stands between them only matters where it is '/', '-' or '.'.
struct Piece {
  int number = -1;  ///< -1 = a word
  int month = 0;    ///< 1..12 for a word that names one
  std::size_t digits = 0;
  char before = ' ';  ///< separator directly before it
};

int month_named(std::string_view word) {
  static constexpr std::array<std::string_view, 12> months = {"january", "february", "march",     "april",   "may",      "june",
                                                              "july",    "august",   "september", "october", "november", "december"};
  if (word.size() < 3 || word.size() > 9) return 0;
  for (std::size_t i = 0; i < months.size(); ++i) {
    const bool sept = i == 8 && word.size() == 4;
    if (word.size() != 3 && word.size() != months[i].size() && !sept) continue;
    const bool same = std::equal(word.begin(), word.end(), months[i].begin(), [](char a, char b) { return ascii::to_lower(a) == b; });
    if (same) return static_cast<int>(i) + 1;
  }
  return 0;
}

Piece read_number(std::string_view text, std::size_t& at) {
  Piece piece;
  piece.number = 0;
  for (; at < text.size() && ascii::is_digit(text[at]); ++at) {
    if (++piece.digits <= 8) piece.number = piece.number * 10 + (text[at] - '0');
  }
  return piece;
}

bool is_filler(std::string_view word) {
  for (const std::string_view filler : {"of", "st", "nd", "rd", "th", "T"}) {
    if (word == filler) return true;
  }
  return false;
}

std::vector<Piece> pieces_of(std::string_view text) {
  std::vector<Piece> pieces;
  char before = ' ';
  for (std::size_t at = 0; at < text.size() && pieces.size() < 64;) {
    if (ascii::is_digit(text[at])) {
      pieces.push_back(read_number(text, at));
      pieces.back().before = before;
    } else if (ascii::is_letter(text[at])) {
      const std::size_t begin = at;
      while (at < text.size() && ascii::is_letter(text[at])) ++at;
      const std::string_view word = text.substr(begin, at - begin);
      if (is_filler(word)) continue;
      pieces.push_back({-1, month_named(word), 0, before});
    } else {
      before = text[at++];
      continue;
    }
    before = ' ';
  }
  return pieces;
}

std::optional<Date> valid(int year, int month, int day) {
  if (year < 1000 || year > 2200 || month < 1 || month > 12 || day < 1 || day > 31) return std::nullopt;
  const std::chrono::year_month_day civil{std::chrono::year(year), std::chrono::month(static_cast<unsigned>(month)),
                                          std::chrono::day(static_cast<unsigned>(day))};
  if (!civil.ok()) return std::nullopt;  // 31 June
  return Date::from_civil(year, static_cast<unsigned>(month), static_cast<unsigned>(day));
}

/// Two digits as RFC 822 allows them in a feed.
int full_year(const Piece& piece) {
  if (piece.digits == 4) return piece.number;
  if (piece.digits == 2) return piece.number + (piece.number < 70 ? 2000 : 1900);
  return -1;
}

std::optional<Date> with_named_month(const Piece& a, const Piece& b, const Piece& c) {
  if (a.month != 0 && b.digits <= 2 && b.number > 0 && c.digits == 4) return valid(c.number, a.month, b.number);
  if (b.month != 0 && a.number > 0 && a.digits <= 2) return valid(full_year(c), b.month, a.number);
  if (b.month != 0 && a.digits == 4 && c.number > 0 && c.digits <= 2) return valid(a.number, b.month, c.number);
  return std::nullopt;
}

std::optional<Date> all_numbers(const Piece& a, const Piece& b, const Piece& c) {
  const bool joined = b.before == c.before && (b.before == '-' || b.before == '/' || b.before == '.');
  if (!joined || b.digits > 2) return std::nullopt;
  if (a.digits == 4 && c.digits <= 2) return valid(a.number, b.number, c.number);
  if (c.digits != 4 || a.digits > 2) return std::nullopt;
  if (a.number > 12 || b.before == '.') return valid(c.number, b.number, a.number);
  if (b.number > 12) return valid(c.number, a.number, b.number);
  return std::nullopt;
}

std::optional<Date> packed(const Piece& piece) {
  if (piece.digits != 8) return std::nullopt;
  return valid(piece.number / 10000, piece.number / 100 % 100, piece.number % 100);
}

}  // namespace

std::optional<Date> find_written_date(std::string_view text) {
  const std::vector<Piece> pieces = pieces_of(text.substr(0, 400));
  for (std::size_t i = 0; i < pieces.size(); ++i) {
    if (const auto date = packed(pieces[i])) return date;
    if (i + 2 >= pieces.size()) continue;
    const bool numbers = pieces[i].number >= 0 && pieces[i + 1].number >= 0 && pieces[i + 2].number >= 0;
    const auto date = numbers ? all_numbers(pieces[i], pieces[i + 1], pieces[i + 2]) : with_named_month(pieces[i], pieces[i + 1], pieces[i + 2]);
    if (date) return date;
  }
  return std::nullopt;
}

std::optional<Date> dateline_date(std::string_view text) {
  text = text.substr(0, 160);
  text = text.substr(0, text.find('\n'));
  std::size_t dash = text.npos;
  for (const std::string_view mark : {" - ", " -- ", "\xE2\x80\x93", "\xE2\x80\x94"}) dash = std::min(dash, text.find(mark));
  if (dash == text.npos) return std::nullopt;
  return find_written_date(text.substr(0, dash));
}

}  // namespace legation
