// EventDrafts: what the tables make of a document. A draft is an event in full, and why the tables would not tell it; which are told is
// decided behind it (event_choice.h). Doors: read(), of(), bare().
#pragma once

#include <optional>
#include <span>
#include <string>
#include <vector>

#include "events/coding_context.h"
#include "events/context.h"
#include "events/event_days.h"
#include "events/event_parties.h"
#include "events/meaning.h"
#include "events/scope.h"

namespace legation {

/// What the tables make of one trigger.
struct Draft {
  Reading reading;
  Event event;
  std::string why_not;  ///< empty = the tables tell it
};

/// For one document, whose sentences are read in order.
class EventDrafts {
 public:
  EventDrafts(const CodingContext& context, const ContextReader& contexts, EventParties& parties);

  /// Adds the drafts of the next sentence.
  void read(std::uint32_t sentence);
  std::span<Draft> of(std::uint32_t sentence);
  /// An event on a token of which the tables say nothing: its scope and its day.
  Event bare(std::uint32_t sentence, const Reading& reading);
  void add_contexts(std::uint32_t sentence, const Reading& meaning, Event& event) const;

  Composer& composer() { return composer_; }
  EventDays& days() { return days_; }
  ScopeReader& scopes() { return *scopes_; }
  /// Tokens that were passed over are to be read in order once more.
  void restart_scopes() { scopes_.emplace(c_.arguments, c_.options.trace); }
  /// Who condemns, asks or refuses speaks for himself: the sentence that says so is no report of his.
  static void drop_own_voice(Event& event);
  static bool says_who_is_meant(const Token& trigger);

 private:
  /// A reading, and the day that belongs to it alone.
  struct Telling {
    Reading meaning;
    const TimeExpression* day = nullptr;
  };
  std::vector<Telling> tell_apart(std::uint32_t sentence, const Reading& meaning) const;
  const TimeExpression* day_behind(std::uint32_t sentence, const Mention& mention, const Party& party) const;
  Draft draft(std::uint32_t sentence, const Reading& meaning, const TimeExpression* day);
  std::string fill_parties(std::uint32_t sentence, const Reading& meaning, Event& event);
  std::string not_implied(std::uint32_t sentence, const Reading& meaning, const Event& event) const;
  void apply_refusal(const Reading& meaning, Event& event) const;
  void apply_obligation(const Reading& meaning, Event& event) const;
  void apply_auxiliary(Event& event) const;
  bool names_coming_meeting(const Reading& meaning, const Event& event) const;
  void infer_phone(const Reading& meaning, Event& event) const;

  const CodingContext& c_;
  EventParties& parties_;
  EventDays days_;
  Composer composer_;
  std::optional<ScopeReader> scopes_;
  std::vector<std::vector<std::string_view>> contexts_;  ///< per paragraph
  std::vector<Reading> meanings_;
  std::vector<Draft> drafts_;
  std::vector<std::size_t> begin_;  ///< per sentence
};

}  // namespace legation
