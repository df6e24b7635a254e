// The checks of check_entity_tables, table by table.
#include "entities/table_check.h"

#include <algorithm>
#include <array>
#include <map>
#include <memory>
#include <set>
#include <unordered_map>

#include "base/ascii.h"
#include "base/table.h"
#include "entities/normal_form.h"
#include "entities/roles.h"
#include "entities/table_loader.h"
#include "entities/user_table.h"

namespace legation {
namespace {

using Columns = std::vector<std::string_view>;

/// What a table must have. Columns in `needed` may not be empty.
struct Layout {
  std::string_view file;
  Columns columns, needed, kinds;
};

const std::vector<Layout>& layouts() {
  static const Columns name_columns = {"code", "alias", "kind", "sector", "from", "to", "source"};
  static const Columns name_kinds = {"name", "former", "abbreviation", "adjective", "people", "capital", "metonym"};
  static const std::vector<Layout> all = {
      {"states.tsv",
       {"code", "name", "kind", "folds_into", "sector", "source"},
       {"code", "name", "kind", "source"},
       {"state", "territory", "disputed", "international", "former"}},
      {"state_names.tsv", name_columns, {"code", "alias", "kind", "source"}, name_kinds},
      {"state_names_extra.tsv", name_columns, {"code", "alias", "kind", "source"}, name_kinds},
      {"people.tsv", {"id", "name", "aliases", "gender", "nationality", "wikidata", "source"}, {"id", "name", "nationality", "source"}, {}},
      {"offices.tsv", {"person", "role", "code", "sectors", "from", "to", "source"}, {"person", "role", "code", "source"}, {}},
      {"organisations.tsv",
       {"id", "name", "aliases", "code", "sectors", "kind", "wikidata", "from", "to", "source"},
       {"id", "name", "code", "kind", "source"},
       organisation_kinds()},
      {"agents.tsv", {"term", "plural", "sectors", "kind", "can_be_title", "source"}, {"term", "kind", "can_be_title", "source"}, {"person", "group", "body"}},
      {"places.tsv", {"name", "aliases", "country", "kind", "source"}, {"name", "kind", "source"}, {}},
      {"vague.tsv", {"term", "source"}, {"term", "source"}, {}},
      {"joint_offices.tsv", {"code", "role", "from", "to", "why", "source"}, {"code", "role", "why", "source"}, {}}};
  return all;
}

bool is_sector(std::string_view sector) {
  static constexpr std::array<std::string_view, 25> known = {"COP", "GOV", "JUD", "LEG", "MIL", "PRM", "PTY", "REB", "SPY", "UAF", "UNK", "AGR", "BUS",
                                                             "CRM", "CVL", "EDU", "ELI", "JRN", "LAB", "MED", "REF", "OPP", "PRE", "REL", "SOC"};
  return std::find(known.begin(), known.end(), sector) != known.end();
}

bool contains(const Columns& list, std::string_view word) { return std::find(list.begin(), list.end(), word) != list.end(); }

std::string quoted(std::string_view text) { return "\"" + std::string(text) + "\""; }

std::uint64_t digest_without_article(std::string_view name) {
  if (name.starts_with("the ")) name.remove_prefix(4);
  return KnowledgeBase::digest_of(name);
}

/// First and last day of a term as far as they are sure: a year alone may begin on its last day and end on its first.
struct SureTerm {
  Date from = distant_past, to = distant_future;
};
SureTerm sure_term(std::string_view from, std::string_view to) {
  SureTerm term;
  if (const auto day = read_table_date(from, true)) term.from = *day;
  if (const auto day = read_table_date(to, false)) term.to = *day;
  return term;
}
int overlap(const SureTerm& one, const SureTerm& other) { return std::min(one.to, other.to) - std::max(one.from, other.from); }

/// A name or office may change hands within this many days without being told a double.
constexpr int days_of_change = 31;

class Checker {
 public:
  explicit Checker(const Resources& resources) : resources_(resources), faults_(WordLists::faults(resources)) {
    if (auto words = WordLists::load(resources); words.ok()) words_ = std::move(words).value();
  }

