// Phrases: neighbouring units that are one noun phrase: "South Korean | President | Lee Jae-myung". Door:
// build_phrases.
#pragma once

#include <cstdint>
#include <vector>

#include "entities/units.h"

namespace legation {

inline constexpr std::uint32_t no_unit = 0xFFFFFFFF;

/// One noun phrase. Unit numbers index the units of the document. The core decides who it is; the others say
/// more.
struct Phrase {
  TokenRange range;
  std::uint32_t sentence = 0;
  std::uint32_t core = no_unit;          ///< a person, name, agent, organisation or state
  std::uint32_t head = 0;                ///< token
  std::uint32_t title = no_unit;         ///< agent before a name: "President" Lee
  std::uint32_t body = no_unit;          ///< agent body before or after the core: "foreign ministry" spokesman
  std::uint32_t organisation = no_unit;  ///< named one in the same place: "Hamas" leader
  std::uint32_t person = no_unit;        ///< "Xi's government", "supporters of Lee": a unit outside the range
  std::vector<std::uint32_t> countries;  ///< units that name the country, several for "Chinese and Japanese officials"
  bool deputy = false;                   ///< "Deputy Interior Minister", where the table of role nouns has the minister alone
  bool former = false, acting = false, designate = false, honorific = false;
  bool elsewhere = false;  ///< of a region that names no country: "leaders of the West"
  bool definite = false, indefinite = false;
  bool distributive = false;        ///< "neither government", "each side"
  bool possessive = false;          ///< followed by 's
  std::uint32_t pronoun = no_unit;  ///< token of "his" in "his counterpart"
  std::uint8_t number = 0;          ///< "two leaders", "both countries": 2
  bool plural_title = false;        ///< its title stands before a list of names
  bool dead = false;                ///< taken up by another phrase
};

/// Appends the phrases made of units [first_unit, last_unit) of one sentence, in text order.
void build_phrases(const KnowledgeBase& base, const Parse& parse, const std::vector<Unit>& units, std::size_t first_unit, std::size_t last_unit,
                   std::vector<Phrase>& phrases);

/// Does a role noun speak for its body, so that it takes the body's sector: spokesman, official, member,
/// leader?
bool speaks_for_body(const WordLists& words, const AgentTerm& term);

}  // namespace legation
