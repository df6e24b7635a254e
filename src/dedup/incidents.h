// Incidents: which reports tell of one occurrence. Doors: marks_of(), Incidents::add().
// A report joins the incident of the most similar report remembered, when similar enough: greedy single-link clustering, so
// that a new report never asks for the old ones to be read again. The measure and how it was set: incidents.cc, docs/schema.md.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "legation/date.h"

namespace legation {

/// A word as a number; 0 for none.
std::uint32_t mark(std::string_view word);

/// One who acts or receives, as far as it tells incidents apart: marks of Actor's code, sector and name.
struct PartyMark {
  std::uint32_t code = 0, sector = 0;
  std::uint32_t name = 0;  ///< of a person or organisation; 0 for generic actors
};

/// A number that reports give of the same thing.
struct QuantityMark {
  std::uint32_t kind = 0;
  double value = 0;
};

/// One event as one document tells it.
struct EventReport {
  std::uint32_t type = 0;             ///< of PLOVER type and auxiliary modes: what is denied is another thing
  std::vector<std::uint32_t> modes;
  std::vector<PartyMark> actors, recipients;
  std::optional<Date> begin, end;  ///< of the event
  bool dated = false;              ///< the text names the day; else it is that of the news
  std::optional<Date> published;
  std::uint32_t place = 0;
  std::vector<QuantityMark> quantities;
  std::vector<std::uint32_t> words;  ///< marks_of() the sentence that tells it
  std::uint64_t text_group = 0;      ///< near-duplicate documents have the same
};

/// Hashes of the words of a sentence that say what it is about, ascending: no function words, endings cut.
std::vector<std::uint32_t> marks_of(std::string_view sentence);

/// Remembers reports. Memory is bounded as in NearDuplicates; cost per report: constant. Not thread safe.
class Incidents {
 public:
  explicit Incidents(std::size_t remembered = 250'000) : remembered_(remembered) {}

  /// The incident of the most similar report, else `fresh`.
  std::uint64_t add(std::uint64_t fresh, EventReport report);
  /// A report whose incident is known (from a ledger).
  void remember(std::uint64_t incident, EventReport report);

  static constexpr double threshold = 0.5;

 private:
  struct Known {
    std::uint64_t incident = 0;
    EventReport report;
    std::vector<float> weights;  ///< of report.words when it came: rare words say more (inverse document frequency)
    float length = 0;            ///< of the vector of weights
    std::vector<std::pair<std::uint32_t, std::uint32_t>> next;  ///< slot, 1 + report before it in that slot
  };
  struct Generation {
    std::vector<Known> reports;
    std::vector<std::uint32_t> heads;
  };

  static double likeness(const Known& a, const Known& b);
  void search(const Generation& generation, const Known& report, double& best, std::uint64_t& incident) const;
  Known weighed(std::uint64_t incident, EventReport report) const;
  void insert(Known known);

  std::size_t remembered_;
  Generation present_, past_;
  std::vector<std::uint32_t> seen_ = std::vector<std::uint32_t>(1u << 16, 0);  ///< reports by word
  std::uint64_t reports_ = 0;
};

}  // namespace legation
