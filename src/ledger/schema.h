// The tables and views of a ledger: docs/schema.md describes them. Names and order of columns are on disk.
#pragma once

#include <string_view>

namespace legation {

inline constexpr int schema_version = 1;  ///< raised whenever a ledger of before can no longer be read

/// Creates everything in an empty file.
inline constexpr std::string_view schema_sql = R"sql(
BEGIN TRANSACTION;
CREATE TABLE ledger(schema_version INTEGER NOT NULL);
INSERT INTO ledger VALUES (1);
CREATE TABLE runs(run_id BIGINT, command VARCHAR, engine VARCHAR, options VARCHAR, mapping VARCHAR, inputs VARCHAR,
  input_digest VARCHAR, started TIMESTAMP, finished TIMESTAMP, documents BIGINT, events BIGINT);
CREATE TABLE sources(source_id BIGINT, name VARCHAR, first_run BIGINT);
CREATE TABLE documents(doc_id BIGINT, run_id BIGINT, digest UBIGINT, id VARCHAR, source VARCHAR, url VARCHAR, published DATE,
  dated DATE, language VARCHAR, title VARCHAR, sentences BIGINT, bytes BIGINT, origin VARCHAR, extra VARCHAR,
  text_group BIGINT, outlet VARCHAR);
CREATE TABLE sketches(doc_id BIGINT, pairs BIGINT, hashes BLOB, figures BLOB);
CREATE TABLE sentences(doc_id BIGINT, sentence BIGINT, in_title BOOLEAN, text VARCHAR);
CREATE TABLE coded_events(event_id BIGINT, run_id BIGINT, doc_id BIGINT, number BIGINT, type VARCHAR, modes VARCHAR,
  contexts VARCHAR, auxiliary VARCHAR, actor VARCHAR, actor_sector VARCHAR, recipient VARCHAR, recipient_sector VARCHAR,
  date DATE, end_date DATE, date_precision VARCHAR, date_basis VARCHAR, place VARCHAR, place_country VARCHAR, latitude DOUBLE,
  longitude DOUBLE, quad BIGINT, score DOUBLE, cameo VARCHAR, goldstein DOUBLE, speaker VARCHAR, said VARCHAR, hedged BOOLEAN,
  sentence BIGINT, "trigger" VARCHAR, confidence DOUBLE, rule VARCHAR, implied_actor BOOLEAN,
  two_sided BOOLEAN, incident_id BIGINT);
CREATE TABLE mentions(event_id BIGINT, side VARCHAR, place BIGINT, code VARCHAR, sector VARCHAR, other_sectors VARCHAR,
  name VARCHAR, wikidata VARCHAR, role VARCHAR, text VARCHAR);
CREATE TABLE pairs(event_id BIGINT, run_id BIGINT, date DATE, actor VARCHAR, actor_sector VARCHAR, recipient VARCHAR,
  recipient_sector VARCHAR, type VARCHAR, quad BIGINT, score DOUBLE, goldstein DOUBLE, plain BOOLEAN, incident_id BIGINT);
CREATE TABLE quantities(event_id BIGINT, kind VARCHAR, value DOUBLE, lower DOUBLE, upper DOUBLE, unit VARCHAR, counted VARCHAR, bound VARCHAR);
CREATE TABLE claims(run_id BIGINT, doc_id BIGINT, number BIGINT, property VARCHAR, subject VARCHAR, object VARCHAR, value DOUBLE,
  lower DOUBLE, upper DOUBLE, unit VARCHAR, counted VARCHAR, date DATE, end_date DATE, speaker VARCHAR, auxiliary VARCHAR,
  sentence BIGINT, rule VARCHAR);
CREATE TABLE imported_events(event_id BIGINT, run_id BIGINT, line BIGINT, id VARCHAR, actor_name VARCHAR, actor_sectors VARCHAR,
  recipient_name VARCHAR, recipient_sectors VARCHAR, label VARCHAR, intensity DOUBLE, quad BIGINT, plover_quad BIGINT, story VARCHAR,
  publisher VARCHAR, url VARCHAR, reports BIGINT);
CREATE TABLE imported_mentions(run_id BIGINT, id VARCHAR, event_time VARCHAR, mention_time VARCHAR, publisher VARCHAR, url VARCHAR,
  sentence BIGINT, confidence DOUBLE, tone DOUBLE);
CREATE VIEW events AS SELECT e.* EXCLUDE (run_id, number, auxiliary), d.id AS document, coalesce(d.source, i.publisher) AS source,
  d.published, d.title, coalesce(d.url, i.url) AS url, s.text AS evidence FROM coded_events e LEFT JOIN documents d USING (doc_id)
  LEFT JOIN imported_events i ON i.event_id = e.event_id
  LEFT JOIN sentences s ON s.doc_id = e.doc_id AND s.sentence = e.sentence WHERE e.auxiliary = '';
CREATE VIEW incidents AS SELECT e.incident_id, first(e.type ORDER BY event_id) AS type, first(e.actor ORDER BY event_id) AS actor,
  first(e.recipient ORDER BY event_id) AS recipient, min(e.date) AS date, max(e.end_date) AS end_date,
  count(DISTINCT e.doc_id) AS reports, count(DISTINCT d.outlet) AS outlets, min(d.published) AS first_report,
  max(d.published) AS last_report FROM coded_events e LEFT JOIN documents d USING (doc_id) WHERE e.incident_id IS NOT NULL GROUP BY e.incident_id;
CREATE VIEW disagreements AS SELECT e.incident_id, q.kind, count(DISTINCT q.value) AS figures, min(q.value) AS least,
  max(q.value) AS most, count(DISTINCT e.doc_id) AS reports FROM quantities q JOIN coded_events e USING (event_id)
  GROUP BY ALL HAVING count(DISTINCT q.value) > 1;
CREATE VIEW dyad_days AS SELECT date, actor, recipient, count(*) AS events, count(*) FILTER (quad = 1) AS verbal_cooperation,
  count(*) FILTER (quad = 2) AS material_cooperation, count(*) FILTER (quad = 3) AS verbal_conflict,
  count(*) FILTER (quad = 4) AS material_conflict, avg(score) AS score, avg(goldstein) AS goldstein
  FROM pairs WHERE plain AND actor <> '' AND recipient <> '' GROUP BY ALL;
CREATE VIEW quad_months AS SELECT date_trunc('month', date)::DATE AS month, actor, recipient, quad, count(*) AS events,
  avg(score) AS score FROM pairs WHERE plain AND actor <> '' AND recipient <> '' GROUP BY ALL;
COMMIT;
)sql";

