#include "engine/engine.h"

#include <fmt/format.h>

#include <cassert>

#include "entities/forced.h"

namespace legation {
namespace {

/// The first model of the language stage that the resources hold.
Result<std::string_view> model_bytes(const Resources& resources) {
  for (const std::string& name : resources.names("models/"))
    if (name.ends_with(".bin")) return resources.file(name);
  return Error{Error::Code::not_found, "models/: no language model"};
}

}  // namespace

Result<Engine> Engine::load(const Resources& resources) {
  const auto model = model_bytes(resources);
  if (!model.ok()) return model.error();
  auto analyzer = Analyzer::load(model.value());
  if (!analyzer.ok()) return analyzer.error();
  auto times = TimeTagger::load(resources);
  if (!times.ok()) return times.error();
  auto linker = Linker::load(resources);
  if (!linker.ok()) return linker.error();
  auto coder = EventCoder::load(resources);
  if (!coder.ok()) return coder.error();
  std::string version = "legation " + std::string(program_version) + "; tables " + resources.digest("data/") + "; model " + analyzer.value().version();
  if (coder.value().scorer() != 0) version += fmt::format("; scorer {:016x}", coder.value().scorer());
  return Engine(std::move(analyzer).value(), std::move(times).value(), std::move(linker).value(), std::move(coder).value(), std::move(version));
}

void Engine::code(CodedDocument& document, Workspace& workspace, const CodingOptions& options) const {
  CodedDocument* const one[] = {&document};
  code_all(one, workspace, options);
}

void Engine::code(std::span<const std::unique_ptr<CodedDocument>> documents, Workspace& workspace, const CodingOptions& options) const {
  std::vector<CodedDocument*> all;
  for (const auto& document : documents) all.push_back(document.get());
  code_all(all, workspace, options);
}

void Engine::code_all(std::span<CodedDocument* const> documents, Workspace& workspace, const CodingOptions& options) const {
  assert(documents.size() == 1 || (options.observed == nullptr && options.parties.empty()));
  workspace.texts.clear(), workspace.tasks.clear();
  for (CodedDocument* document : documents) workspace.texts.push_back({&document->document, &document->parse});
  analyzer_.analyze(workspace.texts, workspace.analyzer);
  for (CodedDocument* document : documents) {
    read_parsed(*document, workspace, options);
    workspace.tasks.push_back({&document->parse, &document->mentions, &document->times, document->dated, &document->coded});
  }
  if (!options.events) return;
  coder_.code(workspace.tasks, linker_, options, workspace.scorer);
  if (options.observed != nullptr) return;
  for (CodedDocument* document : documents) document->parse.vectors = {};  // the largest part of a coded document, and of no further use
}

/// Days and mentions, for which documents stand alone.
void Engine::read_parsed(CodedDocument& document, Workspace& workspace, const CodingOptions& options) const {
  document.dated = document.document.published;
  if (!document.dated)
    if (const auto dateline = times_.dateline(document.parse); dateline && dateline->date) document.dated = dateline->date;
  document.times = times_.tag(document.parse, document.dated);
  document.mentions = linker_.link(document.parse, document.dated, workspace.linker);
  for (const Span& party : options.parties) force_mention(document.parse, party, document.mentions);
}

}  // namespace legation
