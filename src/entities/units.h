// Units: the names and role nouns of a sentence by longest match, and runs of proper nouns nobody knows.
// Door: find_units.
#pragma once

#include <cstdint>
#include <span>
#include <vector>

#include "entities/knowledge_base.h"
#include "legation/parse.h"

namespace legation {

/// A stretch of tokens with all the knowledge base has under that name. `best` is null for unknown names.
struct Unit {
  TokenRange range;
  std::uint32_t sentence = 0;
  const Name* best = nullptr;
  std::span<const Name> names;
  bool plural = false;      ///< agents: "ministers"
  bool former = false;      ///< written "ex-minister"
  bool possessive = false;  ///< followed by 's
  bool honorific = false;   ///< "Mr.": no name by itself
  bool is(NameKind kind) const { return best && best->kind == kind; }
  bool unknown() const { return !best && !honorific; }
  /// Names a country by itself: state, nationality, people, capital or metonym.
  bool country() const { return best && best->kind <= NameKind::metonym; }
};

/// Appends the units of one sentence in text order; they do not overlap.
/// @param day  names out of use on it come last.
void find_units(const KnowledgeBase& base, const Parse& parse, std::uint32_t sentence, Date day, std::vector<Unit>& units);

/// A name of two states ("Congo") means the one the rest of the document speaks of more; that of a state and
/// of a province elsewhere ("Georgia") the province whose towns it names and not the state. `units`: of the
/// whole document.
void settle_ambiguous(const KnowledgeBase& base, Date day, std::vector<Unit>& units);

/// The token of a range whose governor lies outside; the last one of the best-attached when there are
/// several.
std::uint32_t head_of(const Parse& parse, TokenRange range);
/// Are the tokens of one noun phrase: does the way up from one of them meet the other inside [first, last)?
bool same_phrase(const Parse& parse, std::uint32_t left, std::uint32_t right);
bool is_hyphen(std::string_view form);
bool is_lower_case_of(std::string_view form, std::string_view lower);  ///< ASCII, without a copy

}  // namespace legation
