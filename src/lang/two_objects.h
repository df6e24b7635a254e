// Two objects of one verb: which is whom something is given ("gave Arland a loan"), and which is what somebody is called ("called it an insult").
// Door: tell_objects_apart().
#pragma once

#include <span>

#include "legation/parse.h"

namespace legation {

/// In one sentence, whose heads are still counted from its own first token. The parser often names both the direct object; Universal Dependencies has
/// one of them as the indirect object, or as a complement.
void tell_objects_apart(std::span<Token> sentence);

}  // namespace legation
