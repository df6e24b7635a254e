#include "ledger/diff.h"

#include <fmt/format.h>

namespace legation {
namespace {

/// {0} and {1}: the runs. `changes` has every event of both with its twin, where it has one.
constexpr const char* compared_sql = R"sql(
CREATE OR REPLACE TEMP VIEW coded_by AS SELECT run_id, doc_id FROM documents UNION SELECT run_id, doc_id FROM codings;
CREATE OR REPLACE TEMP TABLE both_coded AS SELECT doc_id FROM coded_by WHERE run_id = {0} INTERSECT SELECT doc_id FROM coded_by WHERE run_id = {1};
CREATE OR REPLACE TEMP TABLE told AS SELECT run_id, event_id, doc_id, sentence, type, modes, auxiliary, actor, actor_sector, recipient, recipient_sector, date,
  row_number() OVER (PARTITION BY run_id, doc_id, type, modes, auxiliary, actor, recipient, date ORDER BY event_id) AS twin
  FROM (SELECT * FROM coded_events UNION ALL SELECT * FROM earlier_events) WHERE run_id IN ({0}, {1}) AND doc_id IN (SELECT doc_id FROM both_coded);
CREATE OR REPLACE TEMP TABLE changes AS SELECT a.event_id AS before, b.event_id AS after, coalesce(a.doc_id, b.doc_id) AS doc_id,
  coalesce(a.type, b.type) AS type, coalesce(a.actor, b.actor) AS actor, coalesce(a.recipient, b.recipient) AS recipient
  FROM (SELECT * FROM told WHERE run_id = {0}) a FULL JOIN (SELECT * FROM told WHERE run_id = {1}) b ON a.doc_id = b.doc_id AND a.type = b.type
  AND a.modes = b.modes AND a.auxiliary = b.auxiliary AND a.actor = b.actor AND a.recipient = b.recipient AND a.date IS NOT DISTINCT FROM b.date
  AND a.twin = b.twin;
)sql";

constexpr const char* counts = "count(before), count(after), count(*) FILTER (after IS NULL) AS gone, count(*) FILTER (before IS NULL) AS fresh";

/// {0} and {1}: the runs; {2}: how many documents.
constexpr const char* examples_sql = R"sql(
WITH touched AS (SELECT doc_id, row_number() OVER (ORDER BY doc_id) - 1 AS place, count(*) OVER () AS n FROM (SELECT DISTINCT doc_id FROM changes
  WHERE before IS NULL OR after IS NULL)), chosen AS (SELECT doc_id FROM touched WHERE place % greatest(n // {2}, 1) = 0 ORDER BY place LIMIT {2}),
said AS (SELECT {0} AS run_id, doc_id, sentence, text FROM earlier_sentences WHERE run_id = {0} UNION SELECT {1}, doc_id, sentence, text FROM earlier_sentences
  WHERE run_id = {1} UNION SELECT max(c.run_id), s.doc_id, s.sentence, any_value(s.text) FROM sentences s JOIN coded_by c USING (doc_id) GROUP BY s.doc_id, s.sentence)
SELECT d.doc_id, coalesce(d.id, ''), coalesce(d.published::VARCHAR, ''), coalesce(d.title, ''), c.before IS NULL AS fresh,
  concat_ws(' ', t.type, nullif(t.modes, ''), nullif(t.auxiliary, ''), nullif(t.actor, ''), nullif(t.actor_sector, ''), '→', nullif(t.recipient, ''),
  nullif(t.recipient_sector, ''), t.date::VARCHAR), coalesce(s.text, '')
FROM changes c JOIN chosen USING (doc_id) JOIN documents d USING (doc_id) JOIN told t ON t.event_id = coalesce(c.before, c.after)
LEFT JOIN said s ON s.run_id = t.run_id AND s.doc_id = t.doc_id AND s.sentence = t.sentence
WHERE c.before IS NULL OR c.after IS NULL ORDER BY d.doc_id, t.sentence, fresh, t.event_id
)sql";

RunDiff::Count count_at(const Rows& rows, std::size_t row, std::size_t names) {
  RunDiff::Count count;
  if (names > 0) count.first = rows.text(row, 0).value_or("");
  if (names > 1) count.second = rows.text(row, 1).value_or("");
  count.before = rows.number(row, names), count.after = rows.number(row, names + 1);
  count.gone = rows.number(row, names + 2), count.fresh = rows.number(row, names + 3);
  return count;
}

Status read_counts(Database& ledger, const std::string& names, std::size_t many, std::size_t most, std::vector<RunDiff::Count>& out) {
  const auto rows = ledger.query(
      fmt::format("SELECT {0}, {1} FROM changes GROUP BY {0} HAVING gone + fresh > 0 ORDER BY gone + fresh DESC, {0} LIMIT {2}", names, counts, most));
  if (!rows.ok()) return rows.error();
  for (std::size_t row = 0; row < rows.value().size(); ++row) out.push_back(count_at(rows.value(), row, many));
  return success();
}

Status read_examples(Database& ledger, std::int64_t before, std::int64_t after, std::size_t most, std::vector<RunDiff::Example>& out) {
  if (most == 0) return success();
  const auto rows = ledger.query(fmt::format(fmt::runtime(examples_sql), before, after, most));
  if (!rows.ok()) return rows.error();
  const Rows& at = rows.value();
  for (std::size_t row = 0; row < at.size(); ++row) {
    if (row == 0 || at.number(row, 0) != at.number(row - 1, 0))
      out.push_back({at.text(row, 1).value_or(""), at.text(row, 2).value_or(""), at.text(row, 3).value_or(""), {}});
    out.back().changes.push_back({at.text(row, 4) == "true", at.text(row, 5).value_or(""), at.text(row, 6).value_or("")});
  }
  return success();
}

Result<std::string> engine_of(Database& ledger, std::int64_t run) {
  const auto rows = ledger.query("SELECT engine FROM runs WHERE run_id = ?::BIGINT", {std::to_string(run)});
  if (!rows.ok()) return rows.error();
  if (rows.value().size() == 0) return Error{Error::Code::not_found, fmt::format("{}: no run {}; the table runs lists them", ledger.path(), run)};
  return rows.value().text(0, 0).value_or("");
}

}  // namespace

Result<RunDiff> diff_runs(Database& ledger, std::int64_t before, std::int64_t after, std::size_t dyads, std::size_t examples) {
  RunDiff diff;
  for (const auto& [run, engine] : {std::pair{before, &diff.engine_before}, std::pair{after, &diff.engine_after}}) {
    auto found = engine_of(ledger, run);
    if (!found.ok()) return found.error();
    *engine = std::move(found).value();
  }
  if (!ledger.query("SELECT 1 FROM codings LIMIT 1").ok())
    return Error{Error::Code::bad_format, ledger.path() + ": nothing in it was coded twice; `legation ingest --recode` does so"};
  if (const Status compared = ledger.run(fmt::format(fmt::runtime(compared_sql), before, after)); !compared.ok()) return compared.error();
  const auto all = ledger.query(
      fmt::format("SELECT {}, (SELECT count(*) FROM both_coded), count(DISTINCT doc_id) FILTER (before IS NULL OR after IS NULL) FROM changes", counts));
  if (!all.ok()) return all.error();
  diff.all = count_at(all.value(), 0, 0);
  diff.documents = all.value().number(0, 4), diff.changed_documents = all.value().number(0, 5);
  if (diff.documents == 0)
    return Error{Error::Code::bad_format, fmt::format("{}: no document was coded by both run {} and run {}", ledger.path(), before, after)};
  if (const Status types = read_counts(ledger, "type", 1, 100, diff.types); !types.ok()) return types.error();
  if (const Status pairs = read_counts(ledger, "actor, recipient", 2, dyads, diff.dyads); !pairs.ok()) return pairs.error();
  if (const Status shown = read_examples(ledger, before, after, examples, diff.examples); !shown.ok()) return shown.error();
  return diff;
}

}  // namespace legation
