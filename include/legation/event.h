// Event and Claim: the record (docs/record.md). Made by src/events.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "legation/mention.h"
#include "legation/ontology.h"

namespace legation {

/// One link of the chain of speakers, outermost first: "the office says that Xi said ...".
struct Attribution {
  Actor speaker;
  std::string verb;     ///< lemma: "say", "according to"
  bool direct = false;  ///< the event's words stand in quotation marks
  bool hedged = false;  ///< "reportedly", "may", "believed to"
  Span span;            ///< the reporting verb or phrase
};

/// A number in the text and what it counts. Bounds keep the words: "more than 300" has lower = 300, no upper.
struct Quantity {
  enum class Kind : std::uint8_t { dead, injured, arrested, captured, displaced, troops, participants, money, weapons, percent, duration, other };
  Kind kind = Kind::other;
  double value = 0;
  std::optional<double> lower, upper;
  std::string unit;   ///< "person", "USD", "percent", "ship"
  std::string of;     ///< "trade", "deaths": the noun counted, lemma
  std::string bound;  ///< "more than", "nearly", "" when exact
  Span span;
  std::uint32_t token = 0;  ///< token of the number
};
std::string_view name(Quantity::Kind kind);

/// What an event's date rests on.
enum class DateBasis : std::uint8_t { expression, dateline, publication, assumption };
std::string_view name(DateBasis basis);

struct EventDate {
  TimeSpan span;
  DateBasis basis = DateBasis::assumption;
  Span words;  ///< the time expression, empty when none
};

struct EventPlace {
  std::string name, country;  ///< country: ISO alpha-3
  std::optional<double> latitude, longitude;
  std::string gazetteer_id;
  Span span;
};

/// Words that say so.
struct Evidence {
  std::uint32_t sentence = 0;  ///< index in Parse::sentences
  Span sentence_span, trigger;
};

struct Event {
  EventType type = EventType::CONSULT;
  std::vector<std::string> modes;  ///< as in data/ontology/modes.tsv
  std::vector<std::string> contexts;
  std::uint8_t auxiliary = 0;  ///< Auxiliary flags
  bool two_sided = false;      ///< violence with sides told apart (PLOVER reference 5.3)
  bool mutual = false;         ///< those who act do it to each other, as the words say: "traded accusations"
  bool promised = false;       ///< agreed to, promised or planned, not yet done
  bool implied_actor = false;  ///< nobody is named who does it: data/ontology/implied_actors.tsv
  std::vector<Actor> actors, recipients;
  std::optional<EventDate> date;
  std::optional<EventPlace> place;
  std::vector<Attribution> attribution;  ///< outermost first; empty = the document's own voice
  std::vector<Quantity> quantities;
  std::vector<Evidence> evidence;  ///< first is the one that won; others tell the same event
  float confidence = 0;
  std::string rule;                ///< table rows that fired: "operators.tsv:31 refuse × contents.tsv:118 meet -> composition.tsv:9"
  std::vector<std::string> trace;  ///< steps in words, filled for explain only
};

/// A fact that is no event but bears on a relation: trade volume, treaty in force, membership.
struct Claim {
  std::vector<Actor> subjects, objects;
  std::string property;  ///< "trade_volume", "member_of", ... (data/predicates/claims.tsv)
  std::optional<Quantity> quantity;
  std::optional<EventDate> date;
  std::vector<Attribution> attribution;
  std::uint8_t auxiliary = 0;
  Evidence evidence;
  std::string rule;
};

/// A candidate that gave no event, and why; for explain.
struct Dropped {
  std::uint32_t sentence = 0;
  Span trigger;
  std::string what, why;
};

/// All that was read off one document.
struct Coded {
  std::vector<Event> events;  ///< in the order of their trigger
  std::vector<Claim> claims;
  std::vector<Dropped> dropped;  ///< for explain only
};

}  // namespace legation
