// Formats: how the field's event files are laid out, and which of their columns are which of ours. docs/formats.md tells the rest.
#pragma once

#include <cstdint>
#include <map>
#include <string>
#include <string_view>
#include <vector>

namespace legation {

/// One layout. Expressions are DuckDB SQL over its columns, all texts.
struct EventFormat {
  enum class Kind : std::uint8_t { delimited, json, parquet };
  std::string name;
  Kind kind = Kind::delimited;
  char delimiter = '\t';
  bool header = false;                               ///< the first line names the columns
  std::vector<std::string> columns;                  ///< of a file without header, in order
  std::map<std::string, std::string> expressions;    ///< our column -> what fills it; absent = empty
  std::map<std::string, std::string> synonyms = {};  ///< column -> what some files call it
};

/// Our columns of an event row, in the order of the import's staging table and of exported CSV.
const std::vector<std::string>& event_columns();
/// All that can be imported; null for an unknown name.
const EventFormat* find_format(std::string_view name);
std::vector<std::string> format_names();
/// From the first line and the file's name; empty when none fits.
std::string guess_format(std::string_view path, std::string_view first_line);

}  // namespace legation
