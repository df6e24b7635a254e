// Mappings: the named, versioned tables that imports rest on, loaded as temporary tables of a ledger.
// Door: load_mappings().
#pragma once

#include "base/resources.h"
#include "ledger/database.h"

namespace legation {

/// Makes map_names, map_states, map_codes, map_types, map_labels, map_sectors and map_fips, alive as long as the connection.
/// Returns names and versions: "cameo-plover 2021.1; ...". Errors: those of the tables.
Result<std::string> load_mappings(Database& database, const Resources& resources);

}  // namespace legation
