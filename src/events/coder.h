// EventCoder: Parse + Mentions + TimeExpressions -> events and claims. Only entry point: EventCoder::code().
//
//   meaning.h   triggers and operators: what, by whom, to whom
//   scope.h     negation, modality, speakers
//   coder.cc    date, place, quantities, contexts, PLOVER's rules for a record
//   merge.h     one event once within the document
#pragma once

#include <memory>
#include <optional>
#include <vector>

#include "base/resources.h"
#include "entities/linker.h"
#include "events/event_features.h"
#include "events/ontology.h"
#include "events/predicates.h"
#include "legation/event.h"
#include "time/expression.h"

namespace legation {

/// What the learned scorer sees of a document, for training it.
struct Observed {
  EventFeatures features;
  std::vector<TableEvent> events;
};

struct CodingOptions {
  bool events = true;           ///< false: mentions are all that is wanted
  bool trace = false;           ///< fills Event::trace and Coded::dropped
  bool implied_actors = true;   ///< agentless violence and coercion get the actor UNK (PLOVER reference, gap 6)
  bool scorer = true;           ///< false: the tables alone decide
  bool merge = true;            ///< tell one event once within a document
  bool lenient = false;         ///< also events of which nobody is named: for choosing among candidates
  Observed* observed = nullptr; ///< filled where wanted
  std::vector<Span> parties;    ///< words known to name a party (src/entities/forced.h)
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
  Coded code(const Parse& parse, const Mentions& mentions, const std::vector<TimeExpression>& times,
             std::optional<Date> published, const Linker& linker, const CodingOptions& options = {}) const;

  const Ontology& ontology() const;
  const Predicates& predicates() const;
  /// Checksum of the scorer's weights; 0 = there are none and the tables decide alone.
  std::uint64_t scorer() const;

 private:
  struct Tables;
  explicit EventCoder(std::unique_ptr<const Tables> tables);
  std::unique_ptr<const Tables> tables_;
};

}  // namespace legation
