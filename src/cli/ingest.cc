// legation ingest: codes what the ledger does not hold yet, and keeps it.
#include <fmt/format.h>

#include "cli/commands.h"
#include "cli/progress.h"
#include "cli/session.h"
#include "engine/pipeline.h"
#include "ledger/writer.h"

namespace legation {
namespace {

struct IngestArguments {
  TableArguments tables;
  InputArguments input;
  std::string ledger;
  unsigned threads = 0;
  std::size_t batch = 4096;
  bool quiet = false, recode = false, recode_all = false;
};

/// One run: the reader feeds the pipeline, coded documents go to the ledger in batches.
class IngestRun {
 public:
  IngestRun(const IngestArguments& arguments, const Engine& engine, Ledger ledger, const ReaderOptions& options)
      : arguments_(arguments),
        engine_(engine),
        writer_(std::move(ledger), engine,
                {"ingest", fmt::format("batch {}{}", arguments.batch, arguments.recode || arguments.recode_all ? ", recode" : ""),
                 fmt::format("{}", fmt::join(arguments.input.paths, "; "))},
                arguments.batch),
        reader_(arguments.input.paths, options),
        progress_(stderr_is_terminal() && !arguments.quiet) {}

  int run() {
    PipelineOptions options;
    options.threads = arguments_.threads;
    run_pipeline(
        engine_, options, [&] { return next(); }, [&](std::unique_ptr<CodedDocument> coded) { return take(std::move(coded)); });
    const Status kept = writer_.finish();
    progress_.clear();
    if (const std::string more = progress_.unmentioned(); !more.empty()) complain(more);
    if (!kept.ok()) complain(kept.error().what);
    if (!arguments_.quiet) complain(progress_.summary() + fmt::format("; {} were in the ledger already", already_));
    return kept.ok() && (progress_.documents + already_ > 0 || progress_.skipped() == 0) ? exit_ok : exit_fault;
  }

 private:
  std::unique_ptr<CodedDocument> next() {
    while (auto item = reader_.next()) {
      progress_.draw(reader_.bytes_done(), reader_.bytes_total());
      if (!item->ok()) {
        fault(item->error());
        continue;
      }
      if (writer_.knows(document_digest(item->value()))) {
        ++already_;
        continue;
      }
      auto coded = std::make_unique<CodedDocument>();
      coded->document = std::move(*item).value();
      return coded;
    }
    return nullptr;
  }

  void fault(const Error& error) {
    if (!progress_.skip(error.code == Error::Code::skipped ? "not English or no text" : "unreadable")) return;
    progress_.clear();
    complain(error.what);
  }

  bool take(std::unique_ptr<CodedDocument> coded) {
    ++progress_.documents;
    progress_.sentences += coded->parse.sentences.size();
    progress_.found += coded->coded.events.size();
    return writer_.put(std::move(coded));
  }

  const IngestArguments& arguments_;
  const Engine& engine_;
  LedgerWriter writer_;
  DocumentReader reader_;
  Progress progress_;
  std::uint64_t already_ = 0;
};

int ingest(const IngestArguments& arguments) {
  const auto options = arguments.input.reader_options();
  if (!options.ok()) return complain(options.error().what), exit_fault;
  auto ledger = Ledger::open(arguments.ledger);
  if (!ledger.ok()) return complain(ledger.error().what), exit_fault;
  const auto loaded = load_engine(arguments.tables);
  if (!loaded.ok()) return complain(loaded.error().what), exit_fault;
  using Recode = Ledger::Recode;
  const Recode recode = arguments.recode_all ? Recode::all : arguments.recode ? Recode::other_engines : Recode::none;
  if (const Status planned = ledger.value().plan_recoding(*loaded.value().engine, recode); !planned.ok()) return complain(planned.error().what), exit_fault;
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
  command->add_option("--batch", arguments->batch, "documents kept at a time: what a killed run loses at most")
      ->check(CLI::Range(1, 1000000))
      ->capture_default_str();
  command->add_flag("--recode", arguments->recode, "code again what another engine coded; what it said is set aside, for `legation diff`");
  command->add_flag("--recode-all", arguments->recode_all, "code again also what this engine coded");
  command->add_flag("-q,--quiet", arguments->quiet, "no progress bar and no summary");
  command->footer("Example:\n  legation ingest news.ledger archive/ --source Reuters");
  command->callback([arguments, &run] { run = [arguments] { return ingest(*arguments); }; });
}

}  // namespace legation
