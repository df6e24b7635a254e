// legation import: event files of others into a ledger.
#include <fmt/format.h>

#include <algorithm>
#include <fstream>
#include <map>

#include "cli/commands.h"
#include "cli/session.h"
#include "ledger/formats.h"
#include "ledger/import.h"
#include "ledger/ledger.h"
#include "ledger/mappings.h"

namespace legation {
namespace {

struct ImportArguments {
  TableArguments tables;
  std::string ledger, format, map;
  std::vector<std::string> files;
  bool strict = false, quiet = false;
};

/// Lines of our column and the file's.
Result<std::map<std::string, std::string>> read_map(const std::string& path) {
  std::map<std::string, std::string> columns;
  std::ifstream in(path);
  if (!in) return Error{Error::Code::not_found, path + ": cannot be read"};
  for (std::string line; std::getline(in, line);) {
    const std::size_t tab = line.find('\t');
    if (line.empty() || line.starts_with('#')) continue;
    const std::string ours = line.substr(0, tab);
    const auto& known = event_columns();
    if (tab == std::string::npos || std::find(known.begin(), known.end(), ours) == known.end())
      return Error{Error::Code::bad_format, path + ": \"" + ours + "\" is no column of ours, or nothing stands after a tab"};
    columns[ours] = line.substr(tab + 1);
  }
  return columns;
}

void tell(const std::string& file, const ImportOutcome& outcome, bool quiet) {
  for (const std::string& fault : outcome.faults) complain(fault);
  if (quiet) return;
  if (outcome.already) return complain(file + ": in the ledger already");
  complain(fmt::format("{}: {}, {} rows kept of {}; {} without a day and {} malformed left out, {} of unknown code", file, outcome.format, outcome.kept,
                       outcome.rows, outcome.undated, outcome.malformed, outcome.uncoded));
}

int import_files(const ImportArguments& arguments) {
  ImportOptions options{arguments.format, {}, "", nullptr};
  if (!arguments.map.empty()) {
    auto columns = read_map(arguments.map);
    if (!columns.ok()) return complain(columns.error().what), exit_fault;
    options.columns = std::move(columns).value();
  }
  const auto resources = load_resources(arguments.tables);
  if (!resources.ok()) return complain(resources.error().what), exit_fault;
  auto ledger = Ledger::open_to_write(arguments.ledger);
  if (!ledger.ok()) return complain(ledger.error().what), exit_fault;
  const auto mapping = load_mappings(ledger.value(), *resources.value());
  if (!mapping.ok()) return complain(mapping.error().what), exit_fault;
  options.mapping = mapping.value();
  const auto people = KnowledgeBase::load(*resources.value());
  if (!people.ok()) return complain(people.error().what), exit_fault;
  options.people = &people.value();
  bool failed = false;
  for (const std::string& file : arguments.files) {
    const auto outcome = import_file(ledger.value(), file, options);
    if (!outcome.ok())
      complain(outcome.error().what);
    else
      tell(file, outcome.value(), arguments.quiet);
    failed = failed || !outcome.ok() || (arguments.strict && !outcome.value().faults.empty());
  }
  return failed ? exit_fault : exit_ok;
}

}  // namespace

void add_import(CLI::App& app, Run& run) {
  auto arguments = std::make_shared<ImportArguments>();
  CLI::App* command = app.add_subcommand("import", "put event files of others into a ledger; docs/formats.md says what is kept");
  command->add_option("ledger", arguments->ledger, "the file to keep them in; made when absent")->required();
  command->add_option("files", arguments->files, "event files; .gz, .zst and .xz are unpacked")->required();
  command->add_option("--format", arguments->format, "guessed from the columns when not given")->check(CLI::IsMember(format_names()));
  command->add_option("--map", arguments->map, "lines of our column, tab, the file's column; for csv");
  command->add_flag("--strict", arguments->strict, "exit with 1 when any row was at fault");
  command->add_flag("-q,--quiet", arguments->quiet, "no summary");
  arguments->tables.add_to(*command);
  command->footer("Example:\n  legation import world.ledger events.2018.tab.xz");
  command->callback([arguments, &run] { run = [arguments] { return import_files(*arguments); }; });
}

}  // namespace legation
