// Ledger: the file in which coded documents are kept. Writes come in batches, each whole or not at all.
#pragma once

#include <cstdint>
#include <map>
#include <memory>
#include <set>
#include <string>
#include <unordered_map>
#include <unordered_set>
#include <vector>

#include "dedup/incidents.h"
#include "dedup/near_duplicates.h"
#include "engine/engine.h"
#include "ledger/database.h"
#include "legation/result.h"

namespace legation {

/// 64 bits over words, outlet and day: the same document has the same digest whatever file it came in.
std::uint64_t document_digest(const Document& document);

/// What is told of a run in the table `runs`.
struct RunNote {
  std::string command;  ///< "ingest"
  std::string options;
  std::string inputs;  ///< paths as given
};

/// A ledger open for writing. Not thread safe.
class Ledger {
 public:
  /// Creates the file when there is none. Errors: those of Database::open; newer_version for a schema we do not know.
  static Result<Ledger> open(const std::string& path);
  /// The same without what ingestion keeps in memory: for import.
  static Result<Database> open_to_write(const std::string& path);
  /// The same for reading; the file must be there.
  static Result<Database> open_to_read(const std::string& path);

  /// Which documents of the file are to be coded again: those whose latest coding is of another engine, or all. What was said of them before is
  /// set aside (docs/schema.md); their incidents are found anew.
  enum class Recode : std::uint8_t { none, other_engines, all };
  Status plan_recoding(const Engine& engine, Recode which);
  /// Whether the document was in the file when it was opened, and is not to be coded again.
  bool held_at_start(std::uint64_t digest) const { return held_.contains(digest) && !again_.contains(digest); }
  /// Keeps a document that is not there yet, as part of the batch in hand. The first one begins the run.
  Status add(const CodedDocument& coded, std::uint64_t digest, const Engine& engine, const RunNote& note);
  std::size_t batch_documents() const { return batch_documents_; }
  /// Makes the batch in hand last. Nothing happens when there is none.
  Status commit();
  /// The last batch, and the run's end. Returns whether anything was written.
  Result<bool> finish();

 private:
  struct Batch;
  explicit Ledger(Database database);
  Status load();
  Status begin_run(const Engine& engine, const RunNote& note);
  Status begin_batch();
  Status remember();
  std::vector<std::uint64_t> incidents_of(const CodedDocument& coded, std::uint64_t text_group);
  Status set_aside();
  std::uint64_t add_document(const CodedDocument& coded, std::uint64_t digest);
  void add_event(const CodedDocument& coded, const Event& event, std::size_t number, const Engine& engine, std::uint64_t incident);
  void add_quantities(const Event& event);
  void add_mentions(const std::vector<Actor>& actors, std::string_view side);
  void add_pairs(const CodedDocument& coded, const Event& event, std::uint64_t incident, const Engine& engine);
  void add_claim(const CodedDocument& coded, const Claim& claim, std::size_t number);

  Database database_;
  std::unordered_set<std::uint64_t> held_;
  std::set<std::string> sources_;
  struct Held {
    std::int64_t document = 0;
    std::uint64_t text_group = 0;
  };
  std::unordered_map<std::uint64_t, Held> again_;  ///< by digest
  std::vector<std::int64_t> recoded_;              ///< documents of the batch in hand that were there before
  std::int64_t sentence_rows_ = 0;                 ///< the last row of `sentences` before it
  NearDuplicates texts_;
  Incidents incidents_;
  std::unordered_map<std::uint64_t, std::string> outlets_;  ///< of the first document of a text group, of this run
  std::shared_ptr<Batch> batch_;                            ///< null between batches; shared only because Batch is incomplete here
  std::size_t batch_documents_ = 0;
  std::int64_t run_ = 0, last_document_ = 0, event_ = 0;  ///< the last ones given
  std::int64_t document_ = 0;                             ///< the one in hand
  std::int64_t run_documents_ = 0, run_events_ = 0;
  std::uint64_t run_digest_ = 0;
  bool running_ = false;
};

}  // namespace legation
