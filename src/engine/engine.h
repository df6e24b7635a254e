// Engine: all stages composed: Document -> CodedDocument. Only entry point: Engine::code().
#pragma once

#include <memory>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "base/resources.h"
#include "entities/linker.h"
#include "events/coder.h"
#include "lang/analyzer.h"
#include "legation/document.h"
#include "legation/event.h"
#include "legation/mention.h"
#include "legation/parse.h"
#include "time/expression.h"

namespace legation {

/// A document with everything read off it. Not movable once coded: the parse points at the document.
struct CodedDocument {
  Document document;
  Parse parse;
  std::vector<TimeExpression> times;
  std::optional<Date> dated;  ///< the publication date, or the dateline's when the document has none
  Mentions mentions;
  Coded coded;
  std::string rendered;  ///< what PipelineOptions::render made of it
};

inline constexpr std::string_view program_version = "0.1.0";

/// Const and safe on many threads, one Workspace per thread. Resources must outlive it.
class Engine {
 public:
  struct Workspace {
    Analyzer::Workspace analyzer;
    Linker::Workspace linker;
    EventNetwork::Scratch scorer;
    std::vector<Analyzer::Text> texts;
    std::vector<CodingTask> tasks;
  };

  /// Errors: those of the stages: a table's fault with file and line, a damaged model.
  static Result<Engine> load(const Resources& resources);

  /// Fills parse to coded from `document`. The same document gives the same answer on any thread.
  void code(CodedDocument& document, Workspace& workspace, const CodingOptions& options = {}) const;
  /// The same for several documents. None's answer depends on its neighbours, but short ones are read faster together. `observed`
  /// and `parties` of the options are of one document: with them, one at a time.
  void code(std::span<const std::unique_ptr<CodedDocument>> documents, Workspace& workspace, const CodingOptions& options = {}) const;

  /// "legation 0.1.0 tables 1f0c... model ewt-gum-1 9a77...": names all that an answer depends on.
  const std::string& version() const { return version_; }
  const Ontology& ontology() const { return coder_.ontology(); }
  const Analyzer& analyzer() const { return analyzer_; }
  const EventCoder& coder() const { return coder_; }
  const Linker& linker() const { return linker_; }

 private:
  Engine(Analyzer analyzer, TimeTagger times, Linker linker, EventCoder coder, std::string version)
      : analyzer_(std::move(analyzer)), times_(std::move(times)), linker_(std::move(linker)), coder_(std::move(coder)), version_(std::move(version)) {}
  void code_all(std::span<CodedDocument* const> documents, Workspace& workspace, const CodingOptions& options) const;
  void read_parsed(CodedDocument& document, Workspace& workspace, const CodingOptions& options) const;

  Analyzer analyzer_;
  TimeTagger times_;
  Linker linker_;
  EventCoder coder_;
  std::string version_;
};

}  // namespace legation
