#include "ledger/export.h"

#include <fmt/format.h>

#include <fstream>
#include <map>

#include "ledger/arrow_stream.h"
#include "ledger/formats.h"

namespace legation {
namespace {

/// Our columns (formats.h) out of the ledger's tables; the given words where the row was imported.
constexpr const char* rows_sql = R"sql(
SELECT e.event_id, p.plain IS NULL OR p.plain AS plain, coalesce(nullif(i.id, ''), e.event_id::VARCHAR) AS id, coalesce(p.date, e.date) AS date,
  coalesce(p.actor, e.actor) AS actor, coalesce(nullif(i.actor_name, ''), sa.name, '') AS actor_name, coalesce(p.actor_sector, e.actor_sector) AS actor_sectors,
  coalesce(p.recipient, e.recipient) AS recipient, coalesce(nullif(i.recipient_name, ''), sr.name, '') AS recipient_name,
  coalesce(p.recipient_sector, e.recipient_sector) AS recipient_sectors, e.cameo AS code, coalesce(nullif(i.label, ''), c.label, '') AS label,
  e.type, string_split(e.modes, ';')[1] AS mode, e.contexts, coalesce(i.intensity, e.goldstein) AS intensity, coalesce(p.quad, e.quad) AS quad,
  e.place, e.place_country, e.latitude, e.longitude, i.story, e.sentence, coalesce(d.source, i.publisher, '') AS publisher,
  coalesce(d.url, i.url, '') AS url, coalesce(i.reports, 1) AS reports, sa.name AS actor_country, sr.name AS recipient_country,
  sp.name AS place_state, f.fips, e.score
FROM coded_events e LEFT JOIN pairs p USING (event_id) LEFT JOIN imported_events i ON i.event_id = e.event_id
  LEFT JOIN documents d ON d.doc_id = e.doc_id LEFT JOIN map_codes c ON c.code = e.cameo LEFT JOIN map_states sa ON sa.code = coalesce(p.actor, e.actor)
  LEFT JOIN map_states sr ON sr.code = coalesce(p.recipient, e.recipient) LEFT JOIN map_states sp ON sp.code = e.place_country
  LEFT JOIN (SELECT code, min(fips) AS fips FROM map_fips GROUP BY code) f ON f.code = e.place_country
WHERE )sql";

std::string text(const char* column) { return fmt::format("translate(coalesce({}::VARCHAR, ''), chr(9) || chr(10) || chr(13), '   ')", column); }

std::string icews_columns() {
  std::string sql;
  const std::vector<std::pair<const char*, const char*>> columns = {{"Event ID", "id"},
                                                                    {"Event Date", "date"},
                                                                    {"Source Name", "actor_name"},
                                                                    {"Source Sectors", "actor_sectors"},
                                                                    {"Source Country", "actor_country"},
                                                                    {"Event Text", "label"},
                                                                    {"CAMEO Code", "code"},
                                                                    {"Intensity", "intensity"},
                                                                    {"Target Name", "recipient_name"},
                                                                    {"Target Sectors", "recipient_sectors"},
                                                                    {"Target Country", "recipient_country"},
                                                                    {"Story ID", "story"},
                                                                    {"Sentence Number", "sentence"},
                                                                    {"Publisher", "publisher"},
                                                                    {"City", "place"},
                                                                    {"District", "NULL"},
                                                                    {"Province", "NULL"},
                                                                    {"Country", "place_state"},
                                                                    {"Latitude", "latitude"},
                                                                    {"Longitude", "longitude"}};
  for (const auto& [name, column] : columns) sql += (sql.empty() ? "" : ", ") + text(column) + " AS \"" + name + '"';
  return sql;
}

const char* gdelt_value(std::string_view column) {
  static const std::map<std::string_view, const char*> values = {{"GLOBALEVENTID", "event_id"},
                                                                 {"SQLDATE", "strftime(date, '%Y%m%d')"},
                                                                 {"MonthYear", "strftime(date, '%Y%m')"},
                                                                 {"Year", "year(date)"},
                                                                 {"FractionDate", "round(year(date) + dayofyear(date) / 365.0, 4)"},
                                                                 {"Actor1Code", "actor || actor_sectors"},
                                                                 {"Actor1Name", "upper(actor_name)"},
                                                                 {"Actor1CountryCode", "actor"},
                                                                 {"Actor1Type1Code", "actor_sectors"},
                                                                 {"Actor2Code", "recipient || recipient_sectors"},
                                                                 {"Actor2Name", "upper(recipient_name)"},
                                                                 {"Actor2CountryCode", "recipient"},
                                                                 {"Actor2Type1Code", "recipient_sectors"},
                                                                 {"IsRootEvent", "1"},
                                                                 {"EventCode", "code"},
                                                                 {"EventBaseCode", "left(code, 3)"},
                                                                 {"EventRootCode", "left(code, 2)"},
                                                                 {"QuadClass", "quad"},
                                                                 {"GoldsteinScale", "intensity"},
                                                                 {"NumMentions", "reports"},
                                                                 {"NumSources", "1"},
                                                                 {"NumArticles", "reports"},
                                                                 {"ActionGeo_FullName", "place"},
                                                                 {"ActionGeo_CountryCode", "fips"},
                                                                 {"ActionGeo_Lat", "latitude"},
                                                                 {"ActionGeo_Long", "longitude"},
                                                                 {"SOURCEURL", "url"}};
  if (column == "DATEADDED") return "strftime(date, '%Y%m%d')";
  const auto found = values.find(column);
  return found == values.end() ? "''" : found->second;
}

std::string gdelt_columns(std::string_view format) {
  std::string sql;
  for (const std::string& column : find_format(format)->columns) sql += (sql.empty() ? "" : ", ") + text(gdelt_value(column)) + " AS " + column;
  return sql;
}

constexpr const char* plover_columns =
    "id, date, [{code: actor, sector: actor_sectors, entity_text: actor_name}] AS actor, CASE WHEN recipient = '' AND recipient_name = '' THEN [] ELSE "
    "[{code: recipient, sector: recipient_sectors, entity_text: recipient_name}] END AS recipient, [type] AS event, "
    "CASE WHEN mode = '' OR mode IS NULL THEN [] ELSE [mode] END AS mode, list_filter(string_split(contexts, '; '), x -> x <> '') AS context, "
    "quad AS quad_code, score AS event_scale, code AS cameo, {resolved_place: place, country_code: place_country, lat: latitude, lon: longitude} AS event_loc, "
    "{publication: publisher, url: url} AS cite_info";

/// What is selected and how DuckDB writes it.
struct Shape {
  std::string columns, form;
};

Shape shape_of(const std::string& format) {
  const std::string tabs = "FORMAT CSV, DELIMITER '\t', QUOTE '', ESCAPE '', HEADER ";
  if (format == "icews") return {icews_columns(), tabs + "true"};
  if (format.starts_with("gdelt")) return {gdelt_columns(format), tabs + "false"};
  if (format == "cameo") return {"strftime(date, '%Y%m%d'), actor || actor_sectors, recipient || recipient_sectors, code", tabs + "false"};
  if (format == "plover") return {plover_columns, "FORMAT JSON"};
  return {fmt::format("{}", fmt::join(event_columns(), ", ")), format == "parquet" ? "FORMAT PARQUET" : "FORMAT CSV, HEADER"};
}

const char* arrow_type(std::string_view column) {
  if (column == "date") return "DATE";
  if (column == "intensity" || column == "latitude" || column == "longitude") return "DOUBLE";
  return column == "quad" || column == "sentence" || column == "reports" ? "BIGINT" : "VARCHAR";
}

Status stream_arrow(Database& database, const std::string& rows, const std::string& file) {
  std::ofstream out(file, std::ios::binary);
  if (!out) return Error{Error::Code::io, file + ": cannot be written"};
  std::string columns;
  for (const std::string& column : event_columns()) columns += fmt::format("{}{}::{} AS {}", columns.empty() ? "" : ", ", column, arrow_type(column), column);
  const auto put = [&](const std::string& bytes) { return static_cast<bool>(out.write(bytes.data(), static_cast<std::streamsize>(bytes.size()))); };
  const Status done = database.stream(
      "SELECT " + columns + " FROM " + rows, [&](const std::vector<ColumnHead>& heads) { return put(arrow_schema(heads)); },
      [&](const Chunk& chunk) { return put(arrow_batch(chunk)); });
  if (!done.ok()) return done;
  put(arrow_end());
  return out.flush() ? success() : Status(Error{Error::Code::io, "the output cannot be written"});
}

}  // namespace

std::vector<std::string> export_names() { return {"gdelt1", "gdelt2", "icews", "plover", "cameo", "csv", "parquet", "arrow"}; }

Status export_events(Database& database, const ExportOptions& options, const std::string& file) {
  const Shape shape = shape_of(options.format);
  std::string condition = options.all ? "true" : "e.auxiliary = '' AND (p.plain IS NULL OR p.plain)";
  if (!options.from.empty()) condition += " AND coalesce(p.date, e.date) >= " + quoted(options.from) + "::DATE";
  if (!options.until.empty()) condition += " AND coalesce(p.date, e.date) <= " + quoted(options.until) + "::DATE";
  if (options.format == "arrow") return stream_arrow(database, std::string("(") + rows_sql + condition + ")", file);
  return database.run("COPY (SELECT " + shape.columns + " FROM (" + rows_sql + condition + ")) TO " + quoted(file) + " (" + shape.form + ")");
}

}  // namespace legation
