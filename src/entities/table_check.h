// check_entity_tables: everything that is wrong with the tables of people, offices, bodies and names, the user's too, not only the
// first fault as a load tells. Door of `legation kb check`.
#pragma once

#include <string>
#include <vector>

#include "base/resources.h"

namespace legation {

/// One line a fault, "offices.tsv:77: ...", in the order of the tables: unknown codes, sectors, kinds and persons, missing sources
/// and other needed cells, dates that are none or end before they begin, ids given twice, one name for two at the same time, and
/// two holders of an office that one person holds (data/entities/joint_offices.tsv lists where that is right).
std::vector<std::string> check_entity_tables(const Resources& resources);

}  // namespace legation
