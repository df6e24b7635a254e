// legation kb: who is who: look a name up with the reasons, check the tables.
#include <fmt/format.h>

#include "cli/commands.h"
#include "cli/session.h"
#include "entities/knowledge_base.h"
#include "events/coder.h"

namespace legation {
namespace {

struct FindArguments {
  TableArguments tables;
  std::string name, date;
};

int find(const FindArguments& arguments) {
  std::optional<Date> date;
  if (!arguments.date.empty() && !(date = Date::parse(arguments.date)))
    return complain("--date " + arguments.date + ": no such day, expected YYYY-MM-DD"), exit_fault;
  const auto resources = load_resources(arguments.tables);
  if (!resources.ok()) return complain(resources.error().what), exit_fault;
  const auto base = KnowledgeBase::load(*resources.value());
  if (!base.ok()) return complain(base.error().what), exit_fault;
  const auto candidates = base.value().find(arguments.name, date);
  if (candidates.empty()) return complain("\"" + arguments.name + "\": nobody and nothing of that name"), exit_fault;
  std::string out;
  for (const Candidate& candidate : candidates) {
    const Actor& actor = candidate.actor;
    out += fmt::format("{:<4} {:<4} {}{}{}\n     {}\n", actor.code, actor.sector, actor.name.empty() ? arguments.name : actor.name,
                       actor.role.empty() ? "" : ", " + actor.role, actor.wikidata.empty() ? "" : " (" + actor.wikidata + ")", candidate.reason);
  }
  return write_out(out) ? exit_ok : exit_fault;
}

/// Loads every table: the loaders name the first fault with file and line.
int check(const TableArguments& tables) {
  const auto resources = load_resources(tables);
  if (!resources.ok()) return complain(resources.error().what), exit_fault;
  const auto base = KnowledgeBase::load(*resources.value());
  if (!base.ok()) return complain(base.error().what), exit_fault;
  const auto coder = EventCoder::load(*resources.value());
  if (!coder.ok()) return complain(coder.error().what), exit_fault;
  const auto& knowledge = base.value();
  return write_out(fmt::format("tables are sound: {} states, persons and organisations, {} terms of office, {} agents, {} places\n",
                               knowledge.entities().size(), knowledge.offices().size(), knowledge.agents().size(), knowledge.places().size()))
             ? exit_ok
             : exit_fault;
}

}  // namespace

void add_kb(CLI::App& app, Run& run) {
  CLI::App* command = app.add_subcommand("kb", "look into the knowledge base and check its tables");
  command->require_subcommand(1);
  auto find_arguments = std::make_shared<FindArguments>();
  CLI::App* find_command = command->add_subcommand("find", "who goes by this name, and why we think so");
  find_command->add_option("name", find_arguments->name, "a name, alias or role noun")->required();
  find_command->add_option("--date", find_arguments->date, "the day that decides offices (YYYY-MM-DD)");
  find_arguments->tables.add_to(*find_command);
  find_command->footer("Example:\n  legation kb find \"Lee\" --date 2025-06-10");
  find_command->callback([find_arguments, &run] { run = [find_arguments] { return find(*find_arguments); }; });
  auto tables = std::make_shared<TableArguments>();
  CLI::App* check_command = command->add_subcommand("check", "read every table and name the first fault with file and line");
  tables->add_to(*check_command);
  check_command->footer("Example:\n  legation kb check --data my_tables/");
  check_command->callback([tables, &run] { run = [tables] { return check(*tables); }; });
}

}  // namespace legation
