#include "ledger/import.h"

#include <fmt/format.h>

#include <set>

#include "engine/engine.h"
#include "ledger/bodies.h"
#include "ledger/formats.h"
#include "ledger/unpack.h"

namespace legation {
namespace {

constexpr int faults_told = 20;

/// Days, codes and actors are looked up once per distinct text, then joined.
constexpr const char* resolve_sql = R"sql(
CREATE OR REPLACE TEMP TABLE days AS SELECT given, coalesce(try_strptime(left(given, 10), '%Y-%m-%d'), try_strptime(given, '%m/%d/%Y'),
  try_strptime(left(given, 8), '%Y%m%d'))::DATE AS day FROM (SELECT DISTINCT date AS given FROM incoming);
CREATE OR REPLACE TEMP TABLE actors AS SELECT given, coalesce(whole.code, inner_name.code, bearer.code, short.code, '') AS code,
  whole.code IS NULL AND inner_name.code IS NULL AS bare FROM (
  SELECT DISTINCT actor AS given FROM incoming UNION SELECT DISTINCT recipient FROM incoming)
  LEFT JOIN map_names whole ON whole.alias = lower(given)
  LEFT JOIN map_names inner_name ON inner_name.alias = lower(regexp_extract(given, '\(([^()]*)\)$', 1))
  LEFT JOIN map_actors bearer ON bearer.alias = lower(given)
  LEFT JOIN map_actors short ON short.alias = regexp_replace(lower(given), ' .* ', ' ') AND given LIKE '% % %';
CREATE OR REPLACE TEMP TABLE sectors AS SELECT s.given, coalesce(arg_max(m.sector, m.priority), '') AS sector FROM (
  SELECT given, lower(trim(unnest(string_split_regex(given, '[,;]')), ' "')) AS part FROM (
    SELECT DISTINCT actor_sectors AS given FROM incoming UNION SELECT DISTINCT recipient_sectors FROM incoming))
  s LEFT JOIN map_sectors m ON m.given = s.part GROUP BY ALL;
CREATE OR REPLACE TEMP TABLE places AS SELECT given, coalesce(f.code, n.code, '') AS code FROM (
  SELECT DISTINCT place_country AS given FROM incoming) LEFT JOIN map_fips f ON f.fips = given LEFT JOIN map_names n ON n.alias = lower(given);
CREATE OR REPLACE TEMP TABLE kinds AS SELECT g.code AS given_code, g.label AS given_label, g.type AS given_type, g.mode AS given_mode,
  coalesce(c.code, '') AS cameo, coalesce(nullif(t.type, ''), c.type, '') AS type,
  CASE WHEN t.type IS NOT NULL THEN g.mode ELSE coalesce(c.mode, '') END AS mode, coalesce(m.quad, t.quad, c.quad) AS quad,
  coalesce(m.score, t.score, c.score) AS score, c.goldstein AS goldstein, t.type IS NULL AND c.code IS NULL AS unknown
  FROM (SELECT DISTINCT code, label, type, mode FROM incoming) g LEFT JOIN map_labels l ON l.label = lower(g.label)
  LEFT JOIN map_codes c ON c.code = coalesce(nullif(g.code, ''), l.code)
  LEFT JOIN map_types t ON t.type = g.type AND t.mode = '' LEFT JOIN map_types m ON m.type = g.type AND m.mode = g.mode AND m.mode <> '';
)sql";

constexpr const char* resolved_sql = R"sql(
CREATE OR REPLACE TEMP VIEW resolved AS SELECT i.*, days.day, coalesce(ba.code, a.code) AS actor_code, coalesce(br.code, r.code) AS recipient_code,
  coalesce(nullif(sa.sector, ''), ba.sector, '') AS actor_sector, coalesce(nullif(sr.sector, ''), br.sector, '') AS recipient_sector, p.code AS place_code, k.cameo, k.type AS plover_type, k.mode AS plover_mode, k.quad AS plover_quad, k.score,
  k.unknown, coalesce(try_cast(nullif(i.quad, '') AS DOUBLE)::BIGINT, k.quad) AS final_quad, try_cast(nullif(i.intensity, '') AS DOUBLE) AS given_intensity,
  coalesce(k.goldstein, try_cast(nullif(i.intensity, '') AS DOUBLE)) AS goldstein
  FROM incoming i JOIN days ON days.given = i.date JOIN actors a ON a.given = i.actor JOIN actors r ON r.given = i.recipient
  LEFT JOIN bodies ba ON ba.given = i.actor AND ba.date = i.date LEFT JOIN bodies br ON br.given = i.recipient AND br.date = i.date
  JOIN sectors sa ON sa.given = i.actor_sectors JOIN sectors sr ON sr.given = i.recipient_sectors JOIN places p ON p.given = i.place_country
  JOIN kinds k ON k.given_code = i.code AND k.given_label = i.label AND k.given_type = i.type AND k.given_mode = i.mode;
)sql";

