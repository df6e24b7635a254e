// Export: the events of a ledger in the formats of the field, streamed by DuckDB. Door: export_events().
#pragma once

#include <string>
#include <vector>

#include "ledger/database.h"

namespace legation {

struct ExportOptions {
  std::string format;       ///< one of export_names()
  std::string from, until;  ///< ISO days, both included; empty = open
  bool all = false;         ///< also what is flagged: past, planned, denied
};

std::vector<std::string> export_names();
/// One row per event and pair of actor and recipient, in the order of days. Needs load_mappings(). Errors: bad_format, io.
Status export_events(Database& database, const ExportOptions& options, const std::string& file);

}  // namespace legation
