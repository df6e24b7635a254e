// Reading the user's tables into the knowledge base: their rows are marked, so that they win over ours.
#include "entities/user_table.h"

#include <algorithm>

#include "entities/normal_form.h"
#include "entities/roles.h"
#include "entities/table_loader.h"

namespace legation {
namespace {

Name base_name(EntityTable table, NameKind kind, std::uint32_t target, std::uint32_t line, Date from, Date to) {
  Name name;
  name.kind = kind;
  name.table = table;
  name.target = target;
  name.line = line;
  name.from = from;
  name.to = to;
  return name;
}

}  // namespace

std::string user_table_path(std::size_t number, std::string_view file) {
  std::string path(user_tables_prefix);
  path += std::to_string(number / 10);
  path += std::to_string(number % 10);
  return path + "/" + std::string(file.substr(file.rfind('/') + 1));  // npos + 1 is 0: a bare name stays whole
}

Result<Table> read_user_table(std::string_view path, std::string_view bytes) {
  return Table::read(path, bytes, {"kind", "name", "code", "source"}, {"aliases", "sectors", "role", "from", "to", "gender", "wikidata"});
}

std::string_view user_table_header() { return "kind\tname\taliases\tcode\tsectors\trole\tfrom\tto\tsource\n"; }

const std::vector<std::string_view>& organisation_kinds() {
  static const std::vector<std::string_view> kinds = {"igo",   "ngo",        "ministry",    "agency",       "military", "police",
                                                      "court", "party",      "legislature", "armed-group",  "company",  "media",
                                                      "union", "university", "religious",   "central-bank", "other",    "organisation"};
  return kinds;
}

std::optional<UserKind> user_kind_of(std::string_view cell) {
  for (std::string_view kind : {"name", "former", "abbreviation", "adjective", "people", "capital", "metonym"})
    if (cell == kind) return UserKind::state_name;
  if (cell == "person") return UserKind::person;
  if (cell == "place") return UserKind::place;
  if (cell == "vague") return UserKind::vague;
  if (cell == "agent" || cell == "agent-group" || cell == "agent-body") return UserKind::agent;
  const auto& kinds = organisation_kinds();
  if (std::find(kinds.begin(), kinds.end(), cell) != kinds.end()) return UserKind::organisation;
  return std::nullopt;
}

Status TableLoader::load_user_tables() {
  const std::vector<std::string> paths = resources_.names(user_tables_prefix);
  if (paths.empty()) return success();
  for (const Keyed& entry : keyed_)
    if (entry.name.kind == NameKind::person) people_by_name_.emplace(entry.digest, entry.name.target);
  for (const std::string& path : paths) {
    const auto bytes = resources_.file(path);
    if (!bytes.ok()) return bytes.error();
    const auto table = read_user_table(path, bytes.value());
    if (!table.ok()) return table.error();
    user_table_ = static_cast<EntityTable>(static_cast<std::size_t>(EntityTable::user) + base_.user_files_.size());
    base_.user_files_.push_back(path.substr(path.rfind('/') + 1));
    for (std::size_t row = 0; row < table.value().rows(); ++row)
      if (Status status = load_user_row(table.value(), row); !status.ok()) return status;
  }
  give_way_to_user();
  return success();
}

Status TableLoader::load_user_row(const Table& table, std::size_t row) {
  const auto kind = user_kind_of(table.cell(row, user_kind));
  if (!kind)
    return table.fault(row, "kind \"" + std::string(table.cell(row, user_kind)) +
                                "\" is none of name, former, abbreviation, adjective, people, capital, metonym, person, "
                                "agent, agent-group, agent-body, place, vague, organisation or a kind of organisations.tsv");
  if (table.cell(row, user_name).empty()) return table.fault(row, "a row without a name");
  UserRow cells;
  const auto folded = code(table, row, table.cell(row, user_code));
  if (!folded.ok()) return folded.error();
  cells.code = folded.value();
  auto sector_list = sectors(table, row, table.cell(row, user_sectors));
  if (!sector_list.ok()) return sector_list.error();
  cells.sectors = std::move(sector_list).value();
  const auto dates = validity(table, row, table.cell(row, user_from), table.cell(row, user_to));
  if (!dates.ok()) return dates.error();
  cells.when = dates.value();
  if (cells.code.empty() && *kind != UserKind::agent && *kind != UserKind::vague)
    return table.fault(row, "a " + std::string(table.cell(row, user_kind)) + " needs a code");
  switch (*kind) {
    case UserKind::state_name:
      return add_user_state_name(table, row, cells), success();
    case UserKind::person:
      return add_user_person(table, row, cells), success();
    case UserKind::organisation:
      return add_user_organisation(table, row, cells), success();
    case UserKind::agent:
      return add_user_agent(table, row, cells), success();
    case UserKind::place:
      return add_user_place(table, row, cells), success();
    default:
      return add_user_vague(table, row, cells), success();
  }
}

void TableLoader::add_user_names(const Table& table, std::size_t row, const Name& name) {
  add(table.cell(row, user_name), name);
  for (std::string_view alias : split_list(table.cell(row, user_aliases))) add(alias, name);
}

void TableLoader::add_user_state_name(const Table& table, std::size_t row, const UserRow& cells) {
  const std::uint32_t state = base_.state(table.cell(row, user_code));
  Name name =
      base_name(user_table_, *name_kind(table.cell(row, user_kind)), state, static_cast<std::uint32_t>(table.line(row)), cells.when.from, cells.when.to);
  if (!cells.sectors.empty()) name.sector = cells.sectors.front();
  add_user_names(table, row, name);
}

/// Of ours by this name, one who belongs to the state or held office for it.
std::uint32_t TableLoader::known_person(std::uint64_t digest, std::string_view code) const {
  const auto [first, last] = people_by_name_.equal_range(digest);
  for (auto at = first; at != last; ++at) {
    if (base_.entities_[at->second].code == code) return at->second;
    for (const Office& office : base_.offices_)
      if (office.person == at->second && office.code == code) return at->second;
  }
  return no_entity;
}

void TableLoader::add_user_person(const Table& table, std::size_t row, const UserRow& cells) {
  const std::string_view full = table.cell(row, user_name);
  const auto line = static_cast<std::uint32_t>(table.line(row));
  KnowledgeBase::Digest digest;
  KnowledgeBase::extend(digest, full);
  const auto [known, is_new] = user_people_.emplace(digest.value, no_entity);
  std::uint32_t person = is_new ? known_person(digest.value, cells.code) : known->second;
  const bool unheard = person == no_entity;
  if (unheard) {
    Entity entity;
    entity.kind = Entity::Kind::person;
    entity.id = full;
    entity.name = full;
    entity.code = cells.code;
    entity.line = line;
    person = static_cast<std::uint32_t>(base_.entities_.size());
    base_.entities_.push_back(std::move(entity));
  }
  known->second = person;
  Entity& entity = base_.entities_[person];
  if (const std::string_view wikidata = table.cell(row, user_wikidata); !wikidata.empty()) entity.wikidata = wikidata;
  if (const std::string_view gender = table.cell(row, user_gender); !gender.empty()) entity.gender = gender.front();
  const Name name = base_name(user_table_, NameKind::person, person, line, distant_past, distant_future);
  add_user_names(table, row, name);
  if (unheard) add_name_parts(full, table.cell(row, user_code), name);
  const bool holds = !table.cell(row, user_role).empty() || !cells.sectors.empty() || !table.cell(row, user_from).empty() || !table.cell(row, user_to).empty();
  if (holds) base_.offices_.push_back({person, table.cell(row, user_role), cells.code, cells.sectors, cells.when.from, cells.when.to, line, user_table_});
}

void TableLoader::add_user_organisation(const Table& table, std::size_t row, const UserRow& cells) {
  Entity entity;
  entity.kind = Entity::Kind::organisation;
  entity.id = table.cell(row, user_name);
  entity.name = entity.id;
  entity.code = cells.code;
  entity.sectors = cells.sectors;
  entity.subkind = table.cell(row, user_kind);
  entity.wikidata = table.cell(row, user_wikidata);
  entity.line = static_cast<std::uint32_t>(table.line(row));
  add_user_names(
      table, row,
      base_name(user_table_, NameKind::organisation, static_cast<std::uint32_t>(base_.entities_.size()), entity.line, cells.when.from, cells.when.to));
  base_.entities_.push_back(std::move(entity));
}

void TableLoader::add_user_agent(const Table& table, std::size_t row, const UserRow& cells) {
  Name name = base_name(user_table_, NameKind::agent, static_cast<std::uint32_t>(base_.agents_.size()), static_cast<std::uint32_t>(table.line(row)),
                        cells.when.from, cells.when.to);
  name.lower = true;
  add(table.cell(row, user_name), name);
  name.plural = true;
  for (std::string_view plural : split_list(table.cell(row, user_aliases))) add(plural, name);
  const std::string_view kind = table.cell(row, user_kind);
  base_.agents_.push_back({kind == "agent-body"    ? AgentTerm::Kind::body
                           : kind == "agent-group" ? AgentTerm::Kind::group
                                                   : AgentTerm::Kind::person,
                           kind == "agent", table.cell(row, user_name), cells.sectors, name.line, user_table_});
}

void TableLoader::add_user_place(const Table& table, std::size_t row, const UserRow& cells) {
  Place place;
  place.name = table.cell(row, user_name);
  place.country = cells.code;
  place.kind = "place";
  place.line = static_cast<std::uint32_t>(table.line(row));
  const std::uint32_t index = base_.places_.add(place, split_list(table.cell(row, user_aliases)));
  add_user_names(table, row, base_name(user_table_, NameKind::place, index, place.line, cells.when.from, cells.when.to));
}

void TableLoader::add_user_vague(const Table& table, std::size_t row, const UserRow& cells) {
  Name name = base_name(user_table_, NameKind::vague, static_cast<std::uint32_t>(base_.vague_.size()), static_cast<std::uint32_t>(table.line(row)),
                        cells.when.from, cells.when.to);
  name.lower = case_of(table.cell(row, user_name)) == Case::lower;
  add_user_names(table, row, name);
  base_.vague_.push_back(table.cell(row, user_name));
}

/// The user's terms against ours: the same person's same office is as the user says, and a new holder of an office that
/// one person holds ends the open term of ours.
void TableLoader::give_way_to_user() {
  std::unordered_multimap<std::uint64_t, const Office*> users;
  for (const Office& office : base_.offices_)
    if (office.users() && !office.role.empty()) users.emplace(office_digest(office.role, office.code), &office);
  if (users.empty()) return;
  std::vector<Office> kept;
  for (Office office : base_.offices_) {
    bool keep = true;
    const auto [first, last] = users.equal_range(office.users() ? 0 : office_digest(office.role, office.code));
    for (auto at = first; at != last; ++at) {
      const Office& theirs = *at->second;
      if (theirs.person == office.person)
        keep = keep && !(theirs.from <= office.to && office.from <= theirs.to);
      else if (office.to == distant_future && theirs.from > office.from && is_sole_office(base_.words_, office.role))
        office.to = theirs.from - 1;
    }
    if (keep) kept.push_back(std::move(office));
  }
  base_.offices_ = std::move(kept);
}

}  // namespace legation
