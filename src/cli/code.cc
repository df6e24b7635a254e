// legation code: text in, events out.
#include "cli/coding_run.h"
#include "cli/commands.h"

namespace legation {
namespace {

struct CodeArguments {
  TableArguments tables;
  InputArguments input;
  std::string format = "plover";
  unsigned threads = 0;
  bool strict = false, all = false, plain = false, claims = false, quiet = false, no_merge = false, no_implied = false, tables_only = false;
};

int code(const CodeArguments& arguments) {
  const auto options = arguments.input.reader_options();
  if (!options.ok()) return complain(options.error().what), exit_fault;
  const auto loaded = load_engine(arguments.tables);
  if (!loaded.ok()) return complain(loaded.error().what), exit_fault;
  const Engine& engine = *loaded.value().engine;
  RecordOptions record;
  record.flagged = arguments.format == "table" ? arguments.all : !arguments.plain;
  record.claims = arguments.claims || arguments.format == "table";
  record.colour = wants_colour();
  record.width = terminal_width();
  CodingRunOptions run{arguments.threads, arguments.strict, arguments.quiet, {}};
  run.coding.merge = !arguments.no_merge;
  run.coding.implied_actors = !arguments.no_implied;
  run.coding.scorer = !arguments.tables_only;
  return CodingRun(engine, arguments.input.paths, options.value(), make_record_writer(arguments.format, engine, record), run).run();
}

}  // namespace

void add_code(CLI::App& app, Run& run) {
  auto arguments = std::make_shared<CodeArguments>();
  CLI::App* command = app.add_subcommand("code", "code news text into PLOVER events");
  arguments->input.add_to(*command);
  arguments->tables.add_to(*command);
  command->add_option("--format", arguments->format, "plover (JSON Lines), cameo (TSV) or table")
      ->check(CLI::IsMember({"plover", "cameo", "table"}))
      ->capture_default_str();
  command->add_option("--threads", arguments->threads, "worker threads; 0 = all cores. Never changes the output")->capture_default_str();
  command->add_flag("--all", arguments->all, "table: also events that are denied, hypothetical, ahead or background");
  command->add_flag("--plain", arguments->plain, "plover, cameo: leave those events out");
  command->add_flag("--claims", arguments->claims, "plover: also facts that are no events, as records with has_event false");
  command->add_flag("--no-merge", arguments->no_merge, "keep every telling of an event within a document apart");
  command->add_flag("--no-implied", arguments->no_implied, "drop events that name no actor instead of implying one (police, UNK, ...)");
  command->add_flag("--tables-only", arguments->tables_only, "leave out the learned scorer: the tables of predicates alone decide");
  command->add_flag("--strict", arguments->strict, "exit with 1 if any input was skipped");
  command->add_flag("-q,--quiet", arguments->quiet, "no progress bar and no summary");
  command->footer("Example:\n  legation code samples/ --format table\n  zstd -dc news.jsonl.zst | legation code - --source Reuters > events.jsonl");
  command->callback([arguments, &run] { run = [arguments] { return code(*arguments); }; });
}

}  // namespace legation
