// legation export: the events of a ledger in the formats of the field, on stdout.
#include "ledger/export.h"
#include "cli/commands.h"
#include "cli/session.h"
#include "ledger/ledger.h"
#include "ledger/mappings.h"

namespace legation {
namespace {

struct ExportArguments {
  TableArguments tables;
  std::string ledger;
  ExportOptions options;
};

int export_ledger(const ExportArguments& arguments) {
  for (const std::string& day : {arguments.options.from, arguments.options.until})
    if (!day.empty() && !Date::parse(day)) return complain("\"" + day + "\" is no day; write YYYY-MM-DD"), exit_fault;
  const auto resources = load_resources(arguments.tables);
  if (!resources.ok()) return complain(resources.error().what), exit_fault;
  auto ledger = Ledger::open_to_read(arguments.ledger);
  if (!ledger.ok()) return complain(ledger.error().what), exit_fault;
  const auto mapping = load_mappings(ledger.value(), *resources.value());
  if (!mapping.ok()) return complain(mapping.error().what), exit_fault;
  const Status done = stream_out([&](const std::string& file) { return export_events(ledger.value(), arguments.options, file); });
  return done.ok() ? exit_ok : (complain(done.error().what), exit_fault);
}

}  // namespace

void add_export(CLI::App& app, Run& run) {
  auto arguments = std::make_shared<ExportArguments>();
  CLI::App* command = app.add_subcommand("export", "write a ledger's events in a format of the field");
  command->add_option("ledger", arguments->ledger, "a ledger")->required();
  command->add_option("--to", arguments->options.format, "the format")->required()->check(CLI::IsMember(export_names()));
  command->add_option("--from", arguments->options.from, "first day, YYYY-MM-DD");
  command->add_option("--until", arguments->options.until, "last day, YYYY-MM-DD");
  command->add_flag("--all", arguments->options.all, "also what is past, planned, denied or merely supposed");
  arguments->tables.add_to(*command);
  command->footer("Example:\n  legation export news.ledger --to gdelt2 --from 2025-01-01 > events.tsv");
  command->callback([arguments, &run] { run = [arguments] { return export_ledger(*arguments); }; });
}

}  // namespace legation
