// Acronyms: puts right the tags of short names that look like pronouns. Door: name_acronyms().
#pragma once

#include <span>

#include "legation/parse.h"

namespace legation {

/// "US to impose sanctions", "WHO warns": in capitals beside words in small letters they are the names, whatever their place in a headline looks like.
/// In a sentence all in capitals the tag stays.
void name_acronyms(std::span<Token> sentence);

}  // namespace legation
