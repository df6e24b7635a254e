// legation query: SQL over a ledger, which it never changes.
#include <fmt/format.h>

#include <algorithm>

#include "cli/commands.h"
#include "cli/session.h"
#include "ledger/ledger.h"

namespace legation {
namespace {

struct QueryArguments {
  std::string ledger, sql, format = "table";
};

/// Code points: how wide a cell stands on a terminal.
std::size_t width_of(const std::string& text) {
  return static_cast<std::size_t>(std::count_if(text.begin(), text.end(), [](char c) { return (static_cast<unsigned char>(c) & 0xC0) != 0x80; }));
}

void add_line(const std::vector<std::string>& cells, const std::vector<std::size_t>& widths, std::string& out) {
  for (std::size_t at = 0; at < cells.size(); ++at) {
    out += cells[at];
    if (at + 1 < cells.size()) out.append(widths[at] - width_of(cells[at]) + 2, ' ');
  }
  out += '\n';
}

std::string table(const Rows& rows) {
  std::vector<std::vector<std::string>> lines(1 + rows.size(), std::vector<std::string>(rows.columns()));
  std::vector<std::size_t> widths(rows.columns());
  for (std::size_t line = 0; line < lines.size(); ++line)
    for (std::size_t at = 0; at < rows.columns(); ++at) {
      lines[line][at] = line == 0 ? rows.column(at) : rows.text(line - 1, at).value_or("");
      std::replace(lines[line][at].begin(), lines[line][at].end(), '\n', ' ');
      widths[at] = std::max(widths[at], width_of(lines[line][at]));
    }
  std::string out;
  for (const auto& line : lines) add_line(line, widths, out);
  return out;
}

std::string without_semicolon(std::string sql) {
  while (!sql.empty() && (sql.back() == ';' || std::isspace(static_cast<unsigned char>(sql.back())))) sql.pop_back();
  return sql;
}

int query(const QueryArguments& arguments) {
  auto ledger = Ledger::open_to_read(arguments.ledger);
  if (!ledger.ok()) return complain(ledger.error().what), exit_fault;
  const std::string sql = without_semicolon(arguments.sql);
  if (arguments.format != "table") {
    const std::string form = arguments.format == "csv" ? "CSV, HEADER" : arguments.format == "json" ? "JSON" : "PARQUET";
    const Status copied =
        stream_out([&](const std::string& file) { return ledger.value().run("COPY (" + sql + "\n) TO '" + file + "' (FORMAT " + form + ")"); });
    return copied.ok() ? exit_ok : (complain(copied.error().what), exit_fault);
  }
  const auto rows = ledger.value().query("SELECT COLUMNS(*)::VARCHAR FROM (" + sql + "\n)");
  if (!rows.ok()) return complain(rows.error().what), exit_fault;
  return write_out(table(rows.value())) ? exit_ok : exit_fault;
}

}  // namespace

void add_query(CLI::App& app, Run& run) {
  auto arguments = std::make_shared<QueryArguments>();
  CLI::App* command = app.add_subcommand("query", "ask a ledger in SQL; docs/schema.md describes the tables");
  command->add_option("ledger", arguments->ledger, "a file that `legation ingest` made")->required();
  command->add_option("sql", arguments->sql, "one SELECT")->required();
  command->add_option("--format", arguments->format, "table, csv, json (one object a line) or parquet")
      ->check(CLI::IsMember({"table", "csv", "json", "parquet"}))
      ->capture_default_str();
  command->footer("Example:\n  legation query news.ledger \"SELECT * FROM quad_months WHERE actor = 'KOR' AND recipient = 'CHN'\" --format csv");
  command->callback([arguments, &run] { run = [arguments] { return query(*arguments); }; });
}

}  // namespace legation
