// Mentions that the caller knows to be there. Door: force_mention().
#pragma once

#include "legation/document.h"
#include "legation/mention.h"

namespace legation {

/// Makes the words of `span` one mention that can act, whatever was found there, and marks its actors, and those of mentions
/// that refer back to it, with Actor::span = span. What the linker knew of it (kind, sectors) stays; its country does not, so that
/// two parties of one country stay two. Mentions that stood there before stay in the list, but no token leads to them.
/// Returns the mention's index, -1 when the span covers no token.
std::int32_t force_mention(const Parse& parse, Span span, Mentions& mentions);

}  // namespace legation
