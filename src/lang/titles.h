// Titles: puts right the trees in which a title and the name behind it are two parts of the clause. Door: join_titles().
#pragma once

#include <span>

#include "legation/parse.h"

namespace legation {

/// "Foreign Minister Radoslaw Sikorski met": a verb has one subject and one object, so a noun and a name side by side with the same
/// relation to the same head are one phrase: the noun becomes nmod:desc of the name (UD English), which takes its preposition and
/// article. For obliques only when the name has no preposition of its own. `sentence` has heads relative to its first token.
void join_titles(std::span<Token> sentence);

}  // namespace legation
