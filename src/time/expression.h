// TimeTagger: time expressions of a parsed document as intervals. Doors: tag() and dateline().
#pragma once

#include <optional>
#include <vector>

#include "time/patterns.h"
#include "time/resolve.h"
#include "time/tense.h"

namespace legation {

/// Words that say when, how long or how often.
///
///   met [on Tuesday]          date, one day
///   [between 2016 and 2018]   date, three years
///   a [three-day] visit       duration, 3 days: `span` then only says how far back that would reach
struct TimeExpression {
  enum class Kind : std::uint8_t { date, duration, recurring };
  TokenRange range;        ///< with the preposition before it
  std::uint32_t head = 0;  ///< token that ties the expression to the rest of the sentence
  TimeSpan span;
  Kind kind = Kind::date;
  bool resolved = false;                    ///< false: the span is unknown (recurring, or no day of writing known)
  bool relative = false;                    ///< rests on the day of writing or on a date mentioned before
  bool in_dateline = false;                 ///< belongs to "SEOUL, June 10 (Yonhap) --"
  bool after_event = false;                 ///< "two days after the vote": the base is an event, `span` holds nothing
  std::int32_t shift_days = 0;              ///< after_event: days from that event, negative for "before"
  Direction direction = Direction::either;  ///< where the clause looks
  float confidence = 0;                     ///< 0..1
  double days = 0;                          ///< length of a duration
  std::uint32_t line = 0;                   ///< row of patterns.tsv that fired
};
std::string_view name(TimeExpression::Kind kind);

/// "SEOUL, June 10 (Yonhap) --". Ranges are empty when the part is missing.
struct Dateline {
  TokenRange range;  ///< all of it, with the dash
  TokenRange city, agency;
  TokenRange date_words;
  std::optional<Date> date;  ///< needs a year or tag()'s day of publication; see anchored()
};

/// Const and safe on many threads.
class TimeTagger {
 public:
  /// Reads data/time/{words,holidays,patterns,verbs}.tsv. Errors: not_found, bad_format.
  static Result<TimeTagger> load(const Resources& resources);

  /// All expressions of the document, in order, not overlapping. Without `published` the date of the
  /// dateline, else the first full date of the text, is the day of writing. Cost: linear.
  std::vector<TimeExpression> tag(const Parse& parse, std::optional<Date> published) const;
  /// The dateline at the start of the text. Its date has the year it names, else the one nearest to
  /// `published`.
  std::optional<Dateline> dateline(const Parse& parse, std::optional<Date> published = std::nullopt) const;

  const PatternTable& patterns() const { return patterns_; }
  const TenseReader& tenses() const { return tenses_; }

 private:
  class Pass;
  TimeLexicon lexicon_;
  PatternTable patterns_;
  TenseReader tenses_;
};

}  // namespace legation
