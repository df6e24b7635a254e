// Dynamic oracle of the arc-hybrid system (Goldberg and Nivre 2013): what a transition costs in gold arcs that can no
// longer be made. Door: cost().
#pragma once

#include <span>

#include "lang/parser.h"

namespace legation {

/// Gold heads relative to the sentence, -1 = root.
int cost(const ParserState& state, Move move, std::span<const Token> gold);

}  // namespace legation
