// Scores: coded events against gold ones. Only entry points: EventScore::add() and EventScore::report().
#pragma once

#include <array>
#include <string>
#include <vector>

#include "engine/engine.h"
#include "eval/gold.h"

namespace legation {

/// Counts of one measure. A pair of events is one true positive when all that the measure names is right.
struct Counts {
  std::size_t right = 0, gold = 0, coded = 0;
  double precision() const { return coded == 0 ? 0 : static_cast<double>(right) / static_cast<double>(coded); }
  double recall() const { return gold == 0 ? 0 : static_cast<double>(right) / static_cast<double>(gold); }
  double f1() const { return right == 0 ? 0 : 2 * precision() * recall() / (precision() + recall()); }
};

/// How events are paired: within a document, a coded event and a gold one may pair when their types are equal and one
/// of the coded event's evidences stands in the same sentence as one of the gold triggers. Pairs are taken greedily,
/// the one that agrees in most (trigger words, actors, recipients, date) first; each event pairs once.
class EventScore {
 public:
  void add(const GoldDocument& gold, const CodedDocument& coded);
  /// The table of precision, recall and F1: overall and per type; `misses` lists what was missed and what was extra.
  std::string report(bool misses) const;

  Counts type, parties, codes, date, speaker, auxiliary, modes;
  /// Reliability: coded events by tenths of their confidence, and how many of them have the right type.
  struct Tenth {
    std::size_t coded = 0, right = 0;
    double confidence = 0;  ///< sum
  };
  std::array<Tenth, 10> reliability;
  std::array<Counts, event_type_count> by_type;
  std::array<Counts, event_type_count> parties_by_type;

 private:
  std::vector<std::string> missed_, extra_, wrong_;
};

}  // namespace legation