  std::vector<std::string> check() {
    for (const Layout& layout : layouts()) open(layout);
    for (const auto& [file, table] : tables_) read_known(file, *table);
    for (const Layout& layout : layouts())
      if (const Table* table = this->table(layout.file)) check_cells(layout, *table);
    check_ids("states.tsv", "code");
    check_ids("people.tsv", "id");
    check_ids("organisations.tsv", "id");
    check_ids("agents.tsv", "term");
    check_ids("vague.tsv", "term");
    check_carried_names();
    check_offices();
    for (const std::string& path : resources_.names(user_tables_prefix)) check_user_table(path);
    return std::move(faults_);
  }

 private:
  void fault(const Table& table, std::size_t row, const std::string& what) { faults_.push_back(table.fault(row, what).what); }

  void open(const Layout& layout) {
    const std::string path = "data/entities/" + std::string(layout.file);
    const auto bytes = resources_.file(path);
    if (!bytes.ok()) return;
    auto table = Table::read(path, bytes.value(), layout.columns);
    if (!table.ok()) return faults_.push_back(table.error().what);
    tables_.emplace_back(layout.file, std::make_unique<Table>(std::move(table).value()));
  }

  const Table* table(std::string_view file) const {
    for (const auto& [name, table] : tables_)
      if (name == file) return table.get();
    return nullptr;
  }

  static std::size_t column(std::string_view file, std::string_view name) {
    for (const Layout& layout : layouts())
      if (layout.file == file) return static_cast<std::size_t>(std::find(layout.columns.begin(), layout.columns.end(), name) - layout.columns.begin());
    return 0;
  }

  static std::string_view cell(std::string_view file, const Table& table, std::size_t row, std::string_view name) {
    const std::size_t at = column(file, name);
    for (const Layout& layout : layouts())
      if (layout.file == file && at == layout.columns.size()) return {};
    return table.cell(row, at);
  }

  void read_known(std::string_view file, const Table& table) {
    auto& known = file == "states.tsv" ? codes_ : people_;
    if (file != "states.tsv" && file != "people.tsv") return;
    for (std::size_t row = 0; row < table.rows(); ++row) known.insert(table.cell(row, 0));
  }

  // ---- cells ----

  void check_cells(const Layout& layout, const Table& table) {
    for (std::size_t row = 0; row < table.rows(); ++row) {
      const auto at = [&](std::string_view name) { return cell(layout.file, table, row, name); };
      for (std::string_view needed : layout.needed)
        if (at(needed).empty()) fault(table, row, needed == "source" ? "no source" : "no " + std::string(needed));
      if (!layout.kinds.empty() && !contains(layout.kinds, at("kind"))) fault(table, row, "kind " + quoted(at("kind")) + " is unknown");
      for (std::string_view name : {"code", "folds_into", "nationality", "country"})
        if (layout.file != "states.tsv" || name == "folds_into") check_code(table, row, at(name));
      check_sectors(table, row, at("sectors"));
      check_sectors(table, row, at("sector"));
      check_wikidata(table, row, at("wikidata"));
      check_dates(table, row, at("from"), at("to"));
    }
  }

  void check_code(const Table& table, std::size_t row, std::string_view code) {
    if (!code.empty() && !codes_.empty() && !codes_.count(code)) fault(table, row, "code " + quoted(code) + " is not in states.tsv");
  }

  void check_sectors(const Table& table, std::size_t row, std::string_view cell) {
    for (std::string_view sector : split_list(cell))
      if (!is_sector(sector)) fault(table, row, "sector " + quoted(sector) + " is not one of PLOVER's");
  }

  void check_wikidata(const Table& table, std::size_t row, std::string_view id) {
    const bool sound = id.empty() || (id.size() > 1 && id.front() == 'Q' && std::all_of(id.begin() + 1, id.end(), ascii::is_digit));
    if (!sound) fault(table, row, "wikidata " + quoted(id) + " is no number with a Q before it");
  }

