#include "relations/report.h"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>

#include "engine/engine.h"
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

/// The variance of cells about the balance of the 31 round them, against the binomial one: from neighbours,
/// so that changes of the balance itself count little (as learn_variance() does).
double dispersion_of(const std::vector<double>& cooperation, const std::vector<double>& events) {
  constexpr std::size_t reach = 15;
  const std::size_t n = events.size();
  if (n < 4) return 1;
  std::vector<double> c(n + 1), all(n + 1);
  for (std::size_t at = 0; at < n; ++at) c[at + 1] = c[at] + cooperation[at], all[at + 1] = all[at] + events[at];
  double seen = 0, expected = 0;
  for (std::size_t at = 0; at + 1 < n; ++at) {
    const std::size_t from = at > reach ? at - reach : 0, to = std::min(n, at + reach + 2);
    const double share = (c[to] - c[from] + 0.5) / (all[to] - all[from] + 1);
    const double step = cooperation[at] / events[at] - cooperation[at + 1] / events[at + 1];
    // Large cells clump most and weigh most in the costs of segments: so they do here.
    const double weight = events[at] + events[at + 1];
    seen += weight * step * step / (1 / events[at] + 1 / events[at + 1]);
    expected += weight * share * (1 - share);
  }
  return std::max(1.0, seen / expected);
}

/// By tellings and intensity, the sooner after filter.from the more.
std::string drivers_sql(const Dyad& dyad, const SeriesFilter& filter, bool conflict, const ReportOptions& options) {
  return fmt::format(
      "SELECT i.date::VARCHAR, i.type, e.modes, CASE WHEN i.there AND i.back THEN i.a || ', ' || i.b WHEN "
      "i.there THEN i.x || ' to ' || i.y ELSE i.x || ' to ' || i.y END, "
      "i.quad, i.score, i.told, d.source, d.title, s.text, i.weight FROM (SELECT min(p.date) AS date, "
      "min(p.type) AS type, "
      "p.quad AS quad, "
      "least(p.actor, p.recipient) AS a, greatest(p.actor, p.recipient) AS b, bool_or(p.actor IN {0}) AS "
      "there, bool_or(NOT p.actor IN {0}) AS back, "
      "min(p.actor) AS x, min(p.recipient) AS y, coalesce(avg(p.score), 0) AS score, count(DISTINCT "
      "p.event_id) AS told, min(p.event_id) AS event_id, {6} AS weight "
      "{1} AND {2} AND p.quad {3} 2 GROUP BY 3, 4, 5, {5}) i LEFT JOIN coded_events e ON e.event_id = "
      "i.event_id "
      "LEFT JOIN documents d ON d.doc_id = e.doc_id LEFT JOIN sentences s ON s.doc_id = e.doc_id AND "
      "s.sentence = e.sentence "
      "ORDER BY told * abs(coalesce(i.score, 1)) * pow(0.5, (i.date - DATE '{7}') / {8}.0) DESC, i.date, "
      "i.type LIMIT {4}",
      listed(dyad.actors), rows_that_speak(filter), between(dyad), conflict ? ">" : "<=", options.most_drivers, incident_key(), weight_sql(filter.weight),
      filter.from->iso(), options.half_life);
}

Driver driver_of(const Rows& rows, std::size_t row) {
  const auto cell = [&](std::size_t column) { return rows.text(row, column).value_or(""); };
  return {cell(0), cell(1), cell(2), cell(3), static_cast<int>(rows.number(row, 4)), rows.real(row, 5), rows.number(row, 6), cell(7), cell(8), cell(9)};
}

struct Neighbours {
  Stretch before, after;
  Date from, to;  ///< days in which drivers are looked for
};

Status add_drivers(Database& ledger, const Dyad& dyad, const ReportOptions& options, const Neighbours& near, double dispersion, Change& change) {
  SeriesFilter filter = options.filter;
  filter.from = near.from, filter.to = near.to;
  const bool conflict = change.after < change.before;
  const auto rows = ledger.query(drivers_sql(dyad, filter, conflict, options));
  if (!rows.ok()) return rows.error();
  Stretch without = near.after;
  for (std::size_t row = 0; row < rows.value().size(); ++row) {
    change.drivers.push_back(driver_of(rows.value(), row));
    const auto weight = static_cast<double>(rows.value().number(row, 10));
    without.events -= weight, without.cooperation -= conflict ? 0 : weight;
  }
  change.after_without = without.index();
  change.evidence_without = without.events > 0 ? evidence_of(near.before, without, dispersion) : 0;
  return success();
}

std::vector<Observation> observations(const std::vector<DayBalance>& days) {
  std::vector<Observation> out;
  for (const DayBalance& day : days) out.push_back({static_cast<double>(day.cooperation), static_cast<double>(day.conflict), 1});
  return out;
}

/// Exact search on many thousands of days without a change takes seconds: such series are searched by weeks.
constexpr std::size_t most_days = 2000;

std::vector<DayBalance> cells_of(const std::vector<DayBalance>& days) {
  if (days.size() <= most_days) return days;
  std::vector<DayBalance> weeks;
  for (const DayBalance& day : days) {
    const Date monday = period_begin(day.day, Step::week);
    if (weeks.empty() || weeks.back().day != monday) weeks.push_back({monday, 0, 0});
    weeks.back().cooperation += day.cooperation, weeks.back().conflict += day.conflict;
  }
  return weeks;
}

std::size_t period_of(const Series& series, Date day) {
  std::size_t at = 0;
  while (at + 1 < series.periods.size() && series.periods[at + 1].begin <= day) ++at;
  return at;
}

