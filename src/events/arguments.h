// Arguments: who fills a slot beside a trigger, read off the tree with voice, control, coordination, relative
// clauses and light verbs undone. Only entry points: Arguments::fillers() and Arguments::actors().
#pragma once

#include <vector>

#include "events/predicates.h"
#include "legation/mention.h"
#include "legation/parse.h"
#include "time/expression.h"

namespace legation {

/// Heads of the phrases in a slot; short, so a plain vector that callers reuse.
using Tokens = std::vector<std::uint32_t>;

///   The envoy was ordered  by the ministry  to leave  Arland .
///       |         |             |             |
///      obj of "order"        subj of         subj of "leave" is the envoy: ordered people do it
///
/// Views the parse and mentions given, which must outlive it. Cheap to make; one per document.
class Arguments {
 public:
  Arguments(const Parse& parse, const Mentions& mentions, const Predicates& predicates) : parse_(parse), mentions_(mentions), predicates_(predicates) {}

  /// Appends the fillers of a slot, conjuncts included. Empty when there is none.
  void fillers(std::uint32_t trigger, Slot slot, Tokens& out) const;
  /// Does the condition hold beside this trigger?
  bool holds(std::uint32_t trigger, const Condition& condition) const;
  bool all_hold(std::uint32_t trigger, const std::vector<Condition>& conditions) const;

  /// Words that say when fill no slot: "fired missiles on Monday" is not fired on anybody.
  void leave_out(const std::vector<TimeExpression>& times);

  enum class Side : std::uint8_t { actor, recipient };
  /// Appends the mentions a filler stands for: its own, or those inside its phrase ("the US decision", "the attack by
  /// X"; on the recipient's side also "targets in Gaza"). Conjuncts are separate fillers already.
  void mentions_of(std::uint32_t filler, Side side, std::vector<const Mention*>& out) const;

  /// Who does what the token says, in the text's surface: the subject before voice is undone.
  void surface_subject(std::uint32_t predicate, Tokens& out) const;
  void deep_subject(std::uint32_t predicate, Tokens& out) const;
  void deep_object(std::uint32_t predicate, Tokens& out) const;

  bool is_passive(std::uint32_t predicate) const;
  bool is_predicate(std::uint32_t token) const;  ///< verb, or what a copula makes one
  /// The light verb or operator over a noun whose arguments the noun shares; -1 when none.
  std::int32_t light_verb(std::uint32_t noun) const;
  /// First dependent with this relation; -1 when none.
  std::int32_t child(std::uint32_t token, Deprel deprel) const;
  /// The lemma of a dependent's preposition; empty when it has none.
  std::string_view preposition(std::uint32_t dependent) const;
  /// Head of a relative clause: for "who" in "police who fired" gives police; the token itself otherwise.
  std::uint32_t antecedent(std::uint32_t token) const;

  const Parse& parse() const { return parse_; }
  const Mentions& mentions() const { return mentions_; }
  const Predicates& predicates() const { return predicates_; }

 private:
  void add_with_conjuncts(std::uint32_t token, Tokens& out) const;
  void subject(std::uint32_t predicate, Tokens& out, int depth) const;
  void controller(std::uint32_t clause, std::uint32_t governor, Tokens& out, int depth) const;
  void nearest_phrase_behind(std::uint32_t verb, Slot slot, Tokens& out) const;
  void nearest_name_before(std::uint32_t verb, Tokens& out) const;
  bool speaks_of(std::uint32_t verb) const;
  bool lends_subject(std::uint32_t verb) const;
  bool suffers(std::uint32_t noun, std::uint32_t dependent) const;
  bool is_site(std::uint32_t noun, std::uint32_t dependent) const;
  void noun_subject(std::uint32_t noun, Tokens& out, int depth) const;
  std::int32_t stray_particle(std::uint32_t verb, std::uint32_t dependent) const;
  void second_phrases(std::uint32_t trigger, Slot slot, Tokens& out) const;
  void prepositional(std::uint32_t trigger, Slot slot, Tokens& out) const;
  void object(std::uint32_t predicate, Tokens& out, int depth) const;
  bool kind_holds(std::uint32_t filler, Condition::Kind kind) const;
  bool lemma_holds(std::uint32_t filler, const Condition& condition) const;
  void owners(std::uint32_t filler, Side side, std::vector<const Mention*>& out, int depth) const;

  const Parse& parse_;
  const Mentions& mentions_;
  const Predicates& predicates_;
  std::vector<std::uint8_t> left_out_;  ///< per token; empty = none
};

}  // namespace legation
