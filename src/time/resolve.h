// From the parts of an expression to days. One door: resolve().
#pragma once

#include "time/patterns.h"

namespace legation {

enum class Direction : std::uint8_t { past, future, either };

/// What an expression is read against.
struct TimeContext {
  std::optional<Date> anchor;         ///< day of writing
  std::optional<TimeSpan> previous;   ///< date mentioned before
  std::optional<int> narrative_year;  ///< year that the paragraph tells of
  Direction direction = Direction::past;
};

struct Resolved {
  enum class Kind : std::uint8_t { nothing, date, duration, recurring };
  Kind kind = Kind::nothing;
  bool known = false;     ///< span holds days; false when the anchor is missing
  bool relative = false;  ///< rests on an anchor
  bool explicit_year = false;
  TimeSpan span;
  double days = 0;  ///< length of a duration
  float confidence = 0;
};

Resolved resolve(const Match& match, const TimeLexicon& lexicon, const TimeContext& context);

}  // namespace legation