  void check_dates(const Table& table, std::size_t row, std::string_view from, std::string_view to) {
    const auto first = read_table_date(from, false), last = read_table_date(to, true);
    if (!from.empty() && !first) fault(table, row, quoted(from) + " is no date (YYYY-MM-DD or YYYY)");
    if (!to.empty() && !last) fault(table, row, quoted(to) + " is no date (YYYY-MM-DD or YYYY)");
    if (first && last && *last < *first) fault(table, row, "ends before it begins");
  }

  void check_ids(std::string_view file, std::string_view name) {
    const Table* table = this->table(file);
    if (!table) return;
    std::map<std::string_view, std::size_t> seen;
    for (std::size_t row = 0; row < table->rows(); ++row) {
      const std::string_view id = cell(file, *table, row, name);
      if (const auto [at, is_new] = seen.emplace(id, row); !is_new)
        fault(*table, row, std::string(name) + " " + quoted(id) + " is that of line " + std::to_string(table->line(at->second)) + " too");
    }
  }

  // ---- names ----

  /// One name, two owners, at the same time. Of people and bodies only those of one state: others the linker tells apart by
  /// the text.
  class Holders {
   public:
    /// The place and owner of who has the name already; empty when nobody else has.
    std::string other(std::string_view name, std::string_view owner, std::string_view state, const SureTerm& when, const std::string& place) {
      // "KIA" and "Kia" are told apart by their writing
      auto& holders = holders_[digest_without_article(name) ^ (is_acronym(name) ? 1u : 0u)];
      std::string found;
      for (const Holder& holder : holders)
        if (holder.owner != owner && holder.state == state && overlap(holder.when, when) > days_of_change)
          found = "is " + quoted(holder.owner) + " already (" + holder.place + ")";
      holders.push_back({std::string(owner), std::string(state), when, place});
      return found;
    }

   private:
    struct Holder {
      std::string owner, state;
      SureTerm when;
      std::string place;
    };
    std::unordered_map<std::uint64_t, std::vector<Holder>> holders_;
  };

  void check_name(const Table& table, std::size_t row, std::string_view name, std::string_view owner, std::string_view state, const SureTerm& when,
                  Holders& holders) {
    if (const std::string other = holders.other(name, owner, state, when, table.place(row)); !other.empty()) fault(table, row, quoted(name) + " " + other);
  }

  void check_carried_names() {
    Holders states;
    for (std::string_view file : {"state_names.tsv", "state_names_extra.tsv"})
      if (const Table* table = this->table(file))
        for (std::size_t row = 0; row < table->rows(); ++row)
          if (!cell(file, *table, row, "source").ends_with("shared"))  // "Congo": the linker chooses by the document
            check_name(*table, row, table->cell(row, 1), table->cell(row, 0), {}, sure_term(table->cell(row, 4), table->cell(row, 5)), states);
    for (std::string_view file : {"people.tsv", "organisations.tsv"}) {
      Holders holders;
      const Table* table = this->table(file);
      for (std::size_t row = 0; table && row < table->rows(); ++row) {
        const SureTerm when = sure_term(cell(file, *table, row, "from"), cell(file, *table, row, "to"));
        const std::string_view state = cell(file, *table, row, file == "people.tsv" ? "nationality" : "code");
        check_name(*table, row, table->cell(row, 1), table->cell(row, 0), state, when, holders);
        for (std::string_view alias : split_list(table->cell(row, 2))) check_name(*table, row, alias, table->cell(row, 0), state, when, holders);
      }
    }
  }

  // ---- offices ----

  struct Holding {
    std::string_view person;
    SureTerm when;
    std::size_t row;
  };

  void check_offices() {
    const Table* table = this->table("offices.tsv");
    std::map<std::pair<std::string, std::string_view>, std::vector<Holding>> offices;
    for (std::size_t row = 0; table && row < table->rows(); ++row) {
      const std::string_view person = table->cell(row, 0), role = table->cell(row, 1), code = table->cell(row, 2);
      if (!people_.empty() && !people_.count(person)) fault(*table, row, "person " + quoted(person) + " is not in people.tsv");
      check_holding(*table, {person, sure_term(table->cell(row, 4), table->cell(row, 5)), row}, role, code, offices[{canonical_role(role), code}]);
    }
  }

