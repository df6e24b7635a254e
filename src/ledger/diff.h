// Diff: what two runs say differently of the documents that both coded. Door: diff_runs().
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "ledger/database.h"

namespace legation {

struct RunDiff {
  struct Count {
    std::string first, second;  ///< a type; or an actor and a recipient
    std::int64_t before = 0, after = 0, gone = 0, fresh = 0;
  };
  struct Change {
    bool fresh = false;
    std::string event, evidence;  ///< "SANCTION expel KOR → CHN GOV 2025-06-09", and the sentence
  };
  struct Example {
    std::string document, published, title;
    std::vector<Change> changes;
  };
  std::string engine_before, engine_after;
  std::int64_t documents = 0, changed_documents = 0;
  Count all;
  std::vector<Count> types, dyads;  ///< those that changed, most changed first
  std::vector<Example> examples;    ///< spread evenly over the documents that changed
};

/// An event is the same when document, type, modes, auxiliary modes, first actor, first recipient and day are. At most `dyads` and `examples`.
/// Errors: not_found for a run that is not there; bad_format when no document was coded by both.
Result<RunDiff> diff_runs(Database& ledger, std::int64_t before, std::int64_t after, std::size_t dyads, std::size_t examples);

}  // namespace legation
