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
  dated DATE, language VARCHAR, title VARCHAR, sentences BIGINT, bytes BIGINT, origin VARCHAR, extra VARCHAR);
CREATE TABLE sentences(doc_id BIGINT, sentence BIGINT, in_title BOOLEAN, text VARCHAR);
CREATE TABLE coded_events(event_id BIGINT, run_id BIGINT, doc_id BIGINT, number BIGINT, type VARCHAR, modes VARCHAR,
  contexts VARCHAR, auxiliary VARCHAR, actor VARCHAR, actor_sector VARCHAR, recipient VARCHAR, recipient_sector VARCHAR,
  date DATE, end_date DATE, date_precision VARCHAR, date_basis VARCHAR, place VARCHAR, place_country VARCHAR, latitude DOUBLE,
  longitude DOUBLE, quad BIGINT, score DOUBLE, cameo VARCHAR, goldstein DOUBLE, speaker VARCHAR, said VARCHAR, hedged BOOLEAN,
  quantities VARCHAR, sentence BIGINT, "trigger" VARCHAR, confidence DOUBLE, rule VARCHAR, implied_actor BOOLEAN,
  two_sided BOOLEAN);
CREATE TABLE mentions(event_id BIGINT, side VARCHAR, place BIGINT, code VARCHAR, sector VARCHAR, other_sectors VARCHAR,
  name VARCHAR, wikidata VARCHAR, role VARCHAR, text VARCHAR);
CREATE TABLE pairs(event_id BIGINT, run_id BIGINT, date DATE, actor VARCHAR, actor_sector VARCHAR, recipient VARCHAR,
  recipient_sector VARCHAR, type VARCHAR, quad BIGINT, score DOUBLE, goldstein DOUBLE, plain BOOLEAN);
CREATE TABLE claims(run_id BIGINT, doc_id BIGINT, number BIGINT, property VARCHAR, subject VARCHAR, object VARCHAR, value DOUBLE,
  lower DOUBLE, upper DOUBLE, unit VARCHAR, counted VARCHAR, date DATE, end_date DATE, speaker VARCHAR, auxiliary VARCHAR,
  sentence BIGINT, rule VARCHAR);
CREATE TABLE incidents(incident_id BIGINT, type VARCHAR, actor VARCHAR, recipient VARCHAR, date DATE, end_date DATE,
  reports BIGINT, outlets BIGINT, first_report DATE, last_report DATE);
CREATE VIEW events AS SELECT e.* EXCLUDE (run_id, number, auxiliary), d.id AS document, d.source, d.published, d.title, d.url,
  s.text AS evidence FROM coded_events e LEFT JOIN documents d USING (doc_id)
  LEFT JOIN sentences s ON s.doc_id = e.doc_id AND s.sentence = e.sentence WHERE e.auxiliary = '';
CREATE VIEW dyad_days AS SELECT date, actor, recipient, count(*) AS events, count(*) FILTER (quad = 1) AS verbal_cooperation,
  count(*) FILTER (quad = 2) AS material_cooperation, count(*) FILTER (quad = 3) AS verbal_conflict,
  count(*) FILTER (quad = 4) AS material_conflict, avg(score) AS score, avg(goldstein) AS goldstein
  FROM pairs WHERE plain AND actor <> '' AND recipient <> '' GROUP BY ALL;
CREATE VIEW quad_months AS SELECT date_trunc('month', date)::DATE AS month, actor, recipient, quad, count(*) AS events,
  avg(score) AS score FROM pairs WHERE plain AND actor <> '' AND recipient <> '' GROUP BY ALL;
COMMIT;
)sql";

}  // namespace legation
