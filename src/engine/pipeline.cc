// Documents travel through the threads in batches, in the order of the input. Door: run_pipeline().
#include "engine/pipeline.h"

#include <oneapi/tbb/enumerable_thread_specific.h>
#include <oneapi/tbb/global_control.h>
#include <oneapi/tbb/parallel_pipeline.h>

#include <atomic>
#include <thread>

namespace legation {
namespace {

/// A batch is full with so many bytes of text, some 1,500 words: the encoder's steps then have lanes enough, and what a thread holds
/// stays small. Documents without text fill none, hence the number.
constexpr std::size_t batch_bytes = 8192, batch_documents = 32;
/// While a thread codes one batch, another waits for it and one is read or written.
constexpr std::size_t batches_per_thread = 3;

using Batch = std::vector<std::unique_ptr<CodedDocument>>;

/// Empty at the end of the input.
Batch read_batch(const std::function<std::unique_ptr<CodedDocument>()>& source) {
  Batch batch;
  for (std::size_t bytes = 0; bytes < batch_bytes && batch.size() < batch_documents;) {
    auto document = source();
    if (!document) break;
    bytes += document->document.buffer.size();
    batch.push_back(std::move(document));
  }
  return batch;
}

}  // namespace

void run_pipeline(const Engine& engine, const PipelineOptions& options, const std::function<std::unique_ptr<CodedDocument>()>& source,
                  const std::function<bool(std::unique_ptr<CodedDocument>)>& sink) {
  namespace tbb = oneapi::tbb;
  const unsigned threads = options.threads == 0 ? std::max(1u, std::thread::hardware_concurrency()) : options.threads;
  const tbb::global_control limit(tbb::global_control::max_allowed_parallelism, threads);
  tbb::enumerable_thread_specific<Engine::Workspace> workspaces;
  std::atomic<bool> stopped = false;
  // Raw pointers travel between the filters because a TBB token must be copyable; each is owned by exactly one filter.
  const auto read = [&](tbb::flow_control& control) -> Batch* {
    auto batch = stopped ? nullptr : std::make_unique<Batch>(read_batch(source));
    if (batch && !batch->empty()) return batch.release();
    control.stop();
    return nullptr;
  };
  const auto code = [&](Batch* batch) {
    engine.code(*batch, workspaces.local(), options.coding);
    if (options.render)
      for (const auto& document : *batch) options.render(*document, document->rendered);
    return batch;
  };
  const auto hand_out = [&](Batch* batch) {
    const std::unique_ptr<Batch> owned(batch);
    for (auto& document : *owned)
      if (!stopped && !sink(std::move(document))) stopped = true;
  };
  tbb::parallel_pipeline(threads * batches_per_thread, tbb::make_filter<void, Batch*>(tbb::filter_mode::serial_in_order, read) &
                                                           tbb::make_filter<Batch*, Batch*>(tbb::filter_mode::parallel, code) &
                                                           tbb::make_filter<Batch*, void>(tbb::filter_mode::serial_in_order, hand_out));
}

}  // namespace legation
