// Headlines: "Arland to free sailors" is a clause whose verb stands in the infinitive, "Arland condemned over raid" is passive without its auxiliary.
// Doors: raise_announced_verb(), tell_passive().
#pragma once

#include <span>

#include "legation/parse.h"

namespace legation {

/// In one sentence, whose heads are still counted from its own first token: where a name is the root, nothing is finite and an infinitive hangs on the
/// name (or on the last of several), the infinitive becomes the root and the name its subject.
void raise_announced_verb(std::span<Token> sentence);

/// In one headline, counted in the same way: verbs that never stand without an object, and have none, are passive.
void tell_passive(std::span<Token> headline);

}  // namespace legation
