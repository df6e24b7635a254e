// Door: LedgerWriter.
#include "ledger/writer.h"

namespace legation {
namespace {

constexpr std::size_t most_waiting = 1024, most_bytes = std::size_t{8} << 20;

}  // namespace

LedgerWriter::LedgerWriter(Ledger ledger, const Engine& engine, RunNote note, std::size_t batch)
    : ledger_(std::move(ledger)), engine_(engine), note_(std::move(note)), batch_(batch), thread_([this] { run(); }) {}

LedgerWriter::~LedgerWriter() { stop(); }

void LedgerWriter::stop() {
  {
    const std::lock_guard lock(queue_in_use_);
    closed_ = true;
  }
  more_.notify_all();
  if (thread_.joinable()) thread_.join();
}

bool LedgerWriter::knows(std::uint64_t digest) {
  // The ledger's own list grows on the writing thread; what it held at the start does not change.
  return ledger_.held_at_start(digest) || !known_.insert(digest).second;
}

bool LedgerWriter::put(std::unique_ptr<CodedDocument> coded) {
  std::unique_lock lock(queue_in_use_);
  room_.wait(lock, [&] { return !kept_.ok() || queue_.empty() || (queue_.size() < most_waiting && bytes_ < most_bytes); });
  if (!kept_.ok()) return false;
  bytes_ += coded->document.buffer.size();
  queue_.push_back(std::move(coded));
  lock.unlock();
  more_.notify_one();
  return true;
}

void LedgerWriter::run() {
  for (;;) {
    std::unique_lock lock(queue_in_use_);
    more_.wait(lock, [&] { return closed_ || !queue_.empty(); });
    if (queue_.empty()) return;
    const std::unique_ptr<CodedDocument> coded = std::move(queue_.front());
    queue_.pop_front();
    bytes_ -= coded->document.buffer.size();
    lock.unlock();
    room_.notify_one();
    Status kept = ledger_.add(*coded, document_digest(coded->document), engine_, note_);
    if (kept.ok() && ledger_.batch_documents() >= batch_) kept = ledger_.commit();
    if (kept.ok()) continue;
    lock.lock();
    kept_ = std::move(kept);
    room_.notify_all();
    return;
  }
}

Status LedgerWriter::finish() {
  stop();
  if (!kept_.ok()) return kept_;
  const auto finished = ledger_.finish();
  return finished.ok() ? success() : Status(finished.error());
}

}  // namespace legation
