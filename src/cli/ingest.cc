// legation ingest: codes what the ledger does not hold yet, and keeps it.
#include <fmt/format.h>

#include <mutex>
#include <unordered_set>

#include "cli/commands.h"
#include "cli/progress.h"
#include "cli/session.h"
#include "engine/pipeline.h"
#include "ledger/ledger.h"

namespace legation {
namespace {

struct IngestArguments {
  TableArguments tables;
  InputArguments input;
  std::string ledger;
  unsigned threads = 0;
  std::size_t batch = 4096;
  bool quiet = false;
};

constexpr std::uint64_t faults_shown = 20;

/// One run: the reader feeds the pipeline, coded documents go to the ledger in batches.
class IngestRun {
 public:
  IngestRun(const IngestArguments& arguments, const Engine& engine, Ledger ledger, const ReaderOptions& options)
      : arguments_(arguments), engine_(engine), ledger_(std::move(ledger)), reader_(arguments.input.paths, options),
        progress_(stderr_is_terminal() && !arguments.quiet) {
    note_ = {"ingest", fmt::format("batch {}", arguments.batch), fmt::format("{}", fmt::join(arguments.input.paths, "; "))};
  }

  int run() {
    PipelineOptions options;
    options.threads = arguments_.threads;
    run_pipeline(engine_, options, [&] { return next(); }, [&](const CodedDocument& coded) { return take(coded); });
    if (kept_.ok()) {
      const auto finished = ledger_.finish();
      if (!finished.ok()) kept_ = finished.error();
    }
    progress_.clear();
    if (faults_ > faults_shown) complain(std::to_string(faults_ - faults_shown) + " more inputs were skipped");
    if (!kept_.ok()) complain(kept_.error().what);
    if (!arguments_.quiet) complain(progress_.summary() + fmt::format("; {} were in the ledger already", already_));
    return kept_.ok() && (progress_.documents + already_ > 0 || faults_ == 0) ? exit_ok : exit_fault;
  }

 private:
  std::unique_ptr<CodedDocument> next() {
    while (auto item = reader_.next()) {
      progress_.draw(reader_.bytes_done(), reader_.bytes_total());
      if (!item->ok()) {
        fault(item->error());
        continue;
      }
      const std::uint64_t digest = document_digest(item->value());
      if (known(digest)) {
        ++already_;
        continue;
      }
      auto coded = std::make_unique<CodedDocument>();
      coded->document = std::move(*item).value();
      return coded;
    }
    return nullptr;
  }

  /// The ledger is written by another thread of the pipeline at the same time.
  bool known(std::uint64_t digest) {
    const std::lock_guard lock(ledger_in_use_);
    return ledger_.knows(digest) || !in_flight_.insert(digest).second;
  }

  void fault(const Error& error) {
    progress_.skip(error.code == Error::Code::skipped ? "not English or no text" : "unreadable");
    if (++faults_ > faults_shown) return;
    progress_.clear();
    complain(error.what);
  }

  bool take(const CodedDocument& coded) {
    const std::uint64_t digest = document_digest(coded.document);
    const std::lock_guard lock(ledger_in_use_);
    kept_ = ledger_.add(coded, digest, engine_, note_);
    if (kept_.ok() && ledger_.batch_documents() >= arguments_.batch) kept_ = ledger_.commit();
    in_flight_.erase(digest);
    ++progress_.documents;
    progress_.sentences += coded.parse.sentences.size();
    progress_.events += coded.coded.events.size();
    return kept_.ok();
  }

  const IngestArguments& arguments_;
  const Engine& engine_;
  Ledger ledger_;
  std::mutex ledger_in_use_;
  std::unordered_set<std::uint64_t> in_flight_;
  DocumentReader reader_;
  Progress progress_;
  RunNote note_;
  Status kept_ = success();
  std::uint64_t faults_ = 0, already_ = 0;
};

int ingest(const IngestArguments& arguments) {
  const auto options = arguments.input.reader_options();
  if (!options.ok()) return complain(options.error().what), exit_fault;
  auto ledger = Ledger::open(arguments.ledger);
  if (!ledger.ok()) return complain(ledger.error().what), exit_fault;
  const auto loaded = load_engine(arguments.tables);
  if (!loaded.ok()) return complain(loaded.error().what), exit_fault;
  return IngestRun(arguments, *loaded.value().engine, std::move(ledger).value(), options.value()).run();
}

}  // namespace

void add_ingest(CLI::App& app, Run& run) {
  auto arguments = std::make_shared<IngestArguments>();
  CLI::App* command = app.add_subcommand("ingest", "code news text and keep it in a ledger; goes on where it was interrupted");
  command->add_option("ledger", arguments->ledger, "the file to keep it in; made when absent")->required();
  arguments->input.add_to(*command);
  arguments->tables.add_to(*command);
  command->add_option("--threads", arguments->threads, "worker threads; 0 = all cores. Never changes the ledger")->capture_default_str();
  command->add_option("--batch", arguments->batch, "documents kept at a time: what a killed run loses at most")->check(CLI::Range(1, 1000000))->capture_default_str();
  command->add_flag("-q,--quiet", arguments->quiet, "no progress bar and no summary");
  command->footer("Example:\n  legation ingest news.ledger archive/ --source Reuters");
  command->callback([arguments, &run] { run = [arguments] { return ingest(*arguments); }; });
}

}  // namespace legation