/// {0} run, {1} the last event. Pairs lie by dyad and day, so that a dyad's question reads few blocks.
constexpr const char* keep_sql = R"sql(
INSERT INTO coded_events BY NAME SELECT {1} + line AS event_id, {0} AS run_id, line AS number, plover_type AS type, plover_mode AS modes, contexts,
  '' AS auxiliary, actor_code AS actor, actor_sector, recipient_code AS recipient, recipient_sector, day AS date, day AS end_date,
  'day' AS date_precision, 'import' AS date_basis, place, place_code AS place_country, try_cast(latitude AS DOUBLE) AS latitude,
  try_cast(longitude AS DOUBLE) AS longitude, final_quad AS quad, score, coalesce(nullif(code, ''), cameo) AS cameo, goldstein,
  try_cast(sentence AS BIGINT) AS sentence FROM resolved WHERE day IS NOT NULL;
INSERT INTO pairs BY NAME SELECT {1} + line AS event_id, {0} AS run_id, day AS date, actor_code AS actor, actor_sector, recipient_code AS recipient,
  recipient_sector, plover_type AS type, final_quad AS quad, score, goldstein, true AS plain FROM resolved WHERE day IS NOT NULL ORDER BY actor_code, recipient_code, day;
INSERT INTO imported_events SELECT {1} + line, {0}, source_line, id, actor_name, actor_sectors, recipient_name, recipient_sectors, label,
  given_intensity, try_cast(nullif(quad, '') AS DOUBLE)::BIGINT, plover_quad, story, publisher, url, try_cast(reports AS BIGINT)
  FROM resolved WHERE day IS NOT NULL;
)sql";

constexpr const char* keep_mentions_sql = R"sql(
INSERT INTO imported_mentions SELECT {0}, GLOBALEVENTID, EventTimeDate, MentionTimeDate, MentionSourceName, MentionIdentifier,
  try_cast(SentenceID AS BIGINT), try_cast(Confidence AS DOUBLE), try_cast(MentionDocTone AS DOUBLE) FROM incoming;
)sql";

/// `encoding`: "" or what DuckDB's reader is told.
std::string read_delimited(const EventFormat& format, const std::string& path, const std::string& encoding) {
  std::string names;
  for (const std::string& column : format.columns) names += (names.empty() ? "" : ", ") + quoted(column) + ": 'VARCHAR'";
  const std::string shape = format.header ? "header = true, all_varchar = true" : "header = false, auto_detect = false, columns = {" + names + "}";
  const std::string quote = format.delimiter == ',' ? "'\"'" : "''";
  return fmt::format("read_csv({}, delim = '{}', quote = {}, escape = {}, {}, null_padding = {}, strict_mode = false, store_rejects = true{})", quoted(path),
                     format.delimiter, quote, quote, shape, format.delimiter != ',', encoding);
}

std::string read_json(const EventFormat& format, const std::string& path) {
  std::string names;
  for (const std::string& column : format.columns)
    names += (names.empty() ? "" : ", ") + column + ": '" + (column == "id" || column == "date" ? "VARCHAR" : "JSON") + "'";
  const auto list = [](const char* column) {
    return fmt::format("unnest(CASE WHEN json_type({0}) = 'ARRAY' AND json_array_length({0}) > 0 THEN {0}->'$[*]' ELSE [NULL::JSON] END)", column);
  };
  return fmt::format(
      "(SELECT *, {} AS r FROM (SELECT *, {} AS a FROM (SELECT *, row_number() OVER () AS source_line "
      "FROM read_json({}, format = 'newline_delimited', columns = {{{}}}))))",
      list("recipient"), list("actor"), quoted(path), names);
}

std::string reader(const EventFormat& format, const std::string& path, const std::string& encoding) {
  if (format.kind == EventFormat::Kind::json) return read_json(format, path);
  if (format.kind == EventFormat::Kind::parquet) return "read_parquet(" + quoted(path) + ")";
  return read_delimited(format, path, encoding);
}

