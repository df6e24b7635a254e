// legation kb: who is who: look names up with the reasons, check the tables, bring dictionaries along.
#include <fmt/format.h>

#include <fstream>
#include <iostream>
#include <nlohmann/json.hpp>

#include "base/table.h"
#include "cli/commands.h"
#include "cli/session.h"
#include "entities/dictionary_import.h"
#include "entities/knowledge_base.h"
#include "entities/table_check.h"
#include "entities/user_table.h"
#include "events/coder.h"

namespace legation {
namespace {

using Json = nlohmann::ordered_json;

/// The base and the resources it views.
struct LoadedBase {
  std::unique_ptr<Resources> resources;
  std::unique_ptr<KnowledgeBase> base;
};

Result<LoadedBase> load_base(const TableArguments& tables) {
  auto resources = load_resources(tables);
  if (!resources.ok()) return resources.error();
  auto base = KnowledgeBase::load(*resources.value());
  if (!base.ok()) return base.error();
  return LoadedBase{std::move(resources).value(), std::make_unique<KnowledgeBase>(std::move(base).value())};
}

// ---- find ----

struct FindArguments {
  TableArguments tables;
  std::string name, date, list;
  bool json = false;
};

std::string_view name_of(NameKind kind) {
  static constexpr std::array<std::string_view, 11> names = {"state",     "adjective",    "people", "capital", "metonym", "person",
                                                             "name_part", "organisation", "agent",  "place",   "vague"};
  return names[static_cast<std::size_t>(kind)];
}

Json json_of(const KnowledgeBase& base, const Candidate& candidate) {
  const Actor& actor = candidate.actor;
  Json json = {{"kind", name_of(candidate.kind)}};
  if (!actor.code.empty()) json["code"] = actor.code;
  if (!actor.sector.empty()) json["sector"] = actor.sector;
  if (!actor.other_sectors.empty()) json["other_sectors"] = actor.other_sectors;
  if (!actor.name.empty()) json["name"] = actor.name;
  if (!actor.wikidata.empty()) json["wikidata"] = actor.wikidata;
  if (!actor.role.empty()) json["role"] = actor.role;
  if (actor.entity != no_entity && base.entity(actor.entity).code != actor.code) json["nationality"] = base.entity(actor.entity).code;
  json["reason"] = candidate.reason;
  return json;
}

std::string json_line(const KnowledgeBase& base, std::string_view name, std::optional<Date> date) {
  Json json = {{"name", name}, {"date", date ? Json(date->iso()) : Json()}, {"candidates", Json::array()}};
  for (const Candidate& candidate : base.find(name, date)) json["candidates"].push_back(json_of(base, candidate));
  return json.dump(-1, ' ', false, Json::error_handler_t::replace) + "\n";
}

/// Names with their days, one a line, parted by a tab: a JSON object each, in the order given.
int find_all(const KnowledgeBase& base, const FindArguments& arguments, std::optional<Date> date) {
  std::ifstream file;
  if (arguments.list != "-") {
    file.open(arguments.list);
    if (!file) return complain(arguments.list + ": cannot be opened"), exit_fault;
  }
  std::istream& in = arguments.list == "-" ? std::cin : file;
  std::string line, out;
  for (std::size_t number = 1; std::getline(in, line); ++number) {
    const std::size_t tab = line.find('\t');
    const std::string_view name = trim(std::string_view(line).substr(0, tab));
    const std::string_view day = tab == std::string::npos ? std::string_view() : trim(std::string_view(line).substr(tab + 1));
    if (name.empty()) continue;
    const auto given = day.empty() ? date : Date::parse(day);
    if (!given && !day.empty()) return complain(fmt::format("{}:{}: \"{}\" is no day, expected YYYY-MM-DD", arguments.list, number, day)), exit_fault;
    out += json_line(base, name, given);
    if (out.size() > 1 << 16 && (!write_out(out) || (out.clear(), false))) return exit_fault;
  }
  return write_out(out) ? exit_ok : exit_fault;
}

/// All offices that the tables know of a person, by their beginning; empty for others and for one office.
std::string terms_of(const KnowledgeBase& base, std::uint32_t person) {
  if (person == no_entity || base.entity(person).last_office < base.entity(person).first_office + 2) return {};
  std::vector<Office> offices(base.offices().begin() + base.entity(person).first_office, base.offices().begin() + base.entity(person).last_office);
  std::stable_sort(offices.begin(), offices.end(), [](const Office& a, const Office& b) { return a.from < b.from; });
  std::string out = "offices:\n";
  for (const Office& office : offices) {
    const auto day = [](Date date) { return date < Date::from_civil(1800, 1, 1) || Date::from_civil(2200, 1, 1) < date ? std::string() : date.iso(); };
    out += fmt::format("     {:>10}..{:<10}  {} ({})  {}\n", day(office.from), day(office.to), office.role, office.code, base.row(office.table, office.line));
  }
  return out;
}

int find(const FindArguments& arguments) {
  std::optional<Date> date;
  if (!arguments.date.empty() && !(date = Date::parse(arguments.date)))
    return complain("--date " + arguments.date + ": no such day, expected YYYY-MM-DD"), exit_fault;
  if (arguments.name.empty() == arguments.list.empty()) return complain("kb find: give a name, or --list with a file of names"), exit_fault;
  const auto loaded = load_base(arguments.tables);
  if (!loaded.ok()) return complain(loaded.error().what), exit_fault;
  const KnowledgeBase& base = *loaded.value().base;
  if (!arguments.list.empty()) return find_all(base, arguments, date);
  const auto candidates = base.find(arguments.name, date);
  if (candidates.empty()) return complain("\"" + arguments.name + "\": nobody and nothing of that name"), exit_fault;
  if (arguments.json) return write_out(json_line(base, arguments.name, date)) ? exit_ok : exit_fault;
  std::string out;
  for (const Candidate& candidate : candidates) {
    const Actor& actor = candidate.actor;
    const std::string who = !actor.name.empty() ? actor.name : actor.role.empty() ? arguments.name : actor.role;
    out += fmt::format("{:<4} {:<4} {}{}{}\n     {}\n", actor.code, actor.sector, who, actor.role.empty() || actor.name.empty() ? "" : ", " + actor.role,
                       actor.wikidata.empty() ? "" : " (" + actor.wikidata + ")", candidate.reason);
  }
  if (candidates.size() == 1) out += terms_of(base, candidates.front().actor.entity);
  return write_out(out) ? exit_ok : exit_fault;
}

// ---- check ----

/// Names every fault of the tables of actors with file and line; of the other tables the loaders name the first.
int check(const TableArguments& tables) {
  const auto resources = load_resources(tables);
  if (!resources.ok()) return complain(resources.error().what), exit_fault;
  const std::vector<std::string> faults = check_entity_tables(*resources.value());
  for (const std::string& fault : faults) complain(fault);
  if (!faults.empty()) return exit_fault;
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

// ---- import ----

struct DictionaryArguments {
  TableArguments tables;
  std::vector<std::string> files;
};

/// "12-14, 20, 31"
std::string line_list(const std::vector<std::uint32_t>& lines) {
  std::string text;
  for (std::size_t i = 0; i < lines.size();) {
    std::size_t end = i;
    while (end + 1 < lines.size() && lines[end + 1] <= lines[end] + 1) ++end;
    text += fmt::format("{}{}", text.empty() ? "" : ", ", lines[i]);
    if (lines[end] > lines[i]) text += fmt::format("-{}", lines[end]);
    i = end + 1;
  }
  return text;
}

void report(const ImportedDictionary& imported) {
  complain(fmt::format("{}: {} names of {} actors and roles, {} rows", imported.file, imported.names, imported.groups, imported.row_count));
  std::vector<std::pair<std::string, std::vector<std::uint32_t>>> reasons;
  for (const LeftOut& left : imported.left_out) {
    auto at = std::find_if(reasons.begin(), reasons.end(), [&](const auto& reason) { return reason.first == left.what; });
    if (at == reasons.end()) at = reasons.insert(reasons.end(), {left.what, {}});
    at->second.push_back(left.line);
  }
  std::stable_sort(reasons.begin(), reasons.end(), [](const auto& a, const auto& b) { return a.second.size() > b.second.size(); });
  for (const auto& [what, lines] : reasons) complain(fmt::format("{}: left out: {} x {} (lines {})", imported.file, lines.size(), what, line_list(lines)));
}

int import_dictionaries(const DictionaryArguments& arguments) {
  const auto loaded = load_base(arguments.tables);
  if (!loaded.ok()) return complain(loaded.error().what), exit_fault;
  auto import = DictionaryImport::load(*loaded.value().resources, *loaded.value().base);
  if (!import.ok()) return complain(import.error().what), exit_fault;
  std::vector<std::string> contents;  // all are read before a line is written
  for (const std::string& file : arguments.files) {
    auto bytes = read_whole_file(file);
    if (!bytes.ok()) return complain(bytes.error().what), exit_fault;
    contents.push_back(std::move(bytes).value());
  }
  std::string out(user_table_header());
  std::size_t rows = 0;
  for (std::size_t i = 0; i < contents.size(); ++i) {
    const ImportedDictionary imported = import.value().read(arguments.files[i], contents[i]);
    report(imported);
    out += imported.rows;
    rows += imported.row_count;
  }
  if (rows == 0) return complain("nothing was taken: not dictionaries of TABARI or PETRARCH"), exit_fault;
  return write_out(out) ? exit_ok : exit_fault;
}

void add_find(CLI::App& kb, Run& run) {
  auto arguments = std::make_shared<FindArguments>();
  CLI::App* command = kb.add_subcommand("find", "who goes by this name, and why we think so");
  command->add_option("name", arguments->name, "a name, alias or role noun, also with a state: \"Police (India)\"");
  command->add_option("--date", arguments->date, "the day that decides offices (YYYY-MM-DD)");
  command
      ->add_option("--list", arguments->list,
                   "file of names instead (- for standard input), one a line, each with its day after a tab if it has one; prints a JSON object a line")
      ->type_name("FILE");
  command->add_flag("--json", arguments->json, "a JSON object instead of text");
  arguments->tables.add_to(*command);
  command->footer("Example:\n  legation kb find \"Lee\" --date 2025-06-10\n  printf 'Kofi Annan\\t2004-05-01\\nPolice (India)\\n' | legation kb find --list -");
  command->callback([arguments, &run] { run = [arguments] { return find(*arguments); }; });
}

void add_check(CLI::App& kb, Run& run) {
  auto tables = std::make_shared<TableArguments>();
  CLI::App* command = kb.add_subcommand("check", "read every table and name what is wrong with file and line");
  tables->add_to(*command);
  command->footer("Example:\n  legation kb check --kb my_table.tsv");
  command->callback([tables, &run] { run = [tables] { return check(*tables); }; });
}

void add_dictionaries(CLI::App& kb, Run& run) {
  auto arguments = std::make_shared<DictionaryArguments>();
  CLI::App* command = kb.add_subcommand("import", "turn actor and agent dictionaries of TABARI or PETRARCH into a table for --kb");
  command->add_option("dictionaries", arguments->files, "dictionary files; of a name that two give the first counts")->required();
  arguments->tables.add_to(*command);
  command->footer("Example:\n  legation kb import Phoenix.Countries.actors.txt Phoenix.agents.txt > mine.tsv\n  legation code news.txt --kb mine.tsv");
  command->callback([arguments, &run] { run = [arguments] { return import_dictionaries(*arguments); }; });
}

}  // namespace

void add_kb(CLI::App& app, Run& run) {
  CLI::App* command = app.add_subcommand("kb", "look into the knowledge base, check its tables, bring dictionaries along");
  command->require_subcommand(1);
  add_find(*command, run);
  add_check(*command, run);
  add_dictionaries(*command, run);
}

}  // namespace legation