/// Found on days (weeks, where those are too many), whatever the periods that are shown: so they do not move
/// with --by, and have a date.
Status add_changes(Database& ledger, const ReportOptions& options, RelationReport& report) {
  const std::vector<DayBalance> days = cells_of(report.series.days);
  const std::vector<Observation> cells = observations(days);
  const BalanceChanges found = find_balance_changes(cells);
  report.dispersion = found.dispersion;
  for (std::size_t which = 0; which < found.changes.size(); ++which) {
    const BalanceChange& plain = found.changes[which];
    Change& change = report.changes.emplace_back(Change{plain, days[plain.at].day, 0, {}, 0, 0});
    change.period = period_of(report.series, change.day);
    const std::size_t from = which == 0 ? 0 : found.changes[which - 1].at;
    const std::size_t to = which + 1 < found.changes.size() ? found.changes[which + 1].at : days.size();
    const Neighbours neighbours{sum_over(cells, from, plain.at), sum_over(cells, plain.at, to), change.day,
                                std::min(change.day + (options.near_days - 1), to < days.size() ? days[to].day - 1 : report.series.days.back().day)};
    if (const Status added = add_drivers(ledger, report.dyad, options, neighbours, found.dispersion, change); !added.ok()) return added;
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
    totals.push_back({static_cast<double>(rows.value().number(row, 0)), static_cast<double>(rows.value().number(row, 1)), 1});
  return learn_balance(totals);
}

Error nothing_between(Database& ledger, const Dyad& dyad) {
  const auto others =
      ledger.query(fmt::format("SELECT p.recipient, count(*) AS n FROM pairs p WHERE p.plain AND p.actor IN {0} AND "
                               "p.recipient <> '' AND NOT p.recipient IN {0} GROUP BY 1 ORDER BY n DESC, 1 LIMIT 3",
                               listed(dyad.actors)));
  std::string with;
  if (others.ok())
    for (std::size_t row = 0; row < others.value().size(); ++row)
      with += fmt::format("{}{} ({})", with.empty() ? "" : ", ", others.value().text(row, 0).value_or(""), others.value().number(row, 1));
  const auto all = ledger.query("SELECT count(*) FROM pairs WHERE plain AND date IS NOT NULL AND actor <> '' AND recipient <> ''");
  if (all.ok() && all.value().number(0, 0) == 0)
    return {Error::Code::not_found, ledger.path() + ": no dated event between two parties yet; `legation ingest` puts some in"};
  return {Error::Code::not_found,
          fmt::format("{}: no event between {} and {} under these filters; {}", ledger.path(), fmt::join(dyad.actors, ","), fmt::join(dyad.recipients, ","),
                      with.empty() ? fmt::format("none of {} at all", fmt::join(dyad.actors, ","))
                                   : fmt::format("{} has most with {}", fmt::join(dyad.actors, ","), with))};
}

Result<std::vector<StatedClaim>> read_claims(Database& ledger, const Dyad& dyad) {
  const std::string a = listed(dyad.actors), b = listed(dyad.recipients);
  const auto rows =
      ledger.query(fmt::format("SELECT c.property, c.subject || CASE WHEN c.object = '' THEN '' ELSE ', ' || c.object "
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
    out.push_back({static_cast<double>(period.cooperation()), static_cast<double>(period.conflict()), period.exposure});
  return out;
}

BalanceChanges find_balance_changes(const std::vector<Observation>& cells) {
  std::vector<double> cooperation, events;
  std::vector<std::size_t> borders = {0}, place;
  for (std::size_t at = 0; at < cells.size(); ++at) {
    if (cells[at].cooperation + cells[at].conflict <= 0) continue;
    cooperation.push_back(cells[at].cooperation), events.push_back(cells[at].cooperation + cells[at].conflict), place.push_back(at);
  }
  BalanceChanges out;
  out.dispersion = dispersion_of(cooperation, events);
  ChangeOptions options;
  options.cost = SegmentCost::binomial;
  const double needed = 2 * std::log(static_cast<double>(std::max<std::size_t>(place.size(), 2)));
  options.penalty = needed * out.dispersion;
  for (const std::size_t change : find_changes(cooperation, events, options).changes) borders.push_back(place[change]);
  for (std::size_t at = 1; at < borders.size(); ++at) {
    const Stretch before = sum_over(cells, borders[at - 1], borders[at]);
    const Stretch after = sum_over(cells, borders[at], at + 1 < borders.size() ? borders[at + 1] : cells.size());
    out.changes.push_back({borders[at], before.index(), after.index(), evidence_of(before, after, out.dispersion), needed});
  }
  return out;
}

Result<Provenance> read_provenance(Database& ledger, const SeriesFilter& filter) {
  const auto rows = ledger.query(
      "SELECT string_agg(DISTINCT engine, ' + ') FILTER (engine <> ''), string_agg(DISTINCT mapping, ' + ') "
      "FILTER (mapping <> '') "
      "FROM runs");
  if (!rows.ok()) return rows.error();
  Provenance out{"", "", filter.words()};
  if (rows.value().size() > 0)
    out.engines = fmt::format("legation {}, rows by {}", program_version, rows.value().text(0, 0).value_or("no run of it")),
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
  if (const Status added = add_changes(ledger, options, report); !added.ok()) return added.error();
  auto claims = read_claims(ledger, dyad);
  if (!claims.ok()) return claims.error();
  report.claims = std::move(claims).value();
  auto provenance = read_provenance(ledger, options.filter);
  if (!provenance.ok()) return provenance.error();
  report.provenance = std::move(provenance).value();
  return report;
}

}  // namespace legation