/// Every column of ours as a text, never NULL; the field's words for "none" are none.
std::string staging_sql(const EventFormat& format, const std::string& from) {
  const std::string line = fmt::format("row_number() OVER () + {}", format.header ? 1 : 0);
  std::string sql = "CREATE OR REPLACE TEMP TABLE incoming AS SELECT row_number() OVER () AS line, " +
                    (format.kind == EventFormat::Kind::json ? "source_line" : line + " AS source_line");
  for (const std::string& column : event_columns()) {
    const auto found = format.expressions.find(column);
    const std::string text = found == format.expressions.end() ? "''" : "(" + found->second + ")::VARCHAR";
    sql += found == format.expressions.end()
               ? ", '' AS " + column
               : fmt::format(", CASE WHEN {0} IS NULL OR {0} IN ('NA', 'NULL', 'None', '---') THEN '' ELSE {0} END AS {1}", text, column);
  }
  return sql + " FROM " + from;
}

/// One import: fields are what its steps hand on.
class Import {
 public:
  Import(Database& database, const std::string& path, const ImportOptions& options) : database_(database), path_(path), options_(options) {}

  Result<ImportOutcome> run() {
    const auto digest = file_digest(path_);
    if (!digest.ok()) return digest.error();
    const auto known = database_.query("SELECT count(*) FROM runs WHERE command = 'import' AND input_digest = ?", {digest.value()});
    if (!known.ok()) return known.error();
    outcome_.already = known.value().number(0, 0) > 0;
    if (outcome_.already) return outcome_;
    const auto plain = plain_file(path_);
    if (!plain.ok()) return plain.error();
    const std::string& path = plain.value().path();
    const bool packed = path.ends_with(".gz") || path.ends_with(".zst") || path.ends_with(".parquet");
    const auto utf8 = packed ? Result<bool>(true) : is_utf8(path);
    if (!utf8.ok()) return utf8.error();
    if (!utf8.value()) encoding_ = ", encoding = 'latin-1'";
    Status step = choose(path);
    if (step.ok()) step = stage(path);
    if (step.ok()) step = judge();
    if (step.ok()) step = keep(digest.value());
    if (!step.ok()) return step.error();
    return outcome_;
  }

 private:
  bool mentions() const { return format_.name == "gdelt-mentions"; }

  Status choose(const std::string& plain) {
    std::string name = options_.format;
    if (name.empty()) {
      std::string first;
      if (!plain.ends_with(".parquet")) {
        const auto line = database_.query("SELECT * FROM read_csv(" + quoted(plain) +
                                          ", delim = '\x01', quote = '', escape = '', header = false, "
                                          "auto_detect = false, columns = {'line': 'VARCHAR'}, strict_mode = false, ignore_errors = true" +
                                          encoding_ + ") LIMIT 1");
        if (!line.ok()) return told(line.error());
        if (line.value().size() > 0) first = line.value().text(0, 0).value_or("");
      }
      name = options_.columns.empty() ? guess_format(plain, first) : "csv";
    }
    const EventFormat* format = find_format(name);
    if (format == nullptr) return Error{Error::Code::bad_format, path_ + ": the first line fits no format; say which with --format"};
    format_ = *format;
    outcome_.format = name;
    if (!options_.columns.empty()) format_.expressions.clear();
    for (const auto& [ours, theirs] : options_.columns) format_.expressions[ours] = '"' + theirs + '"';
    if (plain.ends_with(".tsv") || plain.ends_with(".tab")) format_.delimiter = '\t';
    return success();
  }

  Result<std::set<std::string>> columns_there(const std::string& plain) {
    const auto described = database_.query("SELECT column_name FROM (DESCRIBE SELECT * FROM " + reader(format_, plain, encoding_) + ")");
    if (!described.ok()) return told(described.error());
    std::set<std::string> there;
    for (std::size_t row = 0; row < described.value().size(); ++row) there.insert('"' + described.value().text(row, 0).value_or("") + '"');
    return there;
  }

  Status rename_columns(const std::string& plain) {
    const auto there = columns_there(plain);
    if (!there.ok()) return there.error();
    for (const auto& [column, synonym] : format_.synonyms)
      for (auto& [ours, expression] : format_.expressions)
        if (expression == '"' + column + '"' && !there.value().contains(expression)) expression = '"' + synonym + '"';
    return success();
  }

  /// A table of columns need not have all of ours; the day it must.
  Status fit_columns(const std::string& plain) {
    const auto found = columns_there(plain);
    if (!found.ok()) return found.error();
    const std::set<std::string>& there = found.value();
    const auto absent = [&](const auto& column) { return !there.contains('"' + std::string(column) + '"') && !there.contains(std::string(column)); };
    for (const auto& [ours, theirs] : options_.columns)
      if (absent(theirs)) return Error{Error::Code::bad_format, fmt::format("{}: no column \"{}\" (asked for as \"{}\")", path_, theirs, ours)};
    std::erase_if(format_.expressions, [&](const auto& entry) { return absent(entry.second); });
    if (!format_.expressions.contains("date")) return Error{Error::Code::bad_format, path_ + ": no column \"date\"; --map says what it is called"};
    return success();
  }

