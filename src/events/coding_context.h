// CodingContext: one document and all that it is coded with. The parts of the coder hold a reference to it.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "events/arguments.h"
#include "events/coder.h"
#include "time/event_date.h"

namespace legation {

/// All outlive the coding of the document.
struct CodingContext {
  const Ontology& ontology;
  const Predicates& predicates;
  const EventDater& dater;
  const Parse& parse;
  const Mentions& mentions;
  const std::vector<TimeExpression>& times;
  std::optional<Date> published;
  const Linker& linker;
  const CodingOptions& options;
  Arguments arguments;
  std::vector<Dropped>& dropped;

  /// Keeps for `explain` what is not told, and why.
  void drop(std::uint32_t sentence, const Event& event, std::string why) const {
    if (options.trace) dropped.push_back({sentence, event.evidence.front().trigger, std::string(name(event.type)) + " by " + event.rule, std::move(why)});
  }
};

}  // namespace legation
