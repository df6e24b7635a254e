// TableLoader: reads the tables of data/entities into a KnowledgeBase. Used by KnowledgeBase::load alone.
#pragma once

#include <string_view>
#include <unordered_map>
#include <vector>

#include "base/table.h"
#include "entities/knowledge_base.h"

namespace legation {

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
  Result<std::vector<std::string_view>> sectors(const Table& table, std::size_t row,
                                                std::string_view cell) const;
  /// The code an actor gets: that of a territory's or disputed entity's sovereign where PLOVER folds it.
  Result<std::string_view> code(const Table& table, std::size_t row, std::string_view cell) const;
  Result<Validity> validity(const Table& table, std::size_t row, std::string_view from,
                            std::string_view to) const;
  void add(std::string_view words, Name name);
  void add_name_parts(std::string_view full, std::string_view nationality, Name name);
  void index_names();
  void index_offices();

  const Resources& resources_;
  KnowledgeBase base_;
  std::vector<Keyed> keyed_;
  std::vector<std::uint64_t> prefixes_;
  std::unordered_map<std::string_view, std::uint32_t> people_by_id_;
  std::unordered_map<std::string_view, std::string_view> folds_into_;
};

}  // namespace legation
