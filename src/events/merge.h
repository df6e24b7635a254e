// Merging: the same event told several times in one document is one event with several evidences.
#pragma once

#include <cstddef>
#include <vector>

#include "legation/event.h"

namespace legation {

/// Folds later tellings into the first. Two events are one when type, auxiliary modes and parties agree (a party may be
/// told more fully in one of them) and their dates overlap; details (modes, quantities, place, a fuller date) are
/// joined, the attribution of the first telling stays. Acts of speech are retold only in the same words or in a headline
/// (the first `title_sentences`). Order is kept.
void merge_tellings(std::vector<Event>& events, std::uint32_t title_sentences = 0);

/// PLOVER reference, gap 27: one event of a type per actors and recipients in a sentence; here of events[first..]. "welcomed the gesture and thanked
/// him": the verb that names nobody at the receiving end tells of the same one.
void cap_by_type(std::vector<Event>& events, std::size_t first);

}  // namespace legation
