// Merging: the same event told several times in one document is one event with several evidences.
#pragma once

#include <vector>

#include "legation/event.h"

namespace legation {

/// Folds later tellings into the first. Two events are one when type, auxiliary modes and parties agree (a party may be
/// told more fully in one of them) and their dates overlap; details (modes, quantities, place, a fuller date) are
/// joined, the attribution of the first telling stays. Order is kept.
void merge_tellings(std::vector<Event>& events);

}  // namespace legation
