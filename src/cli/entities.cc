// legation entities: who is who in a text, on its day, and why we think so.
#include "cli/coding_run.h"
#include "cli/commands.h"

namespace legation {
namespace {

struct EntitiesArguments {
  TableArguments tables;
  InputArguments input;
  unsigned threads = 0;
  bool strict = false, quiet = false;
};

int entities(const EntitiesArguments& arguments) {
  const auto options = arguments.input.reader_options();
  if (!options.ok()) return complain(options.error().what), exit_fault;
  const auto loaded = load_engine(arguments.tables);
  if (!loaded.ok()) return complain(loaded.error().what), exit_fault;
  const Engine& engine = *loaded.value().engine;
  CodingRunOptions run{arguments.threads, arguments.strict, arguments.quiet, {}};
  run.coding.events = false;
  return CodingRun(engine, arguments.input.paths, options.value(), make_mention_writer(engine), run).run();
}

}  // namespace

void add_entities(CLI::App& app, Run& run) {
  auto arguments = std::make_shared<EntitiesArguments>();
  CLI::App* command = app.add_subcommand("entities", "print every mention of an actor or place as a JSON line: who it is on that day, and why");
  arguments->input.add_to(*command);
  arguments->tables.add_to(*command);
  command->add_option("--threads", arguments->threads, "worker threads; 0 = all cores. Never changes the output")->capture_default_str();
  command->add_flag("--strict", arguments->strict, "exit with 1 if any input was skipped");
  command->add_flag("-q,--quiet", arguments->quiet, "no progress bar and no summary");
  command->footer("Example:\n  legation entities samples/founding-scene.txt\n  echo 'President Lee met Xi.' | legation entities - --date 2025-11-01");
  command->callback([arguments, &run] { run = [arguments] { return entities(*arguments); }; });
}

}  // namespace legation
