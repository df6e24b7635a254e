// ArrowStream: columns as an Arrow IPC stream (format version 5, uncompressed), one record batch at a time. Layout: arrow.apache.org, "Columnar Format",
// chapter on IPC; the metadata are flatbuffers. Doors: arrow_schema(), arrow_batch(), arrow_end().
#pragma once

#include <cstddef>
#include <string>
#include <vector>

#include "ledger/database.h"

namespace legation {

/// The first message: names and types. All columns may be null.
std::string arrow_schema(const std::vector<ColumnHead>& heads);
/// One message with the rows of a chunk.
std::string arrow_batch(const Chunk& chunk);
std::string arrow_end();

}  // namespace legation
