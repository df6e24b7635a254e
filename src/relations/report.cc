#include "relations/report.h"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>

#include "relations/change_points.h"

namespace legation {
namespace {

/// Cooperation and all events of a stretch.
struct Stretch {
  double cooperation = 0, events = 0;
  double index() const { return events > 0 ? 2 * cooperation / events - 1 : 0; }
};

double cost_of(const Stretch& stretch) {
  const double values[] = {stretch.cooperation}, exposure[] = {stretch.events};
  ChangeOptions options;
  options.cost = SegmentCost::binomial;
  return segment_cost(values, exposure, options, 0, 1);
}

double evidence_of(const Stretch& before, const Stretch& after, double dispersion) {
  const Stretch whole{before.cooperation + after.cooperation, before.events + after.events};
  return (cost_of(whole) - cost_of(before) - cost_of(after)) / dispersion;
}

Stretch sum_over(const std::vector<Observation>& periods, std::size_t begin, std::size_t end) {
  Stretch out;
  for (std::size_t at = begin; at < end; ++at) {
    out.cooperation += periods[at].cooperation;
    out.events += periods[at].cooperation + periods[at].conflict;
  }
  return out;
}

/// Where the n-th period with events after `begin` ends.
std::size_t near_end(const std::vector<Observation>& periods, std::size_t begin, std::size_t end,
                     std::size_t n) {
  for (std::size_t at = begin; at < end; ++at)
    if (periods[at].cooperation + periods[at].conflict > 0 && --n == 0) return at + 1;
  return end;
}

std::string drivers_sql(const Dyad& dyad, const SeriesFilter& filter, bool conflict, std::size_t most) {
  return fmt::format(
      "SELECT i.date::VARCHAR, i.type, e.modes, CASE WHEN i.there AND i.back THEN i.a || ', ' || i.b WHEN "
      "i.there THEN i.x || ' to ' || i.y ELSE i.x || ' to ' || i.y END, "
      "i.quad, i.score, i.told, d.source, d.title, s.text FROM (SELECT min(p.date) AS date, min(p.type) AS type, "
      "p.quad AS quad, "
      "least(p.actor, p.recipient) AS a, greatest(p.actor, p.recipient) AS b, bool_or(p.actor IN {0}) AS "
      "there, bool_or(NOT p.actor IN {0}) AS back, "
      "min(p.actor) AS x, min(p.recipient) AS y, coalesce(avg(p.score), 0) AS score, count(DISTINCT "
      "p.event_id) AS told, min(p.event_id) AS event_id "
      "{1} AND {2} AND p.quad {3} 2 GROUP BY 3, 4, 5, {5}) i LEFT JOIN coded_events e ON e.event_id = "
      "i.event_id "
      "LEFT JOIN documents d ON d.doc_id = e.doc_id LEFT JOIN sentences s ON s.doc_id = e.doc_id AND "
      "s.sentence = e.sentence "
      "ORDER BY told * abs(i.score) DESC, i.date, i.type LIMIT {4}",
      listed(dyad.actors), rows_that_speak(filter), between(dyad), conflict ? ">" : "<=", most, incident_key());
}

Driver driver_of(const Rows& rows, std::size_t row) {
  const auto cell = [&](std::size_t column) { return rows.text(row, column).value_or(""); };
  return {cell(0),
          cell(1),
          cell(2),
          cell(3),
          static_cast<int>(rows.number(row, 4)),
          rows.real(row, 5),
          rows.number(row, 6),
          cell(7),
          cell(8),
          cell(9)};
}

struct Neighbours {
  Stretch before, after;
  Date near_from, near_to;
};

Status add_drivers(Database& ledger, const Dyad& dyad, const ReportOptions& options, const Neighbours& near,
                   double dispersion, Change& change) {
  SeriesFilter filter = options.filter;
  filter.from = std::max(near.near_from, filter.from.value_or(near.near_from));
  filter.to = std::min(near.near_to, filter.to.value_or(near.near_to));
  const bool conflict = change.after < change.before;
  const auto rows = ledger.query(drivers_sql(dyad, filter, conflict, options.most_drivers));
  if (!rows.ok()) return rows.error();
  Stretch without = near.after;
  for (std::size_t row = 0; row < rows.value().size(); ++row) {
    change.drivers.push_back(driver_of(rows.value(), row));
    const double weight = filter.incidents ? 1 : static_cast<double>(change.drivers.back().told);
    without.events -= weight, without.cooperation -= conflict ? 0 : weight;
  }
  change.after_without = without.index();
  change.evidence_without = without.events > 0 ? evidence_of(near.before, without, dispersion) : 0;
  return success();
}

Status add_all_drivers(Database& ledger, const ReportOptions& options, RelationReport& report) {
  const std::vector<Observation> periods = observations(report.series);
  for (std::size_t at = 0; at < report.changes.size(); ++at) {
    const std::size_t from = at == 0 ? 0 : report.changes[at - 1].period, here = report.changes[at].period;
    const std::size_t to = at + 1 < report.changes.size() ? report.changes[at + 1].period : periods.size();
    const std::size_t near = near_end(periods, here, to, options.near_periods);
    const Neighbours neighbours{sum_over(periods, from, here), sum_over(periods, here, to),
                                report.series.periods[here].begin,
                                later_period(report.series.periods[near - 1].begin, report.series.by, 1) - 1};
    if (const Status added = add_drivers(ledger, report.dyad, options, neighbours, report.index.dispersion,
                                         report.changes[at]);
        !added.ok())
      return added;
  }
  return success();
}

/// The group of a dyad: all dyads of either side. Rows, not incidents: only the balance is learned from them.
Result<Balance> read_group(Database& ledger, const Dyad& dyad, const SeriesFilter& filter) {
  std::vector<std::string> sides = dyad.actors;
  sides.insert(sides.end(), dyad.recipients.begin(), dyad.recipients.end());
  const auto rows =
      ledger.query(fmt::format("SELECT count(*) FILTER (p.quad <= 2), count(*) FILTER (p.quad > 2) {} AND "
                               "p.actor IN {} AND p.recipient <> '' GROUP BY p.actor, p.recipient",
                               rows_that_speak(filter), listed(sides)));
  if (!rows.ok()) return rows.error();
  std::vector<Observation> totals;
  for (std::size_t row = 0; row < rows.value().size(); ++row)
    totals.push_back({static_cast<double>(rows.value().number(row, 0)),
                      static_cast<double>(rows.value().number(row, 1)), 1});
  return learn_balance(totals);
}

Error nothing_between(Database& ledger, const Dyad& dyad) {
  const auto others = ledger.query(
      fmt::format("SELECT p.recipient, count(*) AS n FROM pairs p WHERE p.plain AND p.actor IN {0} AND "
                  "p.recipient <> '' AND NOT p.recipient IN {0} GROUP BY 1 ORDER BY n DESC, 1 LIMIT 3",
                  listed(dyad.actors)));
  std::string with;
  if (others.ok())
    for (std::size_t row = 0; row < others.value().size(); ++row)
      with += fmt::format("{}{} ({})", with.empty() ? "" : ", ", others.value().text(row, 0).value_or(""),
                          others.value().number(row, 1));
  const auto all = ledger.query(
      "SELECT count(*) FROM pairs WHERE plain AND date IS NOT NULL AND actor <> '' AND recipient <> ''");
  if (all.ok() && all.value().number(0, 0) == 0)
    return {Error::Code::not_found,
            ledger.path() + ": no dated event between two parties yet; `legation ingest` puts some in"};
  return {Error::Code::not_found,
          fmt::format("{}: no event between {} and {} under these filters; {}", ledger.path(),
                      fmt::join(dyad.actors, ","), fmt::join(dyad.recipients, ","),
                      with.empty() ? fmt::format("none of {} at all", fmt::join(dyad.actors, ","))
                                   : fmt::format("{} has most with {}", fmt::join(dyad.actors, ","), with))};
}

Result<std::vector<StatedClaim>> read_claims(Database& ledger, const Dyad& dyad) {
  const std::string a = listed(dyad.actors), b = listed(dyad.recipients);
  const auto rows = ledger.query(
      fmt::format("SELECT c.property, c.subject || CASE WHEN c.object = '' THEN '' ELSE ', ' || c.object "
                  "END, CASE WHEN c.value IS NULL THEN '' ELSE printf('%.0f', c.value) || ' ' || c.unit END, "
                  "coalesce(c.date, d.published, d.dated)::VARCHAR, c.speaker, d.source, s.text FROM claims "
                  "c LEFT JOIN documents d ON d.doc_id = c.doc_id "
                  "LEFT JOIN sentences s ON s.doc_id = c.doc_id AND s.sentence = c.sentence "
                  "WHERE (c.subject IN {0} AND c.object IN {1}) OR (c.subject IN {1} AND c.object IN {0}) "
                  "ORDER BY 4, c.doc_id, c.number LIMIT 50",
                  a, b));
  if (!rows.ok()) return rows.error();
  std::vector<StatedClaim> claims;
  for (std::size_t row = 0; row < rows.value().size(); ++row) {
    const auto cell = [&](std::size_t column) { return rows.value().text(row, column).value_or(""); };
    claims.push_back({cell(0), cell(1), cell(2), cell(3), cell(4), cell(5), cell(6)});
  }
  return claims;
}

}  // namespace

std::vector<Observation> observations(const Series& series) {
  std::vector<Observation> out;
  for (const PeriodCounts& period : series.periods)
    out.push_back(
        {static_cast<double>(period.cooperation()), static_cast<double>(period.conflict()), period.exposure});
  return out;
}

std::vector<Change> find_balance_changes(const std::vector<Observation>& periods, double dispersion) {
  std::vector<double> cooperation, events;
  std::vector<std::size_t> place;
  for (std::size_t at = 0; at < periods.size(); ++at) {
    if (periods[at].cooperation + periods[at].conflict <= 0) continue;
    cooperation.push_back(periods[at].cooperation),
        events.push_back(periods[at].cooperation + periods[at].conflict), place.push_back(at);
  }
  ChangeOptions options;
  options.cost = SegmentCost::binomial;
  const double needed = 2 * std::log(static_cast<double>(std::max<std::size_t>(place.size(), 2)));
  options.penalty = needed * dispersion;
  std::vector<std::size_t> borders = {0};
  for (const std::size_t change : find_changes(cooperation, events, options).changes)
    borders.push_back(place[change]);
  std::vector<Change> changes;
  for (std::size_t at = 1; at < borders.size(); ++at) {
    const Stretch before = sum_over(periods, borders[at - 1], borders[at]);
    const Stretch after =
        sum_over(periods, borders[at], at + 1 < borders.size() ? borders[at + 1] : periods.size());
    Change& change = changes.emplace_back();
    change.period = borders[at], change.before = before.index(), change.after = after.index();
    change.evidence = evidence_of(before, after, dispersion), change.needed = needed;
  }
  return changes;
}

Result<Provenance> read_provenance(Database& ledger, const SeriesFilter& filter) {
  const auto rows = ledger.query(
      "SELECT string_agg(DISTINCT engine, ' + '), string_agg(DISTINCT mapping, ' + ') FILTER (mapping <> '') "
      "FROM runs");
  if (!rows.ok()) return rows.error();
  Provenance out{"", "", filter.words()};
  if (rows.value().size() > 0)
    out.engines = rows.value().text(0, 0).value_or("rows not made by a run"),
    out.mappings = rows.value().text(0, 1).value_or("none");
  return out;
}

Result<RelationReport> read_report(Database& ledger, const Dyad& dyad, const ReportOptions& options) {
  RelationReport report;
  report.dyad = dyad;
  auto series = read_series(ledger, dyad, options.filter);
  if (!series.ok()) return series.error();
  report.series = std::move(series).value();
  if (report.series.periods.empty()) return nothing_between(ledger, dyad);
  const auto group = read_group(ledger, dyad, options.filter);
  if (!group.ok()) return group.error();
  IndexOptions index;
  index.group = report.group = group.value();
  index.interval = options.interval;
  const std::vector<Observation> periods = observations(report.series);
  report.index = estimate_index(periods, index);
  report.changes = find_balance_changes(periods, report.index.dispersion);
  if (const Status added = add_all_drivers(ledger, options, report); !added.ok()) return added.error();
  auto claims = read_claims(ledger, dyad);
  if (!claims.ok()) return claims.error();
  report.claims = std::move(claims).value();
  auto provenance = read_provenance(ledger, options.filter);
  if (!provenance.ok()) return provenance.error();
  report.provenance = std::move(provenance).value();
  return report;
}

}  // namespace legation
