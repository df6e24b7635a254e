// EventCoder: Parse + Mentions + TimeExpressions -> events and claims. Only entry point: EventCoder::code().
//
//   meaning.h        triggers and operators: what, by whom, to whom
//   scope.h          negation, modality, speakers
//   event_drafts.h   what the tables make of each trigger; event_days.h its day, event_parties.h its parties
//   event_choice.h   which of them are told, by the learned scorer's word, and who acts and receives
//   coder.cc         one document's way through these; what hangs on an event: quantities, place
//   merge.h          one event once within the document
#pragma once

#include <memory>
#include <optional>
#include <vector>

#include "base/resources.h"
#include "entities/linker.h"
#include "events/country_choice.h"
#include "events/event_network.h"
#include "events/ontology.h"
#include "events/party_choice.h"
#include "events/predicates.h"
#include "events/sector_choice.h"
#include "legation/event.h"
#include "time/expression.h"

namespace legation {

/// What the learned scorer sees of a document, and what it says of the words that are known to name a party (CodingOptions::parties).
struct Observed {
  EventFeatures features;
  std::vector<TableEvent> events;
  std::vector<std::int8_t> vectors;  ///< the scorer's, of each token; empty without one
  /// A word that may trigger an event: probabilities of the types (the last: none), and of each party that it acts or receives.
  struct Trigger {
    std::uint32_t token = 0;
    std::array<float, event_type_count + 1> types{};
    std::vector<std::string> modes;             ///< of its likeliest type
    std::uint8_t auxiliary = 0;                 ///< Auxiliary flags
    std::vector<std::array<float, 2>> parties;  ///< in the order of CodingOptions::parties; 0 in other sentences
  };
  std::vector<Trigger> triggers;  ///< empty without a scorer
  /// An event that is told, and all who may be its parties.
  struct Open {
    std::uint32_t trigger = 0;
    EventType type = EventType::CONSULT;
    std::vector<PartyCandidate> candidates;
  };
  std::vector<Open> open;  ///< filled where the scorer decides
  /// A party whose country its own words leave open, and all countries that it may be of.
  struct Home {
    std::uint32_t trigger = 0;
    std::int32_t head = -1;  ///< -1 = nobody is named
    EventNetwork::Place place{};
    std::string code, sector;  ///< by the rules
    std::vector<std::pair<std::string, CountryCandidate>> candidates;
  };
  std::vector<Home> homes;
  /// A party whose sector is open, and all sectors that it may have.
  struct Standing {
    std::uint32_t trigger = 0, head = 0;
    EventNetwork::Place place{};
    std::string sector;  ///< by the tables
    std::vector<SectorCandidate> candidates;
  };
  std::vector<Standing> standings;
};

struct CodingOptions {
  bool events = true;            ///< false: mentions are all that is wanted
  bool trace = false;            ///< fills Event::trace and Coded::dropped
  bool implied_actors = true;    ///< who acts where nobody is named: data/ontology/implied_actors.tsv (PLOVER reference, gap 6)
  bool scorer = true;            ///< false: the tables alone decide
  bool merge = true;             ///< tell one event once within a document
  bool lenient = false;          ///< also events of which nobody is named: for choosing among candidates
  bool own_parties = false;      ///< true: the scorer's own choice of parties stands, as when their chooser is trained
  Observed* observed = nullptr;  ///< filled where wanted; the scorer then runs even where it does not decide
  std::vector<Span> parties;     ///< words known to name a party (src/entities/forced.h)
};

/// A document to code, and where its events go. All outlive the coding.
struct CodingTask {
  const Parse* parse;
  const Mentions* mentions;
  const std::vector<TimeExpression>* times;
  std::optional<Date> published;
  Coded* coded;
};

/// Const, safe on many threads.
class EventCoder {
 public:
  /// Errors: bad_format naming file and line; not_found when a table is missing.
  static Result<EventCoder> load(const Resources& resources);
  EventCoder(EventCoder&&) noexcept;
  EventCoder& operator=(EventCoder&&) noexcept;
  ~EventCoder();

  /// Codes one document. Events come in the order of their trigger; flagged ones (negated, hypothetical, future,
  /// historical) are included. Cost: linear in tokens.
  Coded code(const Parse& parse, const Mentions& mentions, const std::vector<TimeExpression>& times, std::optional<Date> published, const Linker& linker,
             const CodingOptions& options = {}) const;

  /// The same for several documents: the scorer reads short ones faster together. One Scratch a thread. `observed` is for one document.
  void code(std::span<const CodingTask> tasks, const Linker& linker, const CodingOptions& options, EventNetwork::Scratch& scratch) const;

  /// Numbers a token has in Observed::vectors, or in the vectors that the scorer reads; 0 without one.
  std::size_t vector_size(bool own) const;
  const Ontology& ontology() const;
  const Predicates& predicates() const;
  /// Checksum of the learned parts' weights, the scorer's and that of the chooser of parties; 0 = there are none and the tables decide alone.
  std::uint64_t scorer() const;

 private:
  struct Tables;
  class DocumentCoder;
  explicit EventCoder(std::unique_ptr<const Tables> tables);
  std::unique_ptr<const Tables> tables_;
};

}  // namespace legation
