// What the ledger tells src/dedup of documents and events, fresh from coding or read back from the file.
// Doors: outlet_of(), report_of(), remember_texts(), remember_reports().
#pragma once

#include <cstdint>
#include <functional>
#include <string>
#include <vector>

#include "dedup/incidents.h"
#include "dedup/near_duplicates.h"
#include "engine/engine.h"
#include "ledger/database.h"

namespace legation {

/// Whose report it is: the agency that the dateline names ("SEOUL, June 10 (Yonhap) -"), else the source.
std::string outlet_of(const Document& document);

/// The words by which a document's events know those of another that tells the same: of its title and its sentences of evidence.
std::vector<std::uint32_t> story_of(const CodedDocument& coded);
EventReport report_of(const CodedDocument& coded, const Event& event);

/// As the table `sketches` keeps it.
std::string written(const std::vector<std::uint32_t>& hashes);

/// Reads back the latest documents and events, as many as are remembered.
Status remember_texts(Database& database, NearDuplicates& texts);
Status remember_reports(Database& database, Incidents& incidents);
/// Calls `take` with each, in order: its incident, and the report. Events of ids above `after`.
Status read_reports(Database& database, std::int64_t after, const std::function<void(std::uint64_t, EventReport)>& take);

}  // namespace legation
