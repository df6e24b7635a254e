// EventChoice: which events of a document are told, and who acts and receives. The learned scorer has the last word on every token; what the
// tables made of it (event_drafts.h) is among the things it looks at. Without a scorer the tables decide. Doors: settle(), choose_parties().
#pragma once

#include <span>
#include <string>
#include <vector>

#include "events/event_drafts.h"
#include "events/event_network.h"
#include "events/event_parties.h"
#include "events/party_choice.h"

namespace legation {

/// An event that is told, by parties that are still open.
struct Found {
  std::uint32_t sentence = 0;
  Reading reading;
  Event event;
  Party sides[2];       ///< actors, recipients; unused where the tables' parties stay
  bool scored = false;  ///< the scorer told it: else the tables alone did, and nothing is left to decide
};

/// For one document.
class EventChoice {
 public:
  /// Both may be null: `network` where the tables decide, `chooser` where the scorer's own choice of parties stands.
  EventChoice(const CodingContext& context, EventDrafts& drafts, EventParties& parties, const EventNetwork* network, const PartyChooser* chooser,
              EventNetwork::Scratch& scratch)
      : c_(context), drafts_(drafts), parties_(parties), network_(network), chooser_(chooser), scratch_(scratch) {}

  EventNetwork::Scores& scores() { return scores_; }
  /// What the scorer says of the known parties beside every word that may trigger an event.
  void observe_parties(Observed& observed);
  /// Decides on all sentences, then on the parties of what is told, as what each event was taken to be is known to the others.
  void settle();
  void choose_parties(const DocumentCountries& countries, Observed* observed);
  std::vector<Found>& found() { return found_; }
  /// The event's parties are those of Found::sides.
  bool open(const Found& found) const { return found.scored && !open_[static_cast<std::size_t>(&found - found_.data())].settled; }

 private:
  /// A word that stands for the others of its sentence: one act is often told by several ("launches airstrikes, killing two"), and the scorer's word is
  /// then spread over them. Their chances of one type are added up.
  struct Spread {
    std::uint32_t token;
    EventType type;
    float chance;
  };
  void weigh_document();
  void settle_by_tables(std::uint32_t sentence, std::span<Draft> drafts);
  void settle_by_scorer(std::uint32_t sentence, std::span<Draft> drafts);
  bool says_when(std::uint32_t token) const;
  bool carries_told(std::uint32_t verb, std::span<const Draft> drafts) const;
  void tell_scored(std::uint32_t sentence, std::uint32_t token, EventType type, float chance, const Draft* base, bool several);
  OpenEvent open_event(std::uint32_t sentence, std::uint32_t trigger, const Event& event) const;
  void trace_scores(std::span<const float> p, Event& event) const;
  std::vector<std::string> likely_modes(std::uint32_t token, EventType type);
  void describe(std::uint32_t token, Event& event);
  bool says_where(std::uint32_t token) const;
  void judge_parties(std::uint32_t sentence, std::uint32_t token, const Draft* base, OpenEvent& open);
  void take_parties(Found& found, OpenEvent& open);
  void take_sides(Found& found, OpenEvent& open, PartyChooser::Sides& sides);
  PartyChooser::Need need_of(const OpenEvent& open) const;

  const CodingContext& c_;
  EventDrafts& drafts_;
  EventParties& parties_;
  const EventNetwork* network_;
  const PartyChooser* chooser_;
  EventNetwork::Scratch& scratch_;
  EventNetwork::Scores scores_;
  bool document_tells_ = false;
  std::vector<Spread> spread_;
  std::vector<Found> found_;
  std::vector<OpenEvent> open_;  ///< in the order of found_
  std::vector<float> mode_scores_;
  std::vector<PairFeatures> pairs_;
  std::vector<std::array<float, EventNetwork::roles>> roles_;
  std::vector<PartyCandidate> around_;
};

}  // namespace legation
