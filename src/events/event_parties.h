// EventParties: from the words that act and receive to actors as they were on the event's day, and PLOVER's rules for who may stand on which
// side. Doors: at(), add(), set(), imply_actor(), oppose().
#pragma once

#include <deque>
#include <optional>
#include <vector>

#include "events/coding_context.h"
#include "events/meaning.h"

namespace legation {

/// For one document.
class EventParties {
 public:
  explicit EventParties(const CodingContext& context) : c_(context) {}

  /// Who is told at a head token; a phrase that the entities passed over is nobody we know, by its words.
  const Mention* at(std::uint32_t head);
  /// The mention whose words an actor has; -1 = none (implied, or who speaks).
  std::int32_t mention_of(const Actor& actor, std::uint32_t sentence) const;
  std::vector<std::int32_t> mentions_of(const std::vector<Actor>& actors, std::uint32_t sentence) const;
  /// Their head tokens.
  std::vector<std::uint32_t> heads_of(const std::vector<Actor>& actors, std::uint32_t sentence) const;

  /// Mentions become actors as they were on the event's own date.
  void add(const Party& party, const Event& event, std::vector<Actor>& out) const;
  /// Gives the event these parties; a side without anybody keeps those it had.
  void set(Party actors, Party recipients, Event& event) const;
  /// PLOVER reference, gap 6: what nobody is named for is somebody's. Table: data/ontology/implied_actors.tsv.
  bool imply_actor(std::uint32_t trigger, Event& event) const;
  /// Whom a protest is against that says so in its name ("anti-American rally", "anti-government protesters"); one who is marched against does not march.
  void oppose(std::uint32_t sentence, const Reading& meaning, Event& event) const;
  /// "the APEC summit", "more talks": a noun for what people do together, and only one of them named.
  bool meets_alone(const Reading& meaning, const Event& event) const;

  /// "The government condemned Arland": it is not Arland's, whatever else the sentence names.
  void part_inferred(Event& event) const;
  /// "tightened its sanctions", "on his victory": who acts does not act on himself.
  void drop_self(Event& event) const;
  /// Who visits a country in office is received by its government.
  static void complete_host(Event& event);

 private:
  const Mention* mention_of(const Actor& actor) const;
  bool are_two(const Actor& actor, const Actor& recipient) const;
  const Mention* loose_mention(std::uint32_t head);
  std::optional<Actor> opposed_by(std::uint32_t token) const;

  const CodingContext& c_;
  std::deque<Mention> loose_;
};

}  // namespace legation
