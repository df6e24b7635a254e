// Mention: words of the text that name somebody or some place, with who that is. Made by src/entities.
#pragma once

#include <algorithm>
#include <cstdint>
#include <limits>
#include <string>
#include <string_view>
#include <vector>

#include "legation/parse.h"

namespace legation {

inline constexpr std::uint32_t no_entity = std::numeric_limits<std::uint32_t>::max();

/// Who an actor or recipient is, at a date. PLOVER's entity object.
struct Actor {
  std::uint32_t entity = no_entity;  ///< row in the knowledge base
  std::string code;                  ///< ISO 3166-1 alpha-3 or PLOVER code (UNO, EUR, IGO, ...); empty = none known
  std::string sector;                ///< primary PLOVER sector; empty = the country as such
  std::vector<std::string> other_sectors;
  std::string name;      ///< resolved person, organisation or state; empty for generic actors
  std::string wikidata;  ///< Q-number, empty when not known
  std::string role;      ///< office held on the date: "president of South Korea"
  std::string text;      ///< as written in the document
  Span span;             ///< bytes in Document::buffer; empty when implied
  std::string why;       ///< "alias 'Lee Jae-myung' (people.tsv:812)", for explain
};

/// A PLOVER code that is no country's: the United Nations and Europe, bodies of several states or of none, movements and firms across borders.
inline bool is_international(std::string_view code) {
  constexpr std::string_view codes[] = {"UNO", "EUR", "IGO", "NGO", "ISM", "IMG", "MNC"};
  return std::ranges::find(codes, code) != std::end(codes);
}

enum class MentionKind : std::uint8_t { state, person, organisation, agent, place, pronoun, collective, unknown };
std::string_view name(MentionKind kind);

/// Tokens [range) with head token `head`; nested mentions are not listed apart (longest wins), except that the
/// country inside "South Korean officials" has given its code to the officials.
///
///   South Korean President Lee Jae-myung   said
///   [------- person, head = Lee --------]
struct Mention {
  TokenRange range;
  std::uint32_t head = 0;  ///< token that carries the mention's relation to its governor
  MentionKind kind = MentionKind::unknown;
  std::vector<Actor> actors;     ///< several for "the two leaders", "both countries"; never empty
  std::int32_t antecedent = -1;  ///< index of the mention it refers back to; -1 = none
  bool can_act = true;           ///< false: a mere place ("in Seoul") or a vague bloc ("the West")
  bool former = false;
  bool country_inferred = false;  ///< "the army": its country is only what the text speaks of
  float confidence = 1;           ///< 0..1
};

/// All mentions of a document, sorted by first token, not overlapping; and the way from token to mention.
struct Mentions {
  std::vector<Mention> list;
  std::vector<std::int32_t> of_token;  ///< per token: index into list, or -1
  const Mention* at(std::uint32_t token) const { return of_token[token] < 0 ? nullptr : &list[static_cast<std::size_t>(of_token[token])]; }
};

}  // namespace legation
