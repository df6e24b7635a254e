#include "ledger/mappings.h"

#include "base/table.h"

namespace legation {
namespace {

/// A table of data/ as a temporary table of texts.
struct Source {
  const char* table;
  const char* file;
  std::vector<std::string_view> columns;
};

const std::vector<Source>& sources() {
  static const std::vector<Source> all = {{"raw_index", "data/mappings/index.tsv", {"name", "version", "file"}},
                                          {"map_states", "data/entities/states.tsv", {"code", "name"}},
                                          {"raw_names", "data/entities/state_names.tsv", {"code", "alias", "kind"}},
                                          {"raw_names_extra", "data/entities/state_names_extra.tsv", {"code", "alias", "kind"}},
                                          {"raw_countries", "data/mappings/countries.tsv", {"given", "code"}},
                                          {"raw_people", "data/entities/people.tsv", {"name", "aliases", "nationality"}},
                                          {"raw_bodies", "data/entities/organisations.tsv", {"name", "aliases", "code"}},
                                          {"raw_types", "data/ontology/types.tsv", {"type", "quad_category", "score"}},
                                          {"raw_modes", "data/ontology/modes.tsv", {"type", "mode", "score"}},
                                          {"raw_codes", "data/ontology/cameo_to_plover.tsv", {"cameo_code", "cameo_name", "plover_type", "plover_mode"}},
                                          {"raw_goldstein", "data/ontology/cameo_goldstein.tsv", {"cameo_code", "goldstein"}},
                                          {"raw_relations", "data/mappings/relations.tsv", {"relation", "cameo_code"}},
                                          {"raw_sectors", "data/mappings/sectors.tsv", {"sector", "priority", "given"}},
                                          {"map_fips", "data/mappings/fips.tsv", {"fips", "code"}}};
  return all;
}

/// What the import joins with. A type that PLOVER drops is '': the row counts, without a type.
constexpr const char* derived_sql = R"sql(
CREATE OR REPLACE TEMP TABLE map_names AS SELECT alias, arg_min(code, rank) AS code FROM (
  SELECT lower(given) AS alias, code, 0 AS rank FROM raw_countries UNION ALL SELECT lower(code), code, 1 FROM map_states
  UNION ALL SELECT lower(name), code, 2 FROM map_states UNION ALL
  SELECT lower(alias), code, 3 FROM raw_names_extra WHERE kind IN ('name', 'former', 'abbreviation') UNION ALL
  SELECT lower(alias), code, 4 FROM raw_names WHERE kind IN ('name', 'former', 'abbreviation')) GROUP BY alias;
-- Who stands without a country ("Barack Obama", "Hamas") counts for that of the body or the person. One alias of two
-- countries, and a bare surname, say nothing.
CREATE OR REPLACE TEMP TABLE map_actors AS SELECT alias, arg_min(code, rank) AS code FROM (
  SELECT alias, min(code) AS code, rank FROM (
    SELECT lower(trim(unnest(string_split(name || ';' || aliases, ';')))) AS alias, code, 0 AS rank FROM raw_bodies UNION ALL
    SELECT lower(trim(unnest(string_split(name || ';' || aliases, ';')))), nationality, 1 FROM raw_people)
  WHERE code <> '' AND (rank = 0 OR contains(alias, ' ')) GROUP BY alias, rank HAVING count(DISTINCT code) = 1) GROUP BY alias;
CREATE OR REPLACE TEMP TABLE map_types AS WITH t AS (SELECT type, CASE quad_category WHEN 'VERBAL COOPERATION' THEN 1
  WHEN 'MATERIAL COOPERATION' THEN 2 WHEN 'VERBAL CONFLICT' THEN 3 ELSE 4 END AS quad, score::DOUBLE AS score FROM raw_types)
  SELECT type, '' AS mode, quad, score FROM t UNION ALL
  SELECT m.type, m.mode, t.quad, coalesce(try_cast(m.score AS DOUBLE), t.score) FROM raw_modes m JOIN t USING (type);
CREATE OR REPLACE TEMP TABLE map_codes AS SELECT c.cameo_code AS code, replace(plover_type, 'DROPPED', '') AS type, plover_mode AS mode,
  coalesce(m.quad, t.quad) AS quad, coalesce(m.score, t.score) AS score, try_cast(g.goldstein AS DOUBLE) AS goldstein, cameo_name AS label
  FROM raw_codes c LEFT JOIN map_types m ON m.type = plover_type AND m.mode = plover_mode
  LEFT JOIN map_types t ON t.type = plover_type AND t.mode = '' LEFT JOIN raw_goldstein g ON g.cameo_code = c.cameo_code;
CREATE OR REPLACE TEMP TABLE map_labels AS SELECT label, max(code) AS code FROM (SELECT lower(relation) AS label, cameo_code AS code
  FROM raw_relations UNION ALL SELECT lower(cameo_name), cameo_code FROM raw_codes) GROUP BY label;
CREATE OR REPLACE TEMP TABLE map_sectors AS SELECT given, arg_max(sector, priority) AS sector, max(priority) AS priority FROM (
  SELECT lower(trim(unnest(string_split(given, ';')))) AS given, sector, priority::INT AS priority FROM raw_sectors) GROUP BY given;
)sql";

Status load(Database& database, const Resources& resources, const Source& source) {
  const auto bytes = resources.file(source.file);
  if (!bytes.ok()) return bytes.error();
  const auto table = Table::read(source.file, bytes.value(), source.columns);
  if (!table.ok()) return table.error();
  std::string sql = std::string("CREATE OR REPLACE TEMP TABLE ") + source.table + "(";
  for (std::size_t at = 0; at < source.columns.size(); ++at) sql += (at == 0 ? "" : ", ") + std::string(source.columns[at]) + " VARCHAR";
  sql += std::string("); INSERT INTO ") + source.table + " VALUES ";
  for (std::size_t row = 0; row < table.value().rows(); ++row) {
    sql += row == 0 ? "(" : ",(";
    for (std::size_t at = 0; at < source.columns.size(); ++at) sql += (at == 0 ? "" : ",") + quoted(table.value().cell(row, at));
    sql += ')';
  }
  return database.run(sql);
}

}  // namespace

Result<std::string> load_mappings(Database& database, const Resources& resources) {
  for (const Source& source : sources())
    if (const Status loaded = load(database, resources, source); !loaded.ok()) return loaded.error();
  if (const Status made = database.run(derived_sql); !made.ok()) return made.error();
  const auto note = database.query("SELECT string_agg(name || ' ' || version, '; ') FROM raw_index");
  if (!note.ok()) return note.error();
  return note.value().text(0, 0).value_or("") + "; entities " + resources.digest("data/entities/");
}

}  // namespace legation
