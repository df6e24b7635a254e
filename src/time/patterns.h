// PatternTable: the time expressions as patterns over words (data/time/patterns.tsv). One door: match().
#pragma once

#include <limits>
#include <string>
#include <vector>

#include "time/lexicon.h"

namespace legation {

/// How the captured parts become days; names as in patterns.tsv.
enum class Meaning : std::uint8_t {
  none,
  date,
  day_of_month,
  date_range,
  iso_parts,
  month,
  months,
  year,
  years,
  year_range,
  decade,
  century,
  quarter,
  half,
  season,
  weekday,
  relative_day,
  last_night,
  overnight,
  shifted,
  shifted_here,
  ago,
  offset,
  same,
  follow,
  past_units,
  recent_units,
  recent_times,
  coming_units,
  ahead,
  ahead_time,
  ahead_span,
  recently,
  weekend,
  holiday,
  duration,
  recurring
};

/// Parts that a pattern captured; `absent` where it has none.
struct Slots {
  static constexpr std::int32_t absent = std::numeric_limits<std::int32_t>::min();
  std::int32_t year = absent, year2 = absent, month = absent, month2 = absent, day = absent, day2 = absent;
  std::int32_t weekday = absent, count = absent, count2 = absent, ordinal = absent, part = absent, season = absent;
  std::int32_t unit = absent, shift = absent, follow = absent, relday = absent, offset = absent, decade = absent;
  std::int32_t holiday = absent, isodate = absent, recently = absent;
  bool vague = false;   ///< "several", "a few"
  bool plural = false;  ///< of the unit
};
inline bool has(std::int32_t slot) { return slot != Slots::absent; }

/// A pattern found: atoms [first, last).
struct Match {
  std::uint32_t first = 0, last = 0;
  Meaning meaning = Meaning::none;
  Slots slots;
  std::uint32_t line = 0;  ///< of patterns.tsv
};

class PatternTable {
 public:
  /// Interns the words of the patterns into the lexicon. Errors: not_found, bad_format.
  static Result<PatternTable> load(const Resources& resources, TimeLexicon& lexicon);
  /// The longest match that begins with the atom, or an empty one. Cost: patterns that can begin with it.
  Match match(std::span<const Atom> atoms, std::uint32_t first) const;

  /// For the tests: each row's example and what it gives.
  struct Example {
    std::uint32_t line;
    std::string pattern, text, gives;
  };
  const std::vector<Example>& examples() const { return examples_; }

 private:
  struct Element {
    std::uint32_t classes = 0;
    std::vector<std::uint16_t> words;
    bool optional = false;
  };
  struct Pattern {
    std::vector<Element> elements;
    Meaning meaning;
    std::uint32_t line;
  };
  struct Found {
    std::uint32_t last = 0;
    Slots slots;
  };

  Result<Element> read_element(std::string_view text, TimeLexicon& lexicon);
  void index(std::uint16_t pattern);
  void try_pattern(const Pattern& pattern, std::span<const Atom> atoms, std::uint32_t first, Match& best) const;
  static bool fits(const Element& element, const Atom& atom);
  static bool step(const Pattern& pattern, std::size_t element, std::span<const Atom> atoms, std::uint32_t at, const Slots& slots, Found& found);

  std::vector<Pattern> patterns_;
  std::array<std::vector<std::uint16_t>, time_class_count> by_class_;  ///< patterns that can begin with the class
  std::vector<std::vector<std::uint16_t>> by_word_;
  std::vector<Example> examples_;
  std::uint16_t comma_ = 0;
};

}  // namespace legation