  void check_holding(const Table& table, const Holding& holding, std::string_view role, std::string_view code, std::vector<Holding>& before) {
    const bool body_of_many = code == "IGO" || code == "NGO" || code == "MNC" || code == "IMG" || code == "ISM";
    if (!is_sole_office(words_, role) || body_of_many) return;
    for (const Holding& other : before)
      if (other.person != holding.person && overlap(other.when, holding.when) > days_of_change &&
          !is_joint(role, code, {std::max(other.when.from, holding.when.from), std::min(other.when.to, holding.when.to)}))
        fault(table, holding.row,
              "term of " + std::string(role) + " of " + std::string(code) + " overlaps that of " + quoted(other.person) + " (" + table.place(other.row) + ")");
    before.push_back(holding);
  }

  /// Rival governments, joint presidencies: more than one is right.
  bool is_joint(std::string_view role, std::string_view code, const SureTerm& common) const {
    const Table* table = this->table("joint_offices.tsv");
    for (std::size_t row = 0; table && row < table->rows(); ++row) {
      if (table->cell(row, 0) != code || canonical_role(table->cell(row, 1)) != canonical_role(role)) continue;
      const Date from = read_table_date(table->cell(row, 2), false).value_or(distant_past);
      const Date to = read_table_date(table->cell(row, 3), true).value_or(distant_future);
      if (from <= common.from && common.to <= to) return true;
    }
    return false;
  }

  // ---- tables of the user ----

  void check_user_table(const std::string& path) {
    const auto bytes = resources_.file(path);
    if (!bytes.ok()) return;
    const auto read = read_user_table(path, bytes.value());
    if (!read.ok()) return faults_.push_back(read.error().what);
    const Table& table = read.value();
    std::map<std::pair<std::string, std::string_view>, std::vector<Holding>> offices;
    for (std::size_t row = 0; row < table.rows(); ++row) {
      const auto kind = user_kind_of(table.cell(row, user_kind));
      if (!kind) fault(table, row, "kind " + quoted(table.cell(row, user_kind)) + " is unknown");
      if (table.cell(row, user_name).empty()) fault(table, row, "no name");
      if (table.cell(row, user_source).empty()) fault(table, row, "no source");
      const bool needs_code = kind && *kind != UserKind::agent && *kind != UserKind::vague;
      if (needs_code && table.cell(row, user_code).empty()) fault(table, row, "no code");
      check_code(table, row, table.cell(row, user_code));
      check_sectors(table, row, table.cell(row, user_sectors));
      check_wikidata(table, row, table.cell(row, user_wikidata));
      check_dates(table, row, table.cell(row, user_from), table.cell(row, user_to));
      if (!kind) continue;
      check_user_names(table, row, *kind);
      if (*kind == UserKind::person)
        check_holding(table, {table.cell(row, user_name), sure_term(table.cell(row, user_from), table.cell(row, user_to)), row}, table.cell(row, user_role),
                      table.cell(row, user_code), offices[{canonical_role(table.cell(row, user_role)), table.cell(row, user_code)}]);
    }
  }

  void check_user_names(const Table& table, std::size_t row, UserKind kind) {
    const bool of_state = kind == UserKind::state_name || kind == UserKind::place;
    const std::string_view owner = table.cell(row, of_state ? user_code : user_name);
    Holders& holders = kind == UserKind::agent ? user_agents_ : user_names_;
    const SureTerm when = kind == UserKind::person ? SureTerm() : sure_term(table.cell(row, user_from), table.cell(row, user_to));
    const std::string_view state = of_state ? std::string_view() : table.cell(row, user_code);
    check_name(table, row, table.cell(row, user_name), owner, state, when, holders);
    for (std::string_view alias : split_list(table.cell(row, user_aliases))) check_name(table, row, alias, owner, state, when, holders);
  }

  const Resources& resources_;
  WordLists words_;
  std::vector<std::pair<std::string_view, std::unique_ptr<Table>>> tables_;
  std::set<std::string_view> codes_, people_;
  Holders user_names_, user_agents_;
  std::vector<std::string> faults_;
};

}  // namespace

std::vector<std::string> check_entity_tables(const Resources& resources) { return Checker(resources).check(); }

}  // namespace legation
