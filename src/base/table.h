// Table: a tab-separated file with a header row, as all tables under data/ are.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "legation/result.h"

namespace legation {

/// Rows of string views into the bytes given, which must outlive the table. Lines that are empty or begin with '#'
/// are comments. No quoting: a cell holds no tab and no newline.
class Table {
 public:
  /// Errors: bad_format when a named column is missing or a row has more cells than the header ("file:line: ...").
  /// Rows with fewer cells are filled up with empty ones.
  /// @param optional  columns that may be missing, counted after `columns`; their cells are then empty.
  static Result<Table> read(std::string_view file, std::string_view bytes, const std::vector<std::string_view>& columns,
                            const std::vector<std::string_view>& optional = {});

  std::size_t rows() const { return lines_.size(); }
  /// Cell of a row, by the position of its column in `columns` as given to read().
  std::string_view cell(std::size_t row, std::size_t column) const { return cells_[row * width_ + column]; }
  std::size_t line(std::size_t row) const { return lines_[row]; }  ///< 1-based line in the file
  std::string place(std::size_t row) const;                        ///< "states.tsv:17"
  Error fault(std::size_t row, const std::string& what) const;     ///< bad_format with the place before it

 private:
  std::string file_;
  std::size_t width_ = 0;
  std::vector<std::string_view> cells_;
  std::vector<std::size_t> lines_;
};

/// Splits "a; b; c" and drops blanks round the pieces and empty pieces.
std::vector<std::string_view> split_list(std::string_view cell, char separator = ';');
std::string_view trim(std::string_view text);

}  // namespace legation
