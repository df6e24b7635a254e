// Database: the C interface of DuckDB with owners and Results. The only file that knows DuckDB is database.cc.
#pragma once

#include <cstdint>
#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "legation/date.h"
#include "legation/result.h"

namespace legation {

/// All rows of an answer, in memory.
class Rows {
 public:
  Rows(Rows&&) noexcept;
  Rows& operator=(Rows&&) noexcept;
  ~Rows();
  std::size_t size() const;
  std::size_t columns() const;
  std::string column(std::size_t index) const;
  /// Empty for NULL. Values of nested types must be cast to VARCHAR in the query.
  std::optional<std::string> text(std::size_t row, std::size_t column) const;
  std::string bytes(std::size_t row, std::size_t column) const;    ///< of a BLOB; empty for NULL
  std::int64_t number(std::size_t row, std::size_t column) const;  ///< 0 for NULL
  double real(std::size_t row, std::size_t column) const;          ///< 0 for NULL

 private:
  friend class Database;
  struct State;
  explicit Rows(std::unique_ptr<State> state);
  std::unique_ptr<State> state_;
};

/// Rows into one table, fast. Cells in the order of the columns; a fault is kept and told by close().
class Appender {
 public:
  Appender(Appender&&) noexcept;
  Appender& operator=(Appender&&) noexcept;
  ~Appender();
  Appender& text(std::string_view value);
  Appender& bytes(std::string_view value);
  Appender& number(std::int64_t value);
  Appender& digest(std::uint64_t value);
  Appender& real(std::optional<double> value);
  Appender& flag(bool value);
  Appender& date(std::optional<Date> value);
  Appender& null();
  void end_row();
  /// Hands everything to the table.
  Status close();

 private:
  friend class Database;
  struct State;
  explicit Appender(std::unique_ptr<State> state);
  std::unique_ptr<State> state_;
};

enum class ColumnType : std::uint8_t { text, integer, real, day };
struct ColumnHead {
  std::string name;
  ColumnType type = ColumnType::text;
};
/// The cells of a column as Arrow lays them out: a bit per row whether it is there (empty: all are), then 64-bit numbers or 32-bit days since 1970 in
/// `values`, or texts with where each ends in them (first 0).
struct Column {
  ColumnType type = ColumnType::text;
  std::size_t missing = 0;
  std::vector<std::uint8_t> present;
  std::vector<std::int32_t> ends;
  std::vector<char> values;
};
/// Some rows of an answer.
struct Chunk {
  std::size_t rows = 0;
  std::vector<Column> columns;
};

/// One open file with one connection. Not thread safe.
class Database {
 public:
  enum class Access : std::uint8_t { read, write };
  /// Errors: not_found; io when another process writes it, or it is damaged, in one line that names the file.
  static Result<Database> open(const std::string& path, Access access);
  Database(Database&&) noexcept;
  Database& operator=(Database&&) noexcept;
  ~Database();

  /// One or several statements without parameters. Errors: bad_format for SQL that is wrong, io for the rest.
  Status run(const std::string& sql);
  /// One statement; `?` take the values in order.
  Result<Rows> query(const std::string& sql, const std::vector<std::string>& values = {});
  /// One statement whose answer need not fit into memory: `begin` gets the columns, `take` some rows at a time; false stops.
  /// Columns are VARCHAR, BIGINT, DOUBLE or DATE. Errors: also bad_format for another type.
  Status stream(const std::string& sql, const std::function<bool(const std::vector<ColumnHead>&)>& begin, const std::function<bool(const Chunk&)>& take);
  Result<Appender> append_to(const std::string& table);
  const std::string& path() const;

 private:
  struct State;
  explicit Database(std::unique_ptr<State> state);
  std::unique_ptr<State> state_;
};

/// 'it''s': a text as SQL writes it.
std::string quoted(std::string_view text);

}  // namespace legation
