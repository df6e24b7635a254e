#include "ledger/database.h"

#include <duckdb.h>

#include <filesystem>

namespace legation {
namespace {

/// DuckDB's words up to the first newline: what follows are stack traces and hints.
std::string first_line(const char* words) {
  const std::string text = words == nullptr ? "unknown fault" : words;
  return text.substr(0, text.find('\n'));
}

/// "Conflicting lock is held in /usr/bin/x (PID 17)" -> " (PID 17)".
std::string process_of(const std::string& words) {
  const std::size_t begin = words.find("(PID "), end = words.find(')', begin);
  return begin == std::string::npos || end == std::string::npos ? "" : " " + words.substr(begin, end + 1 - begin);
}

Error opening_fault(const std::string& path, const char* words) {
  const std::string line = first_line(words);
  if (line.find("lock on file") != std::string::npos)
    return {Error::Code::io, path + ": another process" + process_of(words) + " is writing this ledger; try again when it is done"};
  const bool damaged = line.find("valid DuckDB") != std::string::npos || line.find("corrupt") != std::string::npos ||
                       line.find("checksum") != std::string::npos || line.find("read from file") != std::string::npos ||
                       line.find("read enough bytes") != std::string::npos;
  return {damaged ? Error::Code::bad_format : Error::Code::io, path + (damaged ? ": no ledger, or damaged: " : ": ") + line};
}

}  // namespace

std::string quoted(std::string_view text) {
  std::string out = "'";
  for (const char c : text) out += c == '\'' ? std::string("''") : std::string(1, c);
  return out + "'";
}

struct Rows::State {
  duckdb_result result{};
  State() = default;
  State(const State&) = delete;
  State& operator=(const State&) = delete;
  ~State() { duckdb_destroy_result(&result); }
};

Rows::Rows(std::unique_ptr<State> state) : state_(std::move(state)) {}
Rows::Rows(Rows&&) noexcept = default;
Rows& Rows::operator=(Rows&&) noexcept = default;
Rows::~Rows() = default;
std::size_t Rows::size() const { return duckdb_row_count(&state_->result); }
std::size_t Rows::columns() const { return duckdb_column_count(&state_->result); }
std::string Rows::column(std::size_t index) const { return duckdb_column_name(&state_->result, index); }

std::optional<std::string> Rows::text(std::size_t row, std::size_t column) const {
  char* value = duckdb_value_varchar(&state_->result, column, row);
  if (value == nullptr) return std::nullopt;
  std::string copy = value;
  duckdb_free(value);
  return copy;
}

std::string Rows::bytes(std::size_t row, std::size_t column) const {
  duckdb_blob value = duckdb_value_blob(&state_->result, column, row);
  std::string copy(static_cast<const char*>(value.data), value.size);
  duckdb_free(value.data);
  return copy;
}

std::int64_t Rows::number(std::size_t row, std::size_t column) const { return duckdb_value_int64(&state_->result, column, row); }
double Rows::real(std::size_t row, std::size_t column) const { return duckdb_value_double(&state_->result, column, row); }

struct Appender::State {
  duckdb_appender appender = nullptr;
  std::string fault;
  State() = default;
  State(const State&) = delete;
  State& operator=(const State&) = delete;
  ~State() {
    if (appender != nullptr) duckdb_appender_destroy(&appender);
  }
  void check(duckdb_state state) {
    if (state == DuckDBError && fault.empty()) fault = first_line(duckdb_appender_error(appender));
  }
};

Appender::Appender(std::unique_ptr<State> state) : state_(std::move(state)) {}
Appender::Appender(Appender&&) noexcept = default;
Appender& Appender::operator=(Appender&&) noexcept = default;
Appender::~Appender() = default;

Appender& Appender::text(std::string_view value) {
  state_->check(duckdb_append_varchar_length(state_->appender, value.data() == nullptr ? "" : value.data(), value.size()));
  return *this;
}
Appender& Appender::bytes(std::string_view value) {
  state_->check(duckdb_append_blob(state_->appender, value.data(), value.size()));
  return *this;
}
Appender& Appender::number(std::int64_t value) { return state_->check(duckdb_append_int64(state_->appender, value)), *this; }
Appender& Appender::digest(std::uint64_t value) { return state_->check(duckdb_append_uint64(state_->appender, value)), *this; }
Appender& Appender::flag(bool value) { return state_->check(duckdb_append_bool(state_->appender, value)), *this; }
Appender& Appender::null() { return state_->check(duckdb_append_null(state_->appender)), *this; }
Appender& Appender::real(std::optional<double> value) {
  if (!value) return null();
  return state_->check(duckdb_append_double(state_->appender, *value)), *this;
}
Appender& Appender::date(std::optional<Date> value) {
  if (!value) return null();
  return state_->check(duckdb_append_date(state_->appender, duckdb_date{value->days})), *this;
}
void Appender::end_row() { state_->check(duckdb_appender_end_row(state_->appender)); }

Status Appender::close() {
  state_->check(duckdb_appender_close(state_->appender));
  if (!state_->fault.empty()) return Error{Error::Code::io, state_->fault};
  return success();
}

struct Database::State {
  std::string path;
  duckdb_database database = nullptr;
  duckdb_connection connection = nullptr;
  State() = default;
  State(const State&) = delete;
  State& operator=(const State&) = delete;
  ~State() {
    if (connection != nullptr) duckdb_disconnect(&connection);
    if (database != nullptr) duckdb_close(&database);
  }
  Error fault(duckdb_error_type type, const char* words) const {
    const bool wrong = type == DUCKDB_ERROR_PARSER || type == DUCKDB_ERROR_BINDER || type == DUCKDB_ERROR_CATALOG;
    return {wrong ? Error::Code::bad_format : Error::Code::io, path + ": " + first_line(words)};
  }
};

Database::Database(std::unique_ptr<State> state) : state_(std::move(state)) {}
Database::Database(Database&&) noexcept = default;
Database& Database::operator=(Database&&) noexcept = default;
Database::~Database() = default;
const std::string& Database::path() const { return state_->path; }

Result<Database> Database::open(const std::string& path, Access access) {
  std::error_code ignored;
  if (access == Access::read && !std::filesystem::exists(path, ignored)) return Error{Error::Code::not_found, path + ": no such ledger"};
  duckdb_config config = nullptr;
  duckdb_create_config(&config);
  duckdb_set_config(config, "access_mode", access == Access::read ? "READ_ONLY" : "READ_WRITE");
  duckdb_set_config(config, "memory_limit", "700MB");  // the rest of a gigabyte and a half is the engine's
  // A checkpoint in the middle of a run stops everything; the run ends with one.
  duckdb_set_config(config, "checkpoint_threshold", "256MB");
  auto state = std::make_unique<State>();
  state->path = path;
  char* words = nullptr;
  const duckdb_state opened = duckdb_open_ext(path.c_str(), &state->database, config, &words);
  duckdb_destroy_config(&config);
  if (opened == DuckDBError) {
    Error error = opening_fault(path, words);
    duckdb_free(words);
    return error;
  }
  if (duckdb_connect(state->database, &state->connection) == DuckDBError) return Error{Error::Code::io, path + ": no connection"};
  return Database(std::move(state));
}

Status Database::run(const std::string& sql) {
  Rows::State answer;
  if (duckdb_query(state_->connection, sql.c_str(), &answer.result) == DuckDBError)
    return state_->fault(duckdb_result_error_type(&answer.result), duckdb_result_error(&answer.result));
  return success();
}

Result<Rows> Database::query(const std::string& sql, const std::vector<std::string>& values) {
  auto answer = std::make_unique<Rows::State>();
  duckdb_prepared_statement statement = nullptr;
  if (duckdb_prepare(state_->connection, sql.c_str(), &statement) == DuckDBError) {
    Error error = state_->fault(DUCKDB_ERROR_PARSER, duckdb_prepare_error(statement));
    duckdb_destroy_prepare(&statement);
    return error;
  }
  for (std::size_t at = 0; at < values.size(); ++at) duckdb_bind_varchar_length(statement, at + 1, values[at].data(), values[at].size());
  const duckdb_state done = duckdb_execute_prepared(statement, &answer->result);
  duckdb_destroy_prepare(&statement);
  if (done == DuckDBError) return state_->fault(duckdb_result_error_type(&answer->result), duckdb_result_error(&answer->result));
  return Rows(std::move(answer));
}

namespace {

std::optional<ColumnType> type_of(duckdb_type type) {
  switch (type) {
    case DUCKDB_TYPE_VARCHAR:
      return ColumnType::text;
    case DUCKDB_TYPE_BIGINT:
      return ColumnType::integer;
    case DUCKDB_TYPE_DOUBLE:
      return ColumnType::real;
    case DUCKDB_TYPE_DATE:
      return ColumnType::day;
    default:
      return std::nullopt;
  }
}

void read_texts(duckdb_vector vector, std::size_t rows, const std::uint64_t* present, Column& column) {
  auto* texts = static_cast<duckdb_string_t*>(duckdb_vector_get_data(vector));
  column.ends.push_back(0);
  for (std::size_t row = 0; row < rows; ++row) {
    if (present == nullptr || (present[row / 64] >> row % 64 & 1) != 0) {
      const char* begin = duckdb_string_t_data(&texts[row]);
      column.values.insert(column.values.end(), begin, begin + duckdb_string_t_length(texts[row]));
    }
    column.ends.push_back(static_cast<std::int32_t>(column.values.size()));
  }
}

Column column_of(duckdb_vector vector, ColumnType type, std::size_t rows) {
  Column column;
  column.type = type;
  const std::uint64_t* present = duckdb_vector_get_validity(vector);
  if (present != nullptr) {
    const auto* bytes = reinterpret_cast<const std::uint8_t*>(present);  // little-endian: bit by bit as Arrow has them
    column.present.assign(bytes, bytes + (rows + 7) / 8);
    for (std::size_t row = 0; row < rows; ++row) column.missing += (present[row / 64] >> row % 64 & 1) == 0;
  }
  if (type == ColumnType::text) {
    read_texts(vector, rows, present, column);
    return column;
  }
  const auto* values = static_cast<const char*>(duckdb_vector_get_data(vector));
  column.values.assign(values, values + rows * (type == ColumnType::day ? sizeof(std::int32_t) : sizeof(std::int64_t)));
  return column;
}

Result<std::vector<ColumnHead>> heads_of(duckdb_result& result, const std::string& path) {
  std::vector<ColumnHead> heads;
  for (idx_t at = 0; at < duckdb_column_count(&result); ++at) {
    const auto type = type_of(duckdb_column_type(&result, at));
    if (!type) return Error{Error::Code::bad_format, path + ": column \"" + duckdb_column_name(&result, at) + "\" has a type that cannot be streamed"};
    heads.push_back({duckdb_column_name(&result, at), *type});
  }
  return heads;
}

}  // namespace

Status Database::stream(const std::string& sql, const std::function<bool(const std::vector<ColumnHead>&)>& begin,
                        const std::function<bool(const Chunk&)>& take) {
  duckdb_prepared_statement statement = nullptr;
  duckdb_pending_result pending = nullptr;
  Rows::State answer;
  Status done = success();
  if (duckdb_prepare(state_->connection, sql.c_str(), &statement) == DuckDBError)
    done = state_->fault(DUCKDB_ERROR_PARSER, duckdb_prepare_error(statement));
  else if (duckdb_pending_prepared_streaming(statement, &pending) == DuckDBError || duckdb_execute_pending(pending, &answer.result) == DuckDBError)
    done = state_->fault(DUCKDB_ERROR_IO, duckdb_pending_error(pending));
  duckdb_destroy_pending(&pending);
  duckdb_destroy_prepare(&statement);
  if (!done.ok()) return done;
  const auto heads = heads_of(answer.result, path());
  if (!heads.ok()) return heads.error();
  bool on = begin(heads.value());
  while (on) {
    duckdb_data_chunk data = duckdb_fetch_chunk(answer.result);
    if (data == nullptr) break;
    Chunk chunk;
    chunk.rows = duckdb_data_chunk_get_size(data);
    for (std::size_t at = 0; at < heads.value().size(); ++at)
      chunk.columns.push_back(column_of(duckdb_data_chunk_get_vector(data, at), heads.value()[at].type, chunk.rows));
    duckdb_destroy_data_chunk(&data);
    on = chunk.rows == 0 || take(chunk);
  }
  if (const char* words = duckdb_result_error(&answer.result); words != nullptr && *words != '\0') return state_->fault(DUCKDB_ERROR_IO, words);
  return success();
}

Result<Appender> Database::append_to(const std::string& table) {
  auto state = std::make_unique<Appender::State>();
  if (duckdb_appender_create(state_->connection, nullptr, table.c_str(), &state->appender) == DuckDBError)
    return Error{Error::Code::io, path() + ": " + first_line(duckdb_appender_error(state->appender))};
  return Appender(std::move(state));
}

}  // namespace legation
