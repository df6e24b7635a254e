// Reading the tables: every fault names file and line; the compiled form is views into the resource bytes.
#include "entities/table_loader.h"

#include <algorithm>
#include <array>
#include <bit>
#include <charconv>
#include <future>

#include "entities/normal_form.h"
#include "entities/roles.h"

namespace legation {
namespace {

std::string path_of(EntityTable table) { return "data/entities/" + std::string(file_name(table)); }

}  // namespace

std::optional<Date> read_table_date(std::string_view cell, bool last) {
  int year = 0;
  unsigned month = last ? 12 : 1;
  if (cell.size() != 4 && cell.size() != 7) return Date::parse(cell);
  if (std::from_chars(cell.data(), cell.data() + 4, year).ptr != cell.data() + 4) return std::nullopt;
  if (cell.size() == 7 && (cell[4] != '-' || std::from_chars(cell.data() + 5, cell.data() + 7, month).ptr != cell.data() + 7 || month < 1 || month > 12))
    return std::nullopt;
  const Date first = Date::from_civil(year, month, 1);
  return last ? add_months(first, 1) - 1 : first;
}

std::optional<NameKind> name_kind(std::string_view cell) {
  static constexpr std::array<std::pair<std::string_view, NameKind>, 7> kinds = {{{"name", NameKind::state},
                                                                                  {"former", NameKind::state},
                                                                                  {"abbreviation", NameKind::state},
                                                                                  {"adjective", NameKind::adjective},
                                                                                  {"people", NameKind::people},
                                                                                  {"capital", NameKind::capital},
                                                                                  {"metonym", NameKind::metonym}}};
  for (const auto& [name, kind] : kinds)
    if (cell == name) return kind;
  return std::nullopt;
}

bool is_acronym(std::string_view words) { return words.find(' ') == std::string_view::npos && words.size() <= 12 && case_of(words) == Case::upper; }

namespace {

enum class NameOrder : std::uint8_t { family_first, family_last, either };
NameOrder order_of(std::string_view nationality) {
  for (std::string_view code : {"CHN", "KOR", "PRK", "TWN", "HKG"})
    if (nationality == code) return NameOrder::family_first;
  for (std::string_view code : {"VNM", "SGP", "MYS", "KHM", "MMR", "THA", "HUN", "JPN", "IDN", "LAO", "MNG", "ETH"})
    if (nationality == code) return NameOrder::either;
  return NameOrder::family_last;
}

std::vector<std::string_view> words_of(std::string_view text) { return split_list(text, ' '); }

}  // namespace

Result<KnowledgeBase> KnowledgeBase::load(const Resources& resources) { return TableLoader(resources).load(); }

Result<KnowledgeBase> TableLoader::load() {
  // Beside the other tables, where there is a second processor: nothing else is needed for it.
  auto coming = std::async([this] { return Places::load(resources_); });
  for (const auto step : {&TableLoader::load_words, &TableLoader::load_states, &TableLoader::load_people, &TableLoader::load_offices,
                          &TableLoader::load_organisations, &TableLoader::load_agents})
    if (Status status = (this->*step)(); !status.ok()) return status.error();
  auto places = coming.get();
  if (!places.ok()) return places.error();
  base_.places_ = std::move(places).value();
  for (const auto step : {&TableLoader::load_places, &TableLoader::load_vague})
    if (Status status = (this->*step)(); !status.ok()) return status.error();
  for (EntityTable table : {EntityTable::state_names_extra, EntityTable::state_names})
    if (Status status = load_state_names(table); !status.ok()) return status.error();
  if (Status status = load_user_tables(); !status.ok()) return status.error();
  base_.places_.index();
  const auto near_names = std::async([this] {
    for (const auto& [name, person] : people_names_) base_.near_names_.add(name, person);
    base_.near_names_.index();
  });
  index_names();
  index_offices();
  near_names.wait();
  return std::move(base_);
}

// ---- cells ----

Result<std::vector<std::string_view>> TableLoader::sectors(const Table& table, std::size_t row, std::string_view cell) const {
  static constexpr std::array<std::string_view, 32> known = {"COP", "GOV", "JUD", "LEG", "MIL", "PRM", "PTY", "REB", "SPY", "UAF", "UNK", "AGR", "BUS",
                                                             "CRM", "CVL", "EDU", "ELI", "JRN", "LAB", "MED", "REF", "OPP", "PRE", "REL", "SOC"};
  std::vector<std::string_view> list = split_list(cell);
  for (std::string_view sector : list)
    if (std::find(known.begin(), known.end(), sector) == known.end()) return table.fault(row, "sector \"" + std::string(sector) + "\" is not one of PLOVER's");
  return list;
}

Result<std::string_view> TableLoader::code(const Table& table, std::size_t row, std::string_view cell) const {
  if (cell.empty() || base_.states_by_code_.empty()) return cell;
  if (base_.state(cell) == no_entity) return table.fault(row, "code \"" + std::string(cell) + "\" is not in states.tsv");
  const auto found = folds_into_.find(cell);
  return found == folds_into_.end() ? cell : found->second;
}

Result<TableLoader::Validity> TableLoader::validity(const Table& table, std::size_t row, std::string_view from, std::string_view to) const {
  Validity validity{distant_past, distant_future};
  if (!from.empty()) {
    const auto date = read_table_date(from, false);
    if (!date) return table.fault(row, "\"" + std::string(from) + "\" is no date (YYYY-MM-DD or YYYY)");
    validity.from = *date;
  }
  if (!to.empty()) {
    const auto date = read_table_date(to, true);
    if (!date) return table.fault(row, "\"" + std::string(to) + "\" is no date (YYYY-MM-DD or YYYY)");
    validity.to = *date;
  }
  if (validity.to < validity.from) return table.fault(row, "ends before it begins");
  return validity;
}

// ---- tables ----

namespace {
/// The table, or none when the file is absent.
Result<std::optional<Table>> open(const Resources& resources, EntityTable table, const std::vector<std::string_view>& columns) {
  const std::string path = path_of(table);
  const auto bytes = resources.file(path);
  if (!bytes.ok()) return std::optional<Table>();
  auto read = Table::read(path, bytes.value(), columns);
  if (!read.ok()) return read.error();
  return std::optional<Table>(std::move(read).value());
}
std::uint32_t line_of(const Table& table, std::size_t row) { return static_cast<std::uint32_t>(table.line(row)); }
}  // namespace

Status TableLoader::load_states() {
  enum { code_column, name, kind, folds_into, sector };
  auto opened = open(resources_, EntityTable::states, {"code", "name", "kind", "folds_into", "sector"});
  if (!opened.ok()) return opened.error();
  if (!opened.value()) return success();
  const Table& table = *opened.value();
  for (std::size_t row = 0; row < table.rows(); ++row) {
    auto sector_list = sectors(table, row, table.cell(row, sector));
    if (!sector_list.ok()) return sector_list.error();
    Entity entity;
    entity.id = table.cell(row, code_column);
    entity.name = table.cell(row, name);
    entity.code = table.cell(row, folds_into).empty() ? entity.id : table.cell(row, folds_into);
    entity.subkind = table.cell(row, kind);
    entity.sectors = std::move(sector_list).value();
    entity.line = line_of(table, row);
    if (entity.id.empty() || entity.name.empty()) return table.fault(row, "a state needs code and name");
    if (entity.code != entity.id) folds_into_.emplace(entity.id, entity.code);
    if (entity.code != entity.id && table.cell(row, kind) != "former") dependent_.insert(entity.id);
    const auto index = static_cast<std::uint32_t>(base_.entities_.size());
    base_.states_by_code_.emplace_back(entity.id, index);
    base_.entities_.push_back(std::move(entity));
  }
  std::sort(base_.states_by_code_.begin(), base_.states_by_code_.end());
  for (const auto& [from, to] : folds_into_)
    if (base_.state(to) == no_entity) return table.fault(base_.state(from), "folds into \"" + std::string(to) + "\", which is not in this table");
  return success();
}

Status TableLoader::load_state_names(EntityTable file) {
  enum { code_column, alias, kind, sector, from, to };
  auto opened = open(resources_, file, {"code", "alias", "kind", "sector", "from", "to"});
  if (!opened.ok()) return opened.error();
  if (!opened.value()) return success();
  const Table& table = *opened.value();
  for (std::size_t row = 0; row < table.rows(); ++row) {
    const std::uint32_t state = base_.state(table.cell(row, code_column));
    if (state == no_entity) return table.fault(row, "code \"" + std::string(table.cell(row, code_column)) + "\" is not in states.tsv");
    const auto what = name_kind(table.cell(row, kind));
    if (!what) return table.fault(row, "kind \"" + std::string(table.cell(row, kind)) + "\" is unknown");
    const auto dates = validity(table, row, table.cell(row, from), table.cell(row, to));
    if (!dates.ok()) return dates.error();
    Name name;
    name.kind = *what;
    name.table = file;
    name.target = state;
    name.line = line_of(table, row);
    name.sector = table.cell(row, sector);
    name.from = dates.value().from;
    name.to = dates.value().to;
    add(table.cell(row, alias), name);
  }
  return success();
}

Status TableLoader::load_people() {
  enum { id, name, aliases, gender, nationality, wikidata };
  auto opened = open(resources_, EntityTable::people, {"id", "name", "aliases", "gender", "nationality", "wikidata"});
  if (!opened.ok()) return opened.error();
  if (!opened.value()) return success();
  const Table& table = *opened.value();
  base_.entities_.reserve(base_.entities_.size() + 2 * table.rows());
  people_by_id_.reserve(table.rows());
  for (std::size_t row = 0; row < table.rows(); ++row) {
    const auto country = code(table, row, table.cell(row, nationality));
    if (!country.ok()) return country.error();
    Entity entity;
    entity.kind = Entity::Kind::person;
    entity.id = table.cell(row, id);
    entity.name = table.cell(row, name);
    entity.code = country.value();
    entity.wikidata = table.cell(row, wikidata);
    entity.gender = table.cell(row, gender).empty() ? '\0' : table.cell(row, gender).front();
    entity.line = line_of(table, row);
    const auto index = static_cast<std::uint32_t>(base_.entities_.size());
    if (!people_by_id_.emplace(entity.id, index).second) return table.fault(row, "person \"" + std::string(entity.id) + "\" is listed twice");
    Name entry;
    entry.kind = NameKind::person;
    entry.table = EntityTable::people;
    entry.target = index;
    entry.line = entity.line;
    entry.from = distant_past;
    entry.to = distant_future;
    add(entity.name, entry);
    for (std::string_view alias : split_list(table.cell(row, aliases))) add(alias, entry);
    add_name_parts(entity.name, table.cell(row, nationality), entry);
    base_.entities_.push_back(std::move(entity));
  }
  return success();
}

Status TableLoader::load_offices() {
  enum { person, role, code_column, sector_list, from, to };
  auto opened = open(resources_, EntityTable::offices, {"person", "role", "code", "sectors", "from", "to"});
  if (!opened.ok()) return opened.error();
  if (!opened.value()) return success();
  const Table& table = *opened.value();
  base_.offices_.reserve(table.rows());
  for (std::size_t row = 0; row < table.rows(); ++row) {
    const auto holder = people_by_id_.find(table.cell(row, person));
    if (holder == people_by_id_.end()) return table.fault(row, "person \"" + std::string(table.cell(row, person)) + "\" is not in people.tsv");
    const auto country = code(table, row, table.cell(row, code_column));
    if (!country.ok()) return country.error();
    auto sector_cells = sectors(table, row, table.cell(row, sector_list));
    if (!sector_cells.ok()) return sector_cells.error();
    const auto dates = validity(table, row, table.cell(row, from), table.cell(row, to));
    if (!dates.ok()) return dates.error();
    base_.offices_.push_back(
        {holder->second, table.cell(row, role), country.value(), std::move(sector_cells).value(), dates.value().from, dates.value().to, line_of(table, row)});
    if (dependent_.count(table.cell(row, code_column))) dependent_lines_.insert(line_of(table, row));
  }
  return success();
}

Status TableLoader::load_organisations() {
  enum { id, name, aliases, code_column, sector_list, kind, wikidata, from, to };
  auto opened = open(resources_, EntityTable::organisations, {"id", "name", "aliases", "code", "sectors", "kind", "wikidata", "from", "to"});
  if (!opened.ok()) return opened.error();
  if (!opened.value()) return success();
  const Table& table = *opened.value();
  for (std::size_t row = 0; row < table.rows(); ++row) {
    const auto country = code(table, row, table.cell(row, code_column));
    if (!country.ok()) return country.error();
    auto sector_cells = sectors(table, row, table.cell(row, sector_list));
    if (!sector_cells.ok()) return sector_cells.error();
    const auto dates = validity(table, row, table.cell(row, from), table.cell(row, to));
    if (!dates.ok()) return dates.error();
    Entity entity;
    entity.kind = Entity::Kind::organisation;
    entity.id = table.cell(row, id);
    entity.name = table.cell(row, name);
    entity.code = country.value();
    entity.wikidata = table.cell(row, wikidata);
    entity.sectors = std::move(sector_cells).value();
    entity.subkind = table.cell(row, kind);
    entity.line = line_of(table, row);
    Name entry;
    entry.kind = NameKind::organisation;
    entry.table = EntityTable::organisations;
    entry.target = static_cast<std::uint32_t>(base_.entities_.size());
    entry.line = entity.line;
    entry.from = dates.value().from;
    entry.to = dates.value().to;
    add(entity.name, entry);
    for (std::string_view alias : split_list(table.cell(row, aliases))) add(alias, entry);
    base_.entities_.push_back(std::move(entity));
  }
  return success();
}

Status TableLoader::load_agents() {
  enum { term, plural, sector_list, kind, can_be_title };
  auto opened = open(resources_, EntityTable::agents, {"term", "plural", "sectors", "kind", "can_be_title"});
  if (!opened.ok()) return opened.error();
  if (!opened.value()) return success();
  const Table& table = *opened.value();
  for (std::size_t row = 0; row < table.rows(); ++row) {
    auto sector_cells = sectors(table, row, table.cell(row, sector_list));
    if (!sector_cells.ok()) return sector_cells.error();
    const std::string_view what = table.cell(row, kind);
    if (what != "person" && what != "group" && what != "body") return table.fault(row, "kind \"" + std::string(what) + "\" is none of person, group, body");
    Name entry;
    entry.kind = NameKind::agent;
    entry.table = EntityTable::agents;
    entry.target = static_cast<std::uint32_t>(base_.agents_.size());
    entry.line = line_of(table, row);
    entry.lower = true;
    entry.from = distant_past;
    entry.to = distant_future;
    add(table.cell(row, term), entry);
    entry.plural = true;
    if (!table.cell(row, plural).empty()) add(table.cell(row, plural), entry);
    base_.agents_.push_back({what == "person"  ? AgentTerm::Kind::person
                             : what == "group" ? AgentTerm::Kind::group
                                               : AgentTerm::Kind::body,
                             table.cell(row, can_be_title) == "yes", table.cell(row, term), std::move(sector_cells).value(), entry.line});
  }
  return success();
}

Status TableLoader::load_places() {
  // The rows were read by Places::load; aliases are read again here, they are not kept there.
  auto opened = open(resources_, EntityTable::places, {"name", "aliases", "country"});
  if (!opened.ok()) return opened.error();
  if (!opened.value()) return success();
  const Table& table = *opened.value();
  for (std::size_t row = 0; row < table.rows(); ++row) {
    const auto country = code(table, row, table.cell(row, 2));
    if (!country.ok()) return country.error();
    base_.places_.places_[row].country = country.value();
    Name entry;
    entry.kind = NameKind::place;
    entry.table = EntityTable::places;
    entry.target = static_cast<std::uint32_t>(row);
    entry.line = line_of(table, row);
    entry.from = distant_past;
    entry.to = distant_future;
    add(table.cell(row, 0), entry);
    for (std::string_view alias : split_list(table.cell(row, 1))) add(alias, entry);
  }
  return success();
}

Status TableLoader::load_vague() {
  auto opened = open(resources_, EntityTable::vague, {"term"});
  if (!opened.ok()) return opened.error();
  if (!opened.value()) return success();
  const Table& table = *opened.value();
  for (std::size_t row = 0; row < table.rows(); ++row) {
    Name entry;
    entry.kind = NameKind::vague;
    entry.table = EntityTable::vague;
    entry.target = static_cast<std::uint32_t>(base_.vague_.size());
    entry.line = line_of(table, row);
    entry.from = distant_past;
    entry.to = distant_future;
    std::string_view term = table.cell(row, 0);
    if (term.starts_with("the ")) term.remove_prefix(4);
    entry.lower = case_of(term) == Case::lower;
    add(term, entry);
    base_.vague_.push_back(table.cell(row, 0));
  }
  return success();
}

Status TableLoader::load_words() {
  auto words = WordLists::load(resources_);
  if (!words.ok()) return words.error();
  base_.words_ = std::move(words).value();
  return success();
}

// ---- index ----

void TableLoader::add(std::string_view words, Name name) {
  if (name.kind != NameKind::agent && words.starts_with("the ")) words.remove_prefix(4);
  KnowledgeBase::Digest digest;
  const std::size_t first_prefix = prefixes_.size();
  KnowledgeBase::Digest part;
  for_each_piece(
      words, [&](char c) { part.value = KnowledgeBase::step(part.value, c); }, [&] { prefixes_.push_back(part.value); });
  if (prefixes_.size() == first_prefix) return;
  KnowledgeBase::extend(digest, words);
  prefixes_.pop_back();
  if (name.kind == NameKind::person) people_names_.emplace_back(words, name.target);
  name.words = digest.pieces;
  name.acronym = !name.lower && is_acronym(words);
  keyed_.push_back({digest.value, name});
}

void TableLoader::add_name_parts(std::string_view full, std::string_view nationality, Name name) {
  const std::vector<std::string_view> words = words_of(full);
  if (words.size() < 2) return;
  name.kind = NameKind::name_part;
  const NameOrder order = order_of(nationality);
  if (order != NameOrder::family_last) add(words.front(), name);
  if (order != NameOrder::family_first) add(words.back(), name);
}

void TableLoader::index_names() {
  // Names of one digest side by side, in the order of the tables: sorted are numbers, not the names
  // themselves.
  std::vector<std::pair<std::uint64_t, std::uint32_t>> order;
  order.reserve(keyed_.size());
  for (const Keyed& entry : keyed_) order.emplace_back(entry.digest, static_cast<std::uint32_t>(order.size()));
  std::sort(order.begin(), order.end());
  base_.slots_.resize(std::bit_ceil(keyed_.size() + prefixes_.size() + 2));  // of the prefixes many are the same one
  const std::size_t mask = base_.slots_.size() - 1;
  const auto place = [&](std::uint64_t digest) -> KnowledgeBase::Slot& {
    std::size_t at = (digest ^ (digest >> 29)) & mask;
    while (base_.slots_[at].digest != 0 && base_.slots_[at].digest != digest) at = (at + 1) & mask;
    base_.slots_[at].digest = digest;
    return base_.slots_[at];
  };
  base_.names_.reserve(keyed_.size());
  for (const auto& [digest, number] : order) {
    const Keyed& entry = keyed_[number];
    KnowledgeBase::Slot& slot = place(digest);
    if (slot.count == 0) slot.first = static_cast<std::uint32_t>(base_.names_.size());
    if (slot.count == 0xFFFF) continue;
    base_.names_.push_back(entry.name);
    ++slot.count;
  }
  for (std::uint64_t digest : prefixes_) place(digest).more = 1;
}

void TableLoader::index_offices() {
  std::stable_sort(base_.offices_.begin(), base_.offices_.end(),
                   [](const Office& a, const Office& b) { return a.person != b.person ? a.person < b.person : a.from < b.from; });
  base_.offices_by_role_.reserve(base_.offices_.size());
  std::unordered_map<std::string_view, std::unordered_map<std::string_view, std::uint64_t>> digests;  // roles and codes come again and again
  for (std::uint32_t i = 0; i < base_.offices_.size(); ++i) {
    Entity& person = base_.entities_[base_.offices_[i].person];
    if (person.last_office == 0) person.first_office = i;
    person.last_office = i + 1;
    // "the president of Georgia" is not the one of Abkhazia, the prime minister of New Zealand not that of
    // Cook Islands
    if (base_.offices_[i].table == EntityTable::offices && dependent_lines_.count(base_.offices_[i].line)) continue;
    const auto [digest, is_new] = digests[base_.offices_[i].role].try_emplace(base_.offices_[i].code, 0);
    if (is_new) digest->second = office_digest(base_.offices_[i].role, base_.offices_[i].code);
    base_.offices_by_role_.emplace_back(digest->second, i);
  }
  std::sort(base_.offices_by_role_.begin(), base_.offices_by_role_.end());
  for (const auto& [role, codes] : digests)
    if (codes.size() == 1 && base_.words_.sole_offices.has(role)) base_.only_homes_.emplace_back(role, codes.begin()->first);
}

}  // namespace legation
