// Pipeline: many documents through an Engine on several threads, results in the order of the input.
#pragma once

#include <cstddef>
#include <functional>
#include <memory>

#include "engine/engine.h"

namespace legation {

struct PipelineOptions {
  unsigned threads = 0;  ///< 0 = all cores. Never changes a result.
  CodingOptions coding;
  /// Called on the worker's thread once a document is coded, many at a time: for work that needs no order, such as
  /// writing its lines. May be empty.
  std::function<void(const CodedDocument&, std::string& rendered)> render;
};

/// Runs until `source` gives null. `source` and `sink` are called one at a time, `sink` in the order of the source; at
/// most a few documents per thread are in flight, whatever the input's size. `sink` returns false to stop early.
void run_pipeline(const Engine& engine, const PipelineOptions& options, const std::function<std::unique_ptr<CodedDocument>()>& source,
                  const std::function<bool(std::unique_ptr<CodedDocument>)>& sink);

}  // namespace legation
