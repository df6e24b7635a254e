#include "engine/pipeline.h"

#include <oneapi/tbb/enumerable_thread_specific.h>
#include <oneapi/tbb/global_control.h>
#include <oneapi/tbb/parallel_pipeline.h>

#include <atomic>
#include <thread>

namespace legation {

void run_pipeline(const Engine& engine, const PipelineOptions& options,
                  const std::function<std::unique_ptr<CodedDocument>()>& source,
                  const std::function<bool(std::unique_ptr<CodedDocument>)>& sink) {
  namespace tbb = oneapi::tbb;
  const unsigned threads = options.threads == 0 ? std::max(1u, std::thread::hardware_concurrency()) : options.threads;
  const tbb::global_control limit(tbb::global_control::max_allowed_parallelism, threads);
  tbb::enumerable_thread_specific<Engine::Workspace> workspaces;
  std::atomic<bool> stopped = false;
  // Raw pointers travel between the filters because a TBB token must be copyable; each is owned by exactly one filter.
  tbb::parallel_pipeline(
      threads * 4,
      tbb::make_filter<void, CodedDocument*>(tbb::filter_mode::serial_in_order,
                                             [&](tbb::flow_control& control) -> CodedDocument* {
                                               auto document = stopped ? nullptr : source();
                                               if (!document) control.stop();
                                               return document.release();
                                             }) &
          tbb::make_filter<CodedDocument*, CodedDocument*>(tbb::filter_mode::parallel,
                                                           [&](CodedDocument* document) {
                                                             engine.code(*document, workspaces.local(), options.coding);
                                                             if (options.render) options.render(*document, document->rendered);
                                                             return document;
                                                           }) &
          tbb::make_filter<CodedDocument*, void>(tbb::filter_mode::serial_in_order, [&](CodedDocument* document) {
            std::unique_ptr<CodedDocument> owned(document);
            if (!stopped && !sink(std::move(owned))) stopped = true;
          }));
}

}  // namespace legation
