// TableLoader: reads the tables of data/entities into a KnowledgeBase. Used by KnowledgeBase::load alone.
#pragma once

#include <optional>
#include <string_view>
#include <unordered_map>
#include <unordered_set>
#include <vector>

#include "base/table.h"
#include "entities/knowledge_base.h"

namespace legation {

// Open sides of a validity.
inline constexpr Date distant_past{-400000};
inline constexpr Date distant_future{400000};

/// "2017", "2017-05" or "2017-05-10": the first or the last day it covers; empty when it is no date.
std::optional<Date> read_table_date(std::string_view cell, bool last);
/// What a row of the tables of state names is; empty when the kind is unknown.
std::optional<NameKind> name_kind(std::string_view cell);
/// Written in capitals: the text must have it so.
bool is_acronym(std::string_view words);

class TableLoader {
 public:
  explicit TableLoader(const Resources& resources) : resources_(resources) {}
  Result<KnowledgeBase> load();

 private:
  struct Keyed {
    std::uint64_t digest;
    Name name;
  };
  struct Validity {
    Date from, to;
  };

  Status load_states();
  Status load_state_names(EntityTable table);
  Status load_people();
  Status load_offices();
  Status load_organisations();
  Status load_agents();
  Status load_places();
  Status load_vague();
  Status load_words();
  // user_table.cc
  struct UserRow {
    std::string_view code;
    std::vector<std::string_view> sectors;
    Validity when;
  };
  Status load_user_tables();
  Status load_user_row(const Table& table, std::size_t row);
  void add_user_names(const Table& table, std::size_t row, const Name& name);
  void add_user_state_name(const Table& table, std::size_t row, const UserRow& cells);
  void add_user_person(const Table& table, std::size_t row, const UserRow& cells);
  void add_user_organisation(const Table& table, std::size_t row, const UserRow& cells);
  void add_user_agent(const Table& table, std::size_t row, const UserRow& cells);
  void add_user_place(const Table& table, std::size_t row, const UserRow& cells);
  void add_user_vague(const Table& table, std::size_t row, const UserRow& cells);
  std::uint32_t known_person(std::uint64_t digest, std::string_view code) const;
  void give_way_to_user();
  Result<std::vector<std::string_view>> sectors(const Table& table, std::size_t row, std::string_view cell) const;
  /// The code an actor gets: that of a territory's or disputed entity's sovereign where PLOVER folds it.
  Result<std::string_view> code(const Table& table, std::size_t row, std::string_view cell) const;
  Result<Validity> validity(const Table& table, std::size_t row, std::string_view from, std::string_view to) const;
  void add(std::string_view words, Name name);
  void add_name_parts(std::string_view full, std::string_view nationality, Name name);
  void index_names();
  void index_offices();

  const Resources& resources_;
  KnowledgeBase base_;
  std::vector<Keyed> keyed_;
  std::vector<std::uint64_t> prefixes_;
  std::vector<std::pair<std::string_view, std::uint32_t>> people_names_;  ///< for NearNames
  std::unordered_map<std::string_view, std::uint32_t> people_by_id_;
  std::unordered_map<std::string_view, std::string_view> folds_into_;
  std::unordered_set<std::string_view> dependent_;     ///< codes of disputed entities and territories
  std::unordered_set<std::uint32_t> dependent_lines_;  ///< lines of offices.tsv that are theirs
  // filled only when the user brings tables
  EntityTable user_table_ = EntityTable::user;
  std::unordered_multimap<std::uint64_t, std::uint32_t> people_by_name_;
  std::unordered_map<std::uint64_t, std::uint32_t> user_people_;
};

}  // namespace legation
