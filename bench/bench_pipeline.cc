// Speed of every stage and of the whole road on one core, over the same documents: sentences and words a second, and
// microseconds a word. Real news where it lies beside the repository (../shared/data/news), else samples/.
#include <benchmark/benchmark.h>

#include <cstdio>
#include <cstdlib>
#include <filesystem>
#include <iostream>
#include <string>
#include <vector>

#include "base/embedded.h"
#include "engine/pipeline.h"
#include "store/record_writer.h"
#include "text/reader.h"

namespace legation {
namespace {

namespace fs = std::filesystem;

/// Every stage's tables, loaded apart so that each can be timed alone.
struct Stages {
  Engine engine;
  TimeTagger times;
  EventCoder coder;
};

/// One document with the answers of all stages, so that a stage finds its input ready.
struct Prepared {
  Engine::Workspace workspace;
  std::vector<std::unique_ptr<CodedDocument>> documents;
  std::int64_t sentences = 0, words = 0, bytes = 0;
};

template <class T>
T expect(Result<T> result) {
  if (result.ok()) return std::move(result).value();
  std::cerr << "bench_pipeline: " << result.error().what << '\n';
  std::exit(1);
}

const Stages& stages() {
  static const Stages* loaded = [] {
    auto* resources = new Resources(Resources::embedded(embedded_files()));  // the stages view it to the end
    return new Stages{expect(Engine::load(*resources)), expect(TimeTagger::load(*resources)), expect(EventCoder::load(*resources))};
  }();
  return *loaded;
}

/// The first lines of a compressed corpus as a file that the reader can take; empty when the corpus is not there.
fs::path excerpt(const std::string& corpus, int lines) {
  const fs::path packed = fs::path(LEGATION_SOURCE_DIR) / "../shared/data/news" / (corpus + ".jsonl.xz");
  if (!fs::exists(packed)) return {};
  const fs::path plain = fs::temp_directory_path() / ("legation-bench-" + corpus + ".jsonl");
  const std::string command = "xz -dc '" + packed.string() + "' 2>/dev/null | head -n " + std::to_string(lines) + " > '" + plain.string() + "'";
  return std::system(command.c_str()) == 0 ? plain : fs::path{};
}

Prepared prepare(const fs::path& path) {
  Prepared prepared;
  DocumentReader reader({path.string()}, ReaderOptions{});
  while (auto item = reader.next()) {
    if (!item->ok()) continue;
    auto coded = std::make_unique<CodedDocument>();
    coded->document = std::move(*item).value();
    stages().engine.code(*coded, prepared.workspace);
    prepared.sentences += static_cast<std::int64_t>(coded->parse.sentences.size());
    prepared.words += static_cast<std::int64_t>(coded->parse.tokens.size());
    prepared.bytes += static_cast<std::int64_t>(coded->document.buffer.size());
    prepared.documents.push_back(std::move(coded));
  }
  return prepared;
}

void report(benchmark::State& state, const Prepared& prepared) {
  using benchmark::Counter;
  const auto rounds = static_cast<double>(state.iterations());
  state.counters["sentences/s"] = Counter(static_cast<double>(prepared.sentences) * rounds, Counter::kIsRate);
  state.counters["words/s"] = Counter(static_cast<double>(prepared.words) * rounds, Counter::kIsRate);
  state.counters["per word"] = Counter(static_cast<double>(prepared.words) * rounds, Counter::kIsRate | Counter::kInvert);
}

/// Times `stage(document)` over all documents.
template <class Stage>
void over_all(benchmark::State& state, Prepared& prepared, Stage stage) {
  for (auto _ : state)
    for (auto& document : prepared.documents) stage(*document);
  report(state, prepared);
}

void text(benchmark::State& state, const fs::path& path, const Prepared& prepared) {
  for (auto _ : state) {
    DocumentReader reader({path.string()}, ReaderOptions{});
    while (auto item = reader.next()) benchmark::DoNotOptimize(item->ok());
  }
  report(state, prepared);
}

void lang(benchmark::State& state, Prepared& prepared) {
  over_all(state, prepared, [&](CodedDocument& coded) {
    Parse parse;
    stages().engine.analyzer().analyze(coded.document, parse, prepared.workspace.analyzer);
    benchmark::DoNotOptimize(parse.tokens.data());
  });
}

void time(benchmark::State& state, Prepared& prepared) {
  over_all(state, prepared, [&](CodedDocument& coded) { benchmark::DoNotOptimize(stages().times.tag(coded.parse, coded.dated)); });
}

void entities(benchmark::State& state, Prepared& prepared) {
  over_all(state, prepared,
           [&](CodedDocument& coded) { benchmark::DoNotOptimize(stages().engine.linker().link(coded.parse, coded.dated, prepared.workspace.linker)); });
}

void events(benchmark::State& state, Prepared& prepared) {
  over_all(state, prepared, [&](CodedDocument& coded) {
    benchmark::DoNotOptimize(stages().coder.code(coded.parse, coded.mentions, coded.times, coded.dated, stages().engine.linker()));
  });
}

void write(benchmark::State& state, Prepared& prepared, std::string_view format) {
  const auto writer = make_record_writer(format, stages().engine, RecordOptions{});
  std::string out;
  over_all(state, prepared, [&](CodedDocument& coded) {
    out.clear();
    writer->document(coded, out);
    benchmark::DoNotOptimize(out.data());
  });
}

/// As `legation code` goes: short documents in batches, on one thread.
void whole(benchmark::State& state, Prepared& prepared) {
  const auto writer = make_record_writer("plover", stages().engine, RecordOptions{});
  PipelineOptions options;
  options.threads = 1;
  options.render = [&](const CodedDocument& coded, std::string& out) { writer->document(coded, out); };
  for (auto _ : state) {
    auto next = prepared.documents.begin();
    const auto source = [&]() -> std::unique_ptr<CodedDocument> {
      if (next == prepared.documents.end()) return nullptr;
      auto fresh = std::make_unique<CodedDocument>();
      fresh->document = (*next++)->document;
      return fresh;
    };
    run_pipeline(stages().engine, options, source, [](std::unique_ptr<CodedDocument> coded) {
      benchmark::DoNotOptimize(coded->rendered.data());
      return true;
    });
  }
  report(state, prepared);
}

void load(benchmark::State& state) {
  for (auto _ : state) {
    const Resources resources = Resources::embedded(embedded_files());
    benchmark::DoNotOptimize(Engine::load(resources).ok());
  }
}

void add_corpus(const std::string& corpus, const fs::path& path) {
  auto* prepared = new Prepared(prepare(path));  // lives as long as the program: the benchmarks below hold it
  if (prepared->documents.empty()) return;
  const auto add = [&](const std::string& stage, auto function) {
    benchmark::RegisterBenchmark((stage + "/" + corpus).c_str(), function)->Unit(benchmark::kMillisecond);
  };
  add("text", [=](benchmark::State& state) { text(state, path, *prepared); });
  add("lang", [=](benchmark::State& state) { lang(state, *prepared); });
  add("time", [=](benchmark::State& state) { time(state, *prepared); });
  add("entities", [=](benchmark::State& state) { entities(state, *prepared); });
  add("events", [=](benchmark::State& state) { events(state, *prepared); });
  add("write plover", [=](benchmark::State& state) { write(state, *prepared, "plover"); });
  add("write table", [=](benchmark::State& state) { write(state, *prepared, "table"); });
  add("whole", [=](benchmark::State& state) { whole(state, *prepared); });
}

}  // namespace
}  // namespace legation

int main(int argc, char** argv) {
  using namespace legation;
  benchmark::Initialize(&argc, argv);
  if (benchmark::ReportUnrecognizedArguments(argc, argv)) return 1;
  benchmark::RegisterBenchmark("load tables", load)->Unit(benchmark::kMillisecond);
  const fs::path wikipedia = excerpt("wikipedia_current_events_2002-2026", 1000);
  const fs::path reuters = excerpt("reuters21578", 250);
  if (!wikipedia.empty()) add_corpus("wikipedia", wikipedia);
  if (!reuters.empty()) add_corpus("reuters", reuters);
  if (wikipedia.empty() && reuters.empty()) add_corpus("samples", fs::path(LEGATION_SOURCE_DIR) / "samples");
  benchmark::RunSpecifiedBenchmarks();
  return 0;
}