  Status stage(const std::string& plain) {
    static_cast<void>(database_.run("DROP TABLE IF EXISTS reject_errors; DROP TABLE IF EXISTS reject_scans").ok());
    if (format_.name == "csv" || format_.name == "parquet")
      if (const Status fitted = fit_columns(plain); !fitted.ok()) return fitted;
    if (!format_.synonyms.empty())
      if (const Status renamed = rename_columns(plain); !renamed.ok()) return renamed;
    const std::string from = reader(format_, plain, encoding_);
    const Status staged = database_.run(mentions() ? "CREATE OR REPLACE TEMP TABLE incoming AS SELECT * FROM " + from : staging_sql(format_, from));
    if (!staged.ok()) return told(staged.error());
    if (mentions()) return success();
    if (const Status resolved = database_.run(resolve_sql); !resolved.ok()) return resolved;
    if (const Status bodies = resolve_bodies(database_, options_.people); !bodies.ok()) return bodies;
    return database_.run(resolved_sql);
  }

  /// Counts, and the first faults with their lines.
  Status judge() {
    const auto rows = database_.query("SELECT count(*) FROM incoming");
    if (!rows.ok()) return rows.error();
    outcome_.rows = outcome_.kept = rows.value().number(0, 0);
    const auto rejected = database_.query("SELECT DISTINCT line FROM reject_errors ORDER BY line");
    if (rejected.ok()) {
      outcome_.malformed = static_cast<std::int64_t>(rejected.value().size());
      for (std::size_t row = 0; row < rejected.value().size() && row < faults_told; ++row)
        tell(rejected.value().number(row, 0), "not a row of this format; left out");
    }
    if (mentions()) return success();
    const auto counted = database_.query("SELECT count(*) FILTER (day IS NULL), count(*) FILTER (unknown AND day IS NOT NULL) FROM resolved");
    if (!counted.ok()) return counted.error();
    outcome_.undated = counted.value().number(0, 0), outcome_.uncoded = counted.value().number(0, 1);
    outcome_.kept = outcome_.rows - outcome_.undated;
    const auto faults = database_.query(
        "SELECT source_line, CASE WHEN day IS NULL THEN 'no day: \"' || date || '\"; left out' ELSE 'code not in the table: \"' || "
        "coalesce(nullif(code, ''), nullif(label, ''), type) || '\"; kept without a type' END FROM resolved WHERE day IS NULL OR unknown "
        "ORDER BY line LIMIT 20");
    if (!faults.ok()) return faults.error();
    for (std::size_t row = 0; row < faults.value().size(); ++row) tell(faults.value().number(row, 0), faults.value().text(row, 1).value_or(""));
    return success();
  }

  Status keep(const std::string& digest) {
    const auto last = database_.query("SELECT (SELECT coalesce(max(run_id), 0) + 1 FROM runs), (SELECT coalesce(max(event_id), 0) FROM coded_events)");
    if (!last.ok()) return last.error();
    const std::int64_t run = last.value().number(0, 0), event = last.value().number(0, 1);
    const std::string note =
        fmt::format("INSERT INTO runs VALUES ({}, 'import', 'legation {}', 'format {}', {}, {}, '{}', now()::TIMESTAMP, now()::TIMESTAMP, 0, {});", run,
                    program_version, format_.name, quoted(options_.mapping), quoted(path_), digest, outcome_.kept);
    const std::string rows = fmt::format(fmt::runtime(mentions() ? keep_mentions_sql : keep_sql), run, event);
    const Status kept = database_.run("BEGIN TRANSACTION; " + note + rows + "COMMIT");
    if (!kept.ok()) {
      static_cast<void>(database_.run("ROLLBACK").ok());
      return kept;
    }
    return database_.run("DROP VIEW IF EXISTS resolved; DROP TABLE incoming; CHECKPOINT");
  }

  void tell(std::int64_t line, const std::string& what) {
    if (outcome_.faults.size() < faults_told) outcome_.faults.push_back(fmt::format("{}:{}: {}", path_, line, what));
  }
  Error told(const Error& error) const { return {error.code, path_ + ": cannot be read: " + error.what}; }

  Database& database_;
  const std::string& path_;
  const ImportOptions& options_;
  EventFormat format_;
  std::string encoding_;  ///< what the reader is told of a file that is not UTF-8: it is taken for Latin-1
  ImportOutcome outcome_;
};

}  // namespace

Result<ImportOutcome> import_file(Database& database, const std::string& path, const ImportOptions& options) { return Import(database, path, options).run(); }

}  // namespace legation