/// What came after the first ledgers, made when one is opened for writing: what documents coded again said before. `run_id` is the run that coded
/// them so; the tables above hold the latest coding alone.
inline constexpr std::string_view later_tables_sql = R"sql(
BEGIN TRANSACTION;
CREATE TABLE IF NOT EXISTS codings(run_id BIGINT, doc_id BIGINT);
CREATE TABLE IF NOT EXISTS earlier_events AS SELECT * FROM coded_events LIMIT 0;
CREATE TABLE IF NOT EXISTS earlier_pairs AS SELECT * FROM pairs LIMIT 0;
CREATE TABLE IF NOT EXISTS earlier_claims AS SELECT * FROM claims LIMIT 0;
CREATE TABLE IF NOT EXISTS earlier_mentions AS SELECT 0::BIGINT AS run_id, * FROM mentions LIMIT 0;
CREATE TABLE IF NOT EXISTS earlier_quantities AS SELECT 0::BIGINT AS run_id, * FROM quantities LIMIT 0;
CREATE TABLE IF NOT EXISTS earlier_sentences AS SELECT 0::BIGINT AS run_id, * FROM sentences LIMIT 0;
COMMIT;
)sql";

/// Moves what earlier runs said of the documents in the temporary table `recoded` out of the tables. {0}: the run that codes them again; {1}: the
/// last row of `sentences` before it.
inline constexpr std::string_view set_aside_sql = R"sql(
CREATE OR REPLACE TEMP TABLE aside AS SELECT event_id, run_id FROM coded_events WHERE doc_id IN (SELECT doc_id FROM recoded) AND run_id < {0};
INSERT INTO earlier_mentions SELECT a.run_id, m.* FROM mentions m JOIN aside a USING (event_id);
DELETE FROM mentions WHERE event_id IN (SELECT event_id FROM aside);
INSERT INTO earlier_quantities SELECT a.run_id, q.* FROM quantities q JOIN aside a USING (event_id);
DELETE FROM quantities WHERE event_id IN (SELECT event_id FROM aside);
INSERT INTO earlier_pairs SELECT * FROM pairs WHERE event_id IN (SELECT event_id FROM aside);
DELETE FROM pairs WHERE event_id IN (SELECT event_id FROM aside);
INSERT INTO earlier_events SELECT * FROM coded_events WHERE event_id IN (SELECT event_id FROM aside);
DELETE FROM coded_events WHERE event_id IN (SELECT event_id FROM aside);
INSERT INTO earlier_claims SELECT * FROM claims WHERE doc_id IN (SELECT doc_id FROM recoded) AND run_id < {0};
DELETE FROM claims WHERE doc_id IN (SELECT doc_id FROM recoded) AND run_id < {0};
INSERT INTO earlier_sentences SELECT coalesce((SELECT max(c.run_id) FROM codings c WHERE c.doc_id = s.doc_id), d.run_id), s.* FROM sentences s
  JOIN documents d USING (doc_id) WHERE s.doc_id IN (SELECT doc_id FROM recoded) AND s.rowid <= {1};
DELETE FROM sentences WHERE doc_id IN (SELECT doc_id FROM recoded) AND rowid <= {1};
INSERT INTO codings SELECT {0}, doc_id FROM recoded;
DROP TABLE aside;
DROP TABLE recoded;
)sql";

}  // namespace legation
