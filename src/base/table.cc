#include "base/table.h"

#include <algorithm>

namespace legation {
namespace {

std::string_view take(std::string_view& rest, char separator) {
  const std::size_t at = rest.find(separator);
  const std::string_view piece = rest.substr(0, at);
  rest = at == std::string_view::npos ? std::string_view() : rest.substr(at + 1);
  return piece;
}

bool is_blank(char c) { return c == ' ' || c == '\r' || c == '\n' || c == '\t'; }

void split_cells(std::string_view line, std::vector<std::string_view>& cells) {
  cells.clear();
  for (std::size_t at = line.find('\t'); at != std::string_view::npos; at = line.find('\t')) {
    cells.push_back(trim(line.substr(0, at)));
    line.remove_prefix(at + 1);
  }
  cells.push_back(trim(line));
}

}  // namespace

std::string_view trim(std::string_view text) {
  while (!text.empty() && is_blank(text.front())) text.remove_prefix(1);
  while (!text.empty() && is_blank(text.back())) text.remove_suffix(1);
  return text;
}

std::vector<std::string_view> split_list(std::string_view cell, char separator) {
  std::vector<std::string_view> pieces;
  while (!cell.empty()) {
    const std::string_view piece = trim(take(cell, separator));
    if (!piece.empty()) pieces.push_back(piece);
  }
  return pieces;
}

Result<Table> Table::read(std::string_view file, std::string_view bytes, const std::vector<std::string_view>& columns,
                          const std::vector<std::string_view>& optional) {
  constexpr auto absent = static_cast<std::size_t>(-1);
  Table table;
  table.file_ = file.substr(file.rfind('/') + 1);  // npos + 1 is 0: a bare name stays whole
  table.width_ = columns.size() + optional.size();
  std::vector<std::size_t> position;  // of each wanted column among the file's
  std::size_t width_in_file = 0;
  std::vector<std::string_view> cells;
  for (std::size_t line_number = 1; !bytes.empty(); ++line_number) {
    const std::string_view line = take(bytes, '\n');
    if (trim(line).empty() || line.front() == '#') continue;
    split_cells(line, cells);
    if (position.empty()) {  // the header
      for (std::string_view column : columns) {
        const auto found = std::find(cells.begin(), cells.end(), column);
        if (found == cells.end())
          return Error{Error::Code::bad_format, table.file_ + ":" + std::to_string(line_number) + ": the header has no column \"" + std::string(column) + "\""};
        position.push_back(static_cast<std::size_t>(found - cells.begin()));
      }
      for (std::string_view column : optional) {
        const auto found = std::find(cells.begin(), cells.end(), column);
        position.push_back(found == cells.end() ? absent : static_cast<std::size_t>(found - cells.begin()));
      }
      width_in_file = cells.size();
      const auto lines = static_cast<std::size_t>(std::count(bytes.begin(), bytes.end(), '\n')) + 1;
      table.lines_.reserve(lines);
      table.cells_.reserve(lines * table.width_);
      continue;
    }
    if (cells.size() > width_in_file)
      return Error{Error::Code::bad_format, table.file_ + ":" + std::to_string(line_number) + ": " + std::to_string(cells.size()) + " cells, the header has " +
                                                std::to_string(width_in_file)};
    cells.resize(width_in_file);
    for (std::size_t at : position) table.cells_.push_back(at == absent ? std::string_view() : cells[at]);
    table.lines_.push_back(line_number);
  }
  if (position.empty()) return Error{Error::Code::bad_format, table.file_ + ":1: no header row"};
  return table;
}

std::string Table::place(std::size_t row) const { return file_ + ":" + std::to_string(lines_[row]); }

Error Table::fault(std::size_t row, const std::string& what) const { return {Error::Code::bad_format, place(row) + ": " + what}; }

}  // namespace legation
