// Metonymy: does a capital or a country act here, or is it only where something happened? Door: can_act.
#pragma once

#include "entities/word_lists.h"
#include "legation/parse.h"

namespace legation {

/// For a state or the seat of a government with head token `head`.
/// @param capital  a city acts only where the grammar says so; a country acts unless it is a mere "in".
bool can_act(const WordLists& words, const Parse& parse, TokenRange range, std::uint32_t head, bool capital);
/// Has the token a preposition of place: "in Seoul", "near Minsk"?
bool is_locative(const WordLists& words, const Parse& parse, std::uint32_t head);
/// The preposition of a token, lower case as written; empty when none.
std::string_view preposition(const Parse& parse, std::uint32_t head);

}  // namespace legation
