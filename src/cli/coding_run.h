// CodingRun: documents through the engine to a writer's lines on stdout, with progress, faults and summary.
#pragma once

#include <memory>
#include <string>

#include "cli/progress.h"
#include "cli/session.h"
#include "engine/pipeline.h"
#include "store/record_writer.h"

namespace legation {

struct CodingRunOptions {
  unsigned threads = 0;  ///< 0 = all cores
  bool strict = false;   ///< an input that was skipped makes the run fail
  bool quiet = false;    ///< no progress bar and no summary
  CodingOptions coding;
};

/// One run: the reader feeds the pipeline, the writer's text goes to stdout, faults to stderr.
class CodingRun {
 public:
  CodingRun(const Engine& engine, const std::vector<std::string>& paths, const ReaderOptions& reading, std::unique_ptr<RecordWriter> writer,
            CodingRunOptions options)
      : engine_(engine),
        options_(std::move(options)),
        reader_(paths, reading),
        progress_(stderr_is_terminal() && !stdout_is_terminal() && !options_.quiet, options_.coding.events ? "events" : "mentions"),
        writer_(std::move(writer)) {}

  /// The exit code.
  int run();

 private:
  std::unique_ptr<CodedDocument> next();
  void fault(const Error& error);
  bool take(const CodedDocument& coded);
  void flush();

  const Engine& engine_;
  const CodingRunOptions options_;
  DocumentReader reader_;
  Progress progress_;
  std::unique_ptr<RecordWriter> writer_;
  std::string out_;
  bool written_ = true;
  int write_fault_ = 0;
};

}  // namespace legation
