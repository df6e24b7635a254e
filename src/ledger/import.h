// Import: event files of others into a ledger, one run per file. Door: import_file().
#pragma once

#include <map>
#include <string>
#include <vector>

#include "entities/knowledge_base.h"
#include "ledger/database.h"

namespace legation {

struct ImportOptions {
  std::string format;                          ///< empty = guessed
  std::map<std::string, std::string> columns;  ///< our column -> the file's, for csv
  std::string mapping;                         ///< what load_mappings() returned
  const KnowledgeBase* people = nullptr;       ///< resolves persons and bodies whose country is not told, on the day of their row; may be null
};

/// What became of a file. Rows of an unknown code are kept without a type; rows without a day are left out.
struct ImportOutcome {
  std::string format;
  bool already = false;  ///< a file of these bytes is in the ledger: nothing was done
  std::int64_t rows = 0, kept = 0, undated = 0, uncoded = 0, malformed = 0;
  std::vector<std::string> faults;  ///< the first 20, "file:line: what"
};

/// All of it or, on an error, nothing. Needs the tables of load_mappings(). Errors: not_found, bad_format, io.
Result<ImportOutcome> import_file(Database& database, const std::string& path, const ImportOptions& options);

}  // namespace legation
