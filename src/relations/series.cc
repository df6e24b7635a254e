#include "relations/series.h"

#include <fmt/format.h>

#include <algorithm>
#include <map>

#include "legation/ontology.h"

namespace legation {
namespace {

/// Every incident. `told` counts its events.
std::string incidents_of(const Dyad& dyad, const SeriesFilter& filter) {
  return fmt::format(
      "SELECT min(p.date) AS date, p.quad AS quad, min(p.type) AS type, {4} AS weight, "
      "bool_or(p.actor IN {0}) AS forward, bool_or(NOT p.actor IN {0}) AS backward, "
      "count(DISTINCT p.event_id) AS told, avg(p.score) AS score, avg(p.goldstein) AS goldstein {1} AND {2} "
      "GROUP BY {3}, p.quad, least(p.actor, p.recipient), greatest(p.actor, p.recipient)",
      listed(dyad.actors), rows_that_speak(filter), between(dyad), incident_key(), weight_sql(filter.weight));
}

std::string days_of(const Dyad& dyad, const SeriesFilter& filter) {
  return fmt::format(
      "SELECT (date - DATE '1970-01-01')::BIGINT, quad, sum(weight)::BIGINT, sum(weight) FILTER "
      "(forward)::BIGINT, sum(weight) FILTER (backward)::BIGINT, "
      "sum(told)::BIGINT, coalesce(sum(score * weight), 0)::DOUBLE, coalesce(sum(goldstein * weight), "
      "0)::DOUBLE, type FROM ({}) GROUP BY date, quad, type ORDER BY date, quad, type",
      incidents_of(dyad, filter));
}

std::string coverage_sql(const SeriesFilter& filter) {
  return fmt::format("SELECT (date - DATE '1970-01-01')::BIGINT, count(*) FROM pairs WHERE date IS NOT NULL{} GROUP BY 1", filter.plain ? " AND plain" : "");
}

Date day_of(const Rows& rows, std::size_t row) { return Date{static_cast<std::int32_t>(rows.number(row, 0))}; }

/// Where a day falls; -1 outside.
std::ptrdiff_t period_of(const std::vector<Date>& begins, Date day, Date end) {
  if (begins.empty() || day < begins.front() || day >= end) return -1;
  return std::upper_bound(begins.begin(), begins.end(), day) - begins.begin() - 1;
}

Status add_coverage(Database& ledger, const SeriesFilter& filter, const std::vector<Date>& begins, std::vector<std::int64_t>& coverage) {
  coverage.assign(begins.size(), 0);
  if (begins.empty()) return success();
  const auto rows = ledger.query(coverage_sql(filter));
  if (!rows.ok()) return rows.error();
  const Date end = later_period(begins.back(), filter.by, 1);
  for (std::size_t row = 0; row < rows.value().size(); ++row)
    if (const auto at = period_of(begins, day_of(rows.value(), row), end); at >= 0) coverage[static_cast<std::size_t>(at)] += rows.value().number(row, 1);
  return success();
}

/// Relative to the mean of the periods that have any.
std::vector<double> exposures(const std::vector<std::int64_t>& coverage, bool normalise) {
  double sum = 0, covered = 0;
  for (const std::int64_t rows : coverage) sum += static_cast<double>(rows), covered += rows > 0;
  std::vector<double> out;
  for (const std::int64_t rows : coverage) out.push_back(!normalise ? (rows > 0) : static_cast<double>(rows) * covered / std::max(sum, 1.0));
  return out;
}

void add_day(const Rows& rows, std::size_t row, PeriodCounts& period) {
  const auto quad = static_cast<std::size_t>(rows.number(row, 1) - 1);
  if (quad >= 4) return;
  period.quads[quad] += rows.number(row, 2);
  period.forward[quad] += rows.number(row, 3);
  period.backward[quad] += rows.number(row, 4);
  period.told += rows.number(row, 5);
  period.score += rows.real(row, 6);
  period.goldstein += rows.real(row, 7);
  if (const auto type = parse_event_type(rows.text(row, 8).value_or(""))) period.types[static_cast<std::size_t>(*type)] += rows.number(row, 2);
}

void add_balance(const Rows& rows, std::size_t row, std::vector<DayBalance>& days) {
  if (rows.number(row, 1) < 1 || rows.number(row, 1) > 4) return;  // a type that PLOVER drops
  if (days.empty() || days.back().day != day_of(rows, row)) days.push_back({day_of(rows, row), 0, 0});
  (rows.number(row, 1) <= 2 ? days.back().cooperation : days.back().conflict) += rows.number(row, 2);
}

void mark_silence(Series& series, double speaking) {
  double events = 0, exposure = 0;
  for (const PeriodCounts& period : series.periods) events += static_cast<double>(period.events()), exposure += period.exposure;
  const double usual = exposure > 0 ? events / exposure : 0;
  for (PeriodCounts& period : series.periods) period.below_threshold = period.events() == 0 && usual * period.exposure < speaking;
}

std::optional<double> ratio(double a, double b) { return b != 0 ? std::optional(a / b) : std::nullopt; }

std::int64_t sum_of(const Quads& quads) { return quads[0] + quads[1] + quads[2] + quads[3]; }

std::string panel_sql(const SeriesFilter& filter) {
  // Incidents first, then periods. date_trunc keeps the calendar of period.h: weeks from
  // Monday.
  return fmt::format(
      "SELECT a, b, (date_trunc('{0}', date)::DATE - DATE '1970-01-01')::BIGINT AS period, sum(n) FILTER "
      "(quad = 1)::BIGINT, sum(n) FILTER (quad = 2)::BIGINT, "
      "sum(n) FILTER (quad = 3)::BIGINT, sum(n) FILTER (quad = 4)::BIGINT "
      "FROM (SELECT least(p.actor, "
      "p.recipient) AS a, greatest(p.actor, p.recipient) AS b, "
      "min(p.date) AS date, p.quad AS quad, {1} AS n {2} AND p.actor <> p.recipient AND p.actor <> '' "
      "AND "
      "p.recipient <> '' GROUP BY 1, 2, 4, {3}) "
      "GROUP BY a, b, period ORDER BY a, b, period",
      name(filter.by), weight_sql(filter.weight), rows_that_speak(filter), incident_key());
}

void take_panel_row(const Rows& rows, std::size_t row, const std::map<std::int32_t, std::uint32_t>& place, std::vector<SparseDyad>& dyads) {
  const std::string a = rows.text(row, 0).value_or(""), b = rows.text(row, 1).value_or("");
  if (dyads.empty() || dyads.back().a != a || dyads.back().b != b) dyads.push_back({a, b, {}, 0, 0});
  SparseDyad::Cell cell{place.at(static_cast<std::int32_t>(rows.number(row, 2))), {}};
  for (std::size_t quad = 0; quad < 4; ++quad) cell.quads[quad] = rows.number(row, 3 + quad);
  dyads.back().cooperation += cell.quads[0] + cell.quads[1];
  dyads.back().conflict += cell.quads[2] + cell.quads[3];
  dyads.back().cells.push_back(cell);
}

}  // namespace

std::string SeriesFilter::words() const {
  constexpr std::array<std::string_view, 3> weights = {"incidents once", "incidents by independent reports", "every telling"};
  std::string out = fmt::format("by {}; {}; {}", name(by), weights[static_cast<std::size_t>(weight)],
                                plain ? "plain events" : "also denied, hypothetical, future and historical events");
  if (from) out += "; from " + from->iso();
  if (to) out += "; to " + to->iso();
  if (!context.empty()) out += "; context " + context;
  if (!sector.empty()) out += "; sector " + sector;
  if (official) out += "; on the word of organs of state";
  if (!without.empty()) out += fmt::format("; without {}", fmt::join(without, ", "));
  return out + (normalise ? "; relative to coverage" : "; not relative to coverage");
}

std::optional<double> PeriodCounts::cooperation_share() const { return ratio(static_cast<double>(cooperation()), static_cast<double>(events())); }
std::optional<double> PeriodCounts::mean_score() const { return ratio(score, static_cast<double>(events())); }
std::optional<double> PeriodCounts::mean_goldstein() const { return ratio(goldstein, static_cast<double>(events())); }
std::optional<double> PeriodCounts::asymmetry() const {
  const auto there = static_cast<double>(sum_of(forward)), back = static_cast<double>(sum_of(backward));
  return ratio(there - back, there + back);
}

std::string listed(const std::vector<std::string>& codes) {
  std::string out;
  for (const std::string& code : codes) out += (out.empty() ? "(" : ", ") + quoted(code);
  return out + ")";
}

std::string weight_sql(Weight weight) {
  constexpr const char* outlets = "greatest(count(DISTINCT nullif(d.outlet, '')), coalesce(max(i.reports), 1), 1)";
  return weight == Weight::incident ? "1" : weight == Weight::reports ? outlets : "count(DISTINCT p.event_id)";
}

std::string incident_key() {
  return "p.incident_id, CASE WHEN p.incident_id IS NULL THEN p.date END, CASE WHEN p.incident_id IS NULL "
         "THEN p.type END";
}

std::string between(const Dyad& dyad) {
  const std::string a = listed(dyad.actors), b = listed(dyad.recipients);
  const std::string there = fmt::format("p.actor IN {} AND p.recipient IN {}", a, b);
  return dyad.directed ? "(" + there + ")" : fmt::format("(({}) OR (p.actor IN {} AND p.recipient IN {}))", there, b, a);
}

namespace {

constexpr std::string_view organs = "('GOV', 'MIL', 'LEG', 'JUD', 'COP', 'SPY')";

std::string joins_of(const SeriesFilter& filter) {
  std::string out;
  if (!filter.context.empty() || filter.weight == Weight::reports) out += " JOIN coded_events e ON e.event_id = p.event_id";
  if (filter.weight == Weight::reports)
    out +=
        " LEFT JOIN documents d ON d.doc_id = e.doc_id LEFT JOIN imported_events i ON i.event_id = "
        "p.event_id";
  return out;
}

}  // namespace

std::string rows_that_speak(const SeriesFilter& filter) {
  std::string out = "FROM pairs p" + joins_of(filter) + " WHERE p.date IS NOT NULL";
  if (filter.plain) out += " AND p.plain";
  if (filter.from) out += " AND p.date >= DATE " + quoted(filter.from->iso());
  if (filter.to) out += " AND p.date <= DATE " + quoted(filter.to->iso());
  if (!filter.context.empty()) out += " AND list_contains(string_split(e.contexts, '; '), " + quoted(filter.context) + ")";
  if (!filter.sector.empty()) out += fmt::format(" AND {} IN (p.actor_sector, p.recipient_sector)", quoted(filter.sector));
  if (filter.official)
    out += fmt::format(
        " AND ((p.quad IN (1, 3) AND p.actor_sector IN {0}) OR p.event_id IN (SELECT m.event_id FROM "
        "mentions m "
        "WHERE m.side = 'speaker' AND m.sector IN {0}))",
        organs);
  if (!filter.without.empty())
    out += fmt::format(" AND p.event_id NOT IN (SELECT o.event_id FROM pairs o WHERE o.actor IN {0} OR o.recipient IN {0})", listed(filter.without));
  return out;
}

Result<Series> read_series(Database& ledger, const Dyad& dyad, const SeriesFilter& filter) {
  const auto days = ledger.query(days_of(dyad, filter));
  if (!days.ok()) return days.error();
  Series series{filter.by, {}, {}};
  const std::size_t n = days.value().size();
  if (n == 0) return series;
  const auto begins = periods_between(filter.from.value_or(day_of(days.value(), 0)), filter.to.value_or(day_of(days.value(), n - 1)), filter.by);
  std::vector<std::int64_t> coverage;
  if (const Status covered = add_coverage(ledger, filter, begins, coverage); !covered.ok()) return covered.error();
  const std::vector<double> exposure = exposures(coverage, filter.normalise);
  for (std::size_t at = 0; at < begins.size(); ++at) {
    PeriodCounts& period = series.periods.emplace_back();
    period.begin = begins[at], period.coverage = coverage[at], period.exposure = exposure[at];
  }
  const Date end = later_period(begins.back(), filter.by, 1);
  for (std::size_t row = 0; row < n; ++row)
    if (const auto at = period_of(begins, day_of(days.value(), row), end); at >= 0)
      add_day(days.value(), row, series.periods[static_cast<std::size_t>(at)]), add_balance(days.value(), row, series.days);
  mark_silence(series, filter.speaking);
  return series;
}

Result<DyadPanel> read_all_dyads(Database& ledger, const SeriesFilter& filter, std::int64_t min_events) {
  DyadPanel panel{filter.by, {}, {}, {}};
  const auto ends = ledger.query(
      "SELECT (min(p.date) - DATE '1970-01-01')::BIGINT, (max(p.date) - DATE '1970-01-01')::BIGINT, "
      "count(*) " +
      rows_that_speak(filter));
  if (!ends.ok()) return ends.error();
  if (ends.value().number(0, 2) == 0) return panel;
  panel.begins = periods_between(day_of(ends.value(), 0), Date{static_cast<std::int32_t>(ends.value().number(0, 1))}, filter.by);
  std::vector<std::int64_t> coverage;
  if (const Status covered = add_coverage(ledger, filter, panel.begins, coverage); !covered.ok()) return covered.error();
  panel.exposure = exposures(coverage, filter.normalise);
  std::map<std::int32_t, std::uint32_t> place;
  for (std::size_t at = 0; at < panel.begins.size(); ++at) place[panel.begins[at].days] = static_cast<std::uint32_t>(at);
  const auto rows = ledger.query(panel_sql(filter));
  if (!rows.ok()) return rows.error();
  for (std::size_t row = 0; row < rows.value().size(); ++row) take_panel_row(rows.value(), row, place, panel.dyads);
  std::erase_if(panel.dyads, [&](const SparseDyad& dyad) { return dyad.cooperation + dyad.conflict < min_events; });
  return panel;
}

}  // namespace legation
