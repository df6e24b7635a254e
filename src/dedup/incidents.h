// Incidents: which reports tell of one occurrence. Doors: marks_of(), Incidents::add().
// A report joins the incident of the most similar report remembered, when similar enough: greedy single-link clustering, so
// that a new report never asks for the old ones to be read again. The measure and how it was set: incidents.cc, docs/schema.md.
#pragma once

#include <array>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <unordered_map>
#include <unordered_set>
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
  std::uint32_t type = 0;       ///< of the PLOVER type
  std::uint32_t auxiliary = 0;  ///< of the auxiliary modes but negation
  bool denied = false;          ///< what is denied is another thing
  std::vector<std::uint32_t> modes;
  std::vector<PartyMark> actors, recipients;
  std::optional<Date> begin, end;  ///< of the event
  bool dated = false;              ///< the text names the day; else it is that of the news
  std::optional<Date> published;
  std::uint32_t place = 0;
  std::vector<QuantityMark> quantities;
  std::vector<std::uint32_t> words;  ///< marks_of() the sentence that tells it
  std::vector<std::uint32_t> story;  ///< marks_of() the document's title and all its sentences of evidence
  std::vector<std::uint32_t> names;  ///< names_of() the sentence
  std::uint64_t document = 0;
  std::uint64_t text_group = 0;  ///< near-duplicate documents have the same
};

/// Hashes of the words of a sentence that say what it is about, ascending: no function words, endings cut.
std::vector<std::uint32_t> marks_of(std::string_view sentence);

/// Of these those written with a capital within the sentence: who and where. No weekdays and months.
std::vector<std::uint32_t> names_of(std::string_view sentence);

/// What the likeness of two reports rests on: measures of 0..1, days, or whether. The names stand in incidents.cc.
inline constexpr std::size_t likeness_features = 29;
using Likeness = std::array<float, likeness_features>;
const std::array<std::string_view, likeness_features>& likeness_names();

/// Remembers reports. Memory is bounded as in NearDuplicates; cost per report: constant. Not thread safe.
class Incidents {
 public:
  explicit Incidents(std::size_t remembered = 250'000) : remembered_(remembered) {}

  /// The incidents of a document's events: of the most similar report of that type; else of another type, where no event of the document is
  /// in that incident (coders differ, and so do words: "agreed to meet"); else `fresh` and the numbers after it.
  std::vector<std::uint64_t> add(std::uint64_t fresh, std::vector<EventReport> reports);
  /// A report whose incident is known (from a ledger).
  void remember(std::uint64_t incident, EventReport report);
  /// What was remembered of a document counts no more: it is coded again.
  void forget(std::uint64_t document) { forgotten_.insert(document); }

  /// For those who fit the weights: add(), with a look at every pair compared (incident of the other, features).
  template <class See>
  void add_and_see(std::uint64_t fresh, EventReport report, See see) {
    const Known known = weighed(fresh, std::move(report));
    for (const Generation* generation : {&present_, &past_}) visit(*generation, known, [&](const Known& other) { see(other.incident, measure(known, other)); });
    insert(known);
  }

 private:
  /// Words with their weights, 1/16 each: rare words say more (inverse document frequency when the report came).
  struct Weighed {
    std::vector<std::uint8_t> weights;
    float length = 0;  ///< of the vector of weights
  };
  struct Known {
    std::uint64_t incident = 0;
    EventReport report;
    std::int32_t first_day = 0;  ///< of the incident's first report: daily news of one affair must not be chained to one occurrence
    Weighed words, story;
    bool fresh = true;                                          ///< not read back from a ledger
    std::vector<std::uint32_t> rarest;                          ///< words of the sentence
    std::vector<std::pair<std::uint32_t, std::uint32_t>> next;  ///< slot, 1 + report before it in that slot
  };
  struct Generation {
    std::vector<Known> reports;
    std::vector<std::uint32_t> heads;
  };

  /// The days are near, and none is denied alone.
  static bool may_join(const Known& report, const Known& known);
  static Likeness measure(const Known& a, const Known& b);
  static double likeness(const Known& a, const Known& b);
  static double cosine(const std::vector<std::uint32_t>& a, const Weighed& of_a, const std::vector<std::uint32_t>& b, const Weighed& of_b);
  template <class Look>
  void visit(const Generation& generation, const Known& report, Look look) const;
  struct Found {
    double alike = 0;
    std::uint64_t incident = 0;
    std::int32_t first_day = 0;
  };
  /// The most similar report, and the most similar one of another type.
  void search(const Generation& generation, const Known& report, Found& one_type, std::vector<Found>& other_types) const;
  static std::vector<std::uint32_t> slots_of(const Known& known, std::int32_t bucket_shift);
  Weighed weights_of(const std::vector<std::uint32_t>& words) const;
  Known weighed(std::uint64_t incident, EventReport report) const;
  void insert(Known known);

  std::size_t remembered_;
  Generation present_, past_;
  std::vector<std::uint32_t> seen_ = std::vector<std::uint32_t>(1u << 16, 0);  ///< reports by word
  std::unordered_set<std::uint64_t> forgotten_;
  std::unordered_map<std::uint64_t, std::int32_t> first_days_;  ///< by incident, of what is read back
  std::uint64_t reports_ = 0;
};

template <class Look>
void Incidents::visit(const Generation& generation, const Known& report, Look look) const {
  constexpr std::size_t longest_chain = 100;  ///< reports looked at per key: keeps the cost of a report constant
  if (generation.heads.empty()) return;
  for (const std::int32_t shift : {0, -1, 1}) {
    for (const std::uint32_t slot : slots_of(report, shift)) {
      std::uint32_t at = generation.heads[slot];
      for (std::size_t steps = 0; at != 0 && steps < longest_chain; ++steps) {
        const Known& known = generation.reports[at - 1];
        const bool gone = !known.fresh && !forgotten_.empty() && forgotten_.contains(known.report.document);
        if (!gone && may_join(report, known)) look(known);
        std::uint32_t before = 0;
        for (const auto& [key, number] : known.next)
          if (key == slot) before = number;
        at = before;
      }
    }
  }
}

}  // namespace legation
