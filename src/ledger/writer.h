// LedgerWriter: keeps coded documents in a ledger on a thread of its own, so that coding goes on while a batch is made to last.
// Doors: put(), finish().
#pragma once

#include <condition_variable>
#include <cstddef>
#include <deque>
#include <memory>
#include <mutex>
#include <thread>

#include "ledger/ledger.h"

namespace legation {

/// One thread asks and puts (or several in turn). What waits is bounded by number and by bytes of text.
class LedgerWriter {
 public:
  /// @param batch  documents made to last at a time
  LedgerWriter(Ledger ledger, const Engine& engine, RunNote note, std::size_t batch);
  ~LedgerWriter();
  LedgerWriter(const LedgerWriter&) = delete;
  LedgerWriter& operator=(const LedgerWriter&) = delete;

  /// Whether a document is in the ledger, waits for it, or has been asked for before.
  bool knows(std::uint64_t digest);
  /// Waits while too much waits. False once writing has failed: finish() says why.
  bool put(std::unique_ptr<CodedDocument> coded);
  /// Writes what waits and ends the run. The first fault, if there was one.
  Status finish();

 private:
  void run();
  void stop();

  Ledger ledger_;
  const Engine& engine_;
  const RunNote note_;
  const std::size_t batch_;
  std::unordered_set<std::uint64_t> known_;  ///< those asked for by knows()
  std::mutex queue_in_use_;
  std::condition_variable more_, room_;
  std::deque<std::unique_ptr<CodedDocument>> queue_;
  std::size_t bytes_ = 0;
  bool closed_ = false;
  Status kept_ = success();
  std::thread thread_;
};

}  // namespace legation
