// EventDater: which date an event has, from the expressions of its clause and its tense. One door: date_of().
#pragma once

#include <optional>
#include <vector>

#include "time/expression.h"

namespace legation {

/// The date of an event and what it rests on.
struct DatedBy {
  enum class Basis : std::uint8_t { expression, dateline, assumption };
  TimeSpan span;
  Basis basis = Basis::assumption;
  bool known = false;                      ///< false: no expression and no day of writing; `span` holds nothing
  std::optional<TokenRange> words;         ///< the expression, with its preposition
  std::int32_t expression = -1;            ///< its index in the list given
  bool carried = false;                    ///< the expression stands in an earlier sentence of the paragraph
  bool before_publication_period = false;  ///< clearly older than the news: a year or era gone by, or more than 45 days
  bool after_publication = false;          ///< lies ahead: the date does, or the clause is in the future
  Tense tense = Tense::none;               ///< of the clause that the trigger stands in
  float confidence = 0;                    ///< 0..1
};
std::string_view name(DatedBy::Basis basis);

/// Const and safe on many threads.
class EventDater {
 public:
  /// Reads data/time/verbs.tsv. Errors: not_found, bad_format.
  static Result<EventDater> load(const Resources& resources);

  /// Dates the event whose trigger is the token. Looks, in this order of closeness, at the trigger's own
  /// modifiers, its clause, a light verb above it ("held talks on Tuesday"), the clauses that scope over it,
  /// the paragraph's earlier sentence when that is dated history, and at last the day of writing.
  /// @param expressions  of the whole document, as TimeTagger::tag() gives them.
  /// Cost: linear in the expressions of the sentence and the depth of the tree.
  DatedBy date_of(const Parse& parse, std::uint32_t trigger, const std::vector<TimeExpression>& expressions, std::optional<Date> published) const;

 private:
  class Choice;
  TenseReader tenses_;
};

}  // namespace legation
