// legation diff: what a later run says differently of the same documents.
#include <fmt/format.h>

#include <nlohmann/json.hpp>

#include "cli/commands.h"
#include "cli/session.h"
#include "ledger/diff.h"
#include "ledger/ledger.h"

namespace legation {
namespace {

struct DiffArguments {
  std::string ledger, format = "table";
  std::int64_t before = 0, after = 0;
  std::size_t dyads = 20, examples = 10;
};

std::string line(const std::string& name, const RunDiff::Count& count) {
  return fmt::format("{:<24}{:>9}{:>9}{:>9}{:>9}\n", name, count.before, count.after, count.gone, count.fresh);
}

std::string table(const RunDiff& diff, const DiffArguments& arguments) {
  std::string out = fmt::format("run {}: {}\nrun {}: {}\n{} documents coded by both, {} of them differently\n\n", arguments.before, diff.engine_before,
                                arguments.after, diff.engine_after, diff.documents, diff.changed_documents);
  out += fmt::format("{:<24}{:>9}{:>9}{:>9}{:>9}\n", "events", fmt::format("run {}", arguments.before), fmt::format("run {}", arguments.after), "gone", "new");
  out += line("all", diff.all);
  for (const RunDiff::Count& type : diff.types) out += line("  " + type.first, type);
  if (!diff.dyads.empty()) out += "\nmost changed dyads\n";
  for (const RunDiff::Count& dyad : diff.dyads)
    out += line(fmt::format("  {} > {}", dyad.first.empty() ? "-" : dyad.first, dyad.second.empty() ? "-" : dyad.second), dyad);
  for (const RunDiff::Example& example : diff.examples) {
    out += fmt::format("\n{} {} {}\n", example.published, example.document, example.title);
    std::string evidence;
    for (const RunDiff::Change& change : example.changes) {
      if (change.evidence != evidence) out += "  \u201c" + change.evidence + "\u201d\n";
      evidence = change.evidence;
      out += fmt::format("  {} {}\n", change.fresh ? '+' : '-', change.event);
    }
  }
  return out;
}

nlohmann::ordered_json counted(const RunDiff::Count& count) {
  return {{"before", count.before}, {"after", count.after}, {"gone", count.gone}, {"new", count.fresh}};
}

std::string json(const RunDiff& diff, const DiffArguments& arguments) {
  nlohmann::ordered_json out = {{"runs", {arguments.before, arguments.after}},
                                {"engines", {diff.engine_before, diff.engine_after}},
                                {"documents", diff.documents},
                                {"changed_documents", diff.changed_documents},
                                {"events", counted(diff.all)}};
  for (const RunDiff::Count& type : diff.types) out["types"][type.first] = counted(type);
  for (const RunDiff::Count& dyad : diff.dyads) {
    nlohmann::ordered_json row = {{"actor", dyad.first}, {"recipient", dyad.second}};
    row.update(counted(dyad));
    out["dyads"].push_back(row);
  }
  for (const RunDiff::Example& example : diff.examples) {
    nlohmann::ordered_json row = {{"document", example.document}, {"published", example.published}, {"title", example.title}};
    for (const RunDiff::Change& change : example.changes)
      row[change.fresh ? "new" : "gone"].push_back({{"event", change.event}, {"evidence", change.evidence}});
    out["examples"].push_back(row);
  }
  return out.dump(-1, ' ', false, nlohmann::json::error_handler_t::replace) + "\n";
}

int diff(const DiffArguments& arguments) {
  auto ledger = Ledger::open_to_read(arguments.ledger);
  if (!ledger.ok()) return complain(ledger.error().what), exit_fault;
  const auto found = diff_runs(ledger.value(), arguments.before, arguments.after, arguments.dyads, arguments.examples);
  if (!found.ok()) return complain(found.error().what), exit_fault;
  return write_out(arguments.format == "json" ? json(found.value(), arguments) : table(found.value(), arguments)) ? exit_ok : exit_fault;
}

}  // namespace

void add_diff(CLI::App& app, Run& run) {
  auto arguments = std::make_shared<DiffArguments>();
  CLI::App* command = app.add_subcommand("diff", "what two runs say differently of the same documents, by type, dyad and example");
  command->add_option("ledger", arguments->ledger, "a ledger with documents coded twice (legation ingest --recode)")->required();
  command->add_option("before", arguments->before, "number of the earlier run; `SELECT * FROM runs`")->required();
  command->add_option("after", arguments->after, "number of the later run")->required();
  command->add_option("--dyads", arguments->dyads, "how many dyads")->capture_default_str();
  command->add_option("--examples", arguments->examples, "how many documents")->capture_default_str();
  command->add_option("--format", arguments->format, "table or json")->check(CLI::IsMember({"table", "json"}))->capture_default_str();
  command->footer("Example:\n  legation ingest news.ledger archive/ --recode && legation diff news.ledger 1 2");
  command->callback([arguments, &run] { run = [arguments] { return diff(*arguments); }; });
}

}  // namespace legation
