// The table a user brings along (--kb): one form for names of states, people with their offices, organisations,
// role nouns, places and words that mean nobody. Docs: docs/knowledge-base.md.
#pragma once

#include <array>
#include <cstdint>
#include <optional>
#include <string_view>
#include <vector>

#include "base/resources.h"
#include "base/table.h"
#include "entities/knowledge_base.h"

namespace legation {

/// Where the program puts the user's tables among the resources: "data/user/00/my_table.tsv".
inline constexpr std::string_view user_tables_prefix = "data/user/";
std::string user_table_path(std::size_t number, std::string_view file);

/// Cells of a row by position; the first three columns and the source must be in the header.
enum UserColumn : std::uint8_t {
  user_kind,
  user_name,
  user_code,
  user_source,
  user_aliases,
  user_sectors,
  user_role,
  user_from,
  user_to,
  user_gender,
  user_wikidata
};
Result<Table> read_user_table(std::string_view path, std::string_view bytes);
/// "kind\tname\taliases\tcode\t...": the header of a table that the program writes.
std::string_view user_table_header();

/// What a row of the table is.
enum class UserKind : std::uint8_t { state_name, person, organisation, agent, place, vague };
std::optional<UserKind> user_kind_of(std::string_view cell);
/// Kinds of organisations, as in organisations.tsv.
const std::vector<std::string_view>& organisation_kinds();

}  // namespace legation
