// The dateline of wire copy: "SEOUL, June 10 (Yonhap) --". One door: find_dateline().
#pragma once

#include "time/raw_expressions.h"

namespace legation {

/// Where the parts of a dateline stand. Empty ranges for those that are missing.
struct DatelineShape {
  TokenRange range, city, agency;
  const RawExpression* date = nullptr;
};

/// Looks at the first words of the text (not of the title). `raws`: expressions of at least the first
/// sentences.
std::optional<DatelineShape> find_dateline(const Parse& parse, std::span<const RawExpression> raws);
/// Sentences that may hold the dateline: [first, last).
TokenRange dateline_sentences(const Parse& parse);

}  // namespace legation
