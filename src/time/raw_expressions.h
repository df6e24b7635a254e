// RawExpression: a time expression found but not yet read against the day of writing. One door:
// find_raw_expressions().
#pragma once

#include <vector>

#include "time/patterns.h"

namespace legation {

struct RawExpression {
  TokenRange range;  ///< without the preposition
  TokenRange words;  ///< with it
  std::uint32_t sentence = 0;
  Match match;
  std::optional<Match> until;  ///< other end of "from A to B"
  std::optional<Match> base;   ///< date that "two days after" counts from
  std::optional<Bound> bound;  ///< "since", "by", ...
  bool after_event = false;    ///< "two days after" and then no date
};

/// Appends the expressions of one sentence, in order. `atoms` is scratch.
void find_raw_expressions(const Parse& parse, std::uint32_t sentence, const TimeLexicon& lexicon, const PatternTable& patterns, std::vector<Atom>& atoms,
                          std::vector<RawExpression>& out);

}  // namespace legation
