#include "relations/triad.h"

#include <fmt/format.h>

#include <algorithm>
#include <boost/math/special_functions/beta.hpp>
#include <cmath>
#include <nlohmann/json.hpp>

#include "relations/index.h"
#include "relations/report_writers.h"

namespace legation {
namespace {

using Json = nlohmann::ordered_json;

constexpr std::array<std::array<std::size_t, 2>, 3> ends = {{{0, 1}, {0, 2}, {1, 2}}};

/// P(c > k) for two independent gamma distributions.
double positive_probability(const GammaBelief& cooperation, const GammaBelief& conflict) {
  const double even = conflict.rate / (cooperation.rate + conflict.rate);
  return boost::math::ibeta(conflict.shape, cooperation.shape, even);
}

SeriesFilter filter_of(const Triad& triad, const SeriesFilter& filter, std::size_t side) {
  SeriesFilter out = filter;
  out.without = triad.parties[2 - side];  // 0-1 leaves out 2, 0-2 leaves out 1, 1-2 leaves out 0
  return out;
}

Error silent_side(const Triad& triad, const Database& ledger, std::size_t side) {
  return {Error::Code::not_found, fmt::format("{}: no event between {} and {} under these filters once those with {} are left out; give them "
                                              "as a dyad, or choose another third party",
                                              ledger.path(), fmt::join(triad.parties[ends[side][0]], ","), fmt::join(triad.parties[ends[side][1]], ","),
                                              fmt::join(triad.parties[2 - side], ","))};
}

/// The common stretch of time: from the first event of any side to the last.
Status read_sides(Database& ledger, const SeriesFilter& given, Triad& triad) {
  SeriesFilter filter = given;
  std::optional<Date> first, last;
  for (const bool again : {false, true}) {
    for (std::size_t at = 0; at < 3; ++at) {
      const Dyad dyad{triad.parties[ends[at][0]], triad.parties[ends[at][1]], false};
      auto series = read_series(ledger, dyad, filter_of(triad, filter, at));
      if (!series.ok()) return series.error();
      if (series.value().periods.empty()) return silent_side(triad, ledger, at);
      const auto& periods = series.value().periods;
      first = std::min(first.value_or(periods.front().begin), periods.front().begin);
      last = std::max(last.value_or(periods.back().begin), periods.back().begin);
      triad.sides[at].one = ends[at][0], triad.sides[at].other = ends[at][1];
      triad.sides[at].series = std::move(series).value();
    }
    if (again) break;
    filter.from = given.from.value_or(*first);
    filter.to = given.to.value_or(later_period(*last, given.by, 1) - 1);
  }
  return success();
}

Balance group_of(const Triad& triad) {
  std::vector<Observation> totals;
  for (const TriadSide& side : triad.sides) {
    Observation& total = totals.emplace_back(Observation{0, 0, 1});
    for (const Observation& period : observations(side.series)) total.cooperation += period.cooperation, total.conflict += period.conflict;
  }
  return learn_balance(totals);
}

void add_index(TriadSide& side, const Balance& group, double interval) {
  IndexOptions options;
  options.group = group, options.interval = interval, options.smoothed = false;
  RelationIndex index = estimate_index(observations(side.series), options);
  for (std::size_t at = 0; at < index.filtered.size(); ++at) side.positive.push_back(positive_probability(index.cooperation[at], index.conflict[at]));
  side.index = std::move(index.filtered);
}

void add_balance(Triad& triad) {
  std::array<bool, 3> begun{};
  for (std::size_t at = 0; at < triad.sides[0].series.periods.size(); ++at) {
    double product = 1;
    for (std::size_t side = 0; side < 3; ++side) {
      begun[side] |= triad.sides[side].series.periods[at].events() > 0;
      product *= 2 * triad.sides[side].positive[at] - 1;
    }
    triad.balanced.push_back(begun[0] && begun[1] && begun[2] ? std::optional((1 + product) / 2) : std::nullopt);
  }
}

TriadMovement movement_of(const Triad& triad, std::size_t one, std::size_t other) {
  const TriadSide &a = triad.sides[one], &b = triad.sides[other];
  std::vector<double> x, y;
  for (std::size_t at = 1; at < a.index.size(); ++at)
    if (a.series.periods[at].events() > 0 && b.series.periods[at].events() > 0)
      x.push_back(a.index[at].mean - a.index[at - 1].mean), y.push_back(b.index[at].mean - b.index[at - 1].mean);
  TriadMovement out = moved_together(x, y);
  out.one = one, out.other = other;
  return out;
}

/// Of lag `lag`, about the mean.
double autocorrelation(const std::vector<double>& x, std::size_t lag) {
  double mean = 0, all = 0, sum = 0;
  for (const double value : x) mean += value / static_cast<double>(x.size());
  for (std::size_t at = 0; at < x.size(); ++at) {
    all += (x[at] - mean) * (x[at] - mean);
    if (at >= lag) sum += (x[at] - mean) * (x[at - lag] - mean);
  }
  return all > 0 ? sum / all : 0;
}

std::string side_code(const Triad& triad, const TriadSide& side) { return dyad_code({triad.parties[side.one], triad.parties[side.other], false}); }

std::string verdict(const TriadMovement& movement) {
  return movement.lower > 0 ? "move together" : movement.upper < 0 ? "move against each other" : "undecided";
}

/// A digit for each tenth of the probability, a dot before all sides have begun.
std::string strip(const Triad& triad, std::size_t first, std::size_t end) {
  std::string out;
  for (std::size_t at = first; at < end; ++at)
    out += !triad.balanced[at] ? '.' : static_cast<char>('0' + std::min(9, static_cast<int>(*triad.balanced[at] * 10)));
  return out;
}

}  // namespace

TriadMovement moved_together(const std::vector<double>& x, const std::vector<double>& y) {
  TriadMovement out;
  out.periods = x.size();
  if (x.size() < 5) return out;
  const auto n = static_cast<double>(x.size());
  double mx = 0, my = 0, xx = 0, yy = 0, xy = 0;
  for (std::size_t at = 0; at < x.size(); ++at) mx += x[at] / n, my += y[at] / n;
  for (std::size_t at = 0; at < x.size(); ++at) xx += (x[at] - mx) * (x[at] - mx), yy += (y[at] - my) * (y[at] - my), xy += (x[at] - mx) * (y[at] - my);
  if (xx <= 0 || yy <= 0) return out;
  out.correlation = xy / std::sqrt(xx * yy);
  double memory = 1;
  for (std::size_t lag = 1; lag <= std::min<std::size_t>(x.size() / 4, 12); ++lag)
    memory += 2 * (1 - static_cast<double>(lag) / n) * autocorrelation(x, lag) * autocorrelation(y, lag);
  out.worth = std::clamp(n / std::max(memory, 0.1), 4.0, n);
  const double centre = std::atanh(std::clamp(out.correlation, -0.9999, 0.9999)), half = 1.6449 / std::sqrt(out.worth - 3);
  // The extremes are clamped for the transformation only: the interval holds the correlation itself.
  out.lower = std::min(std::tanh(centre - half), out.correlation), out.upper = std::max(std::tanh(centre + half), out.correlation);
  return out;
}

Result<Triad> read_triad(Database& ledger, const std::array<std::vector<std::string>, 3>& parties, const ReportOptions& options) {
  Triad triad;
  triad.parties = parties, triad.by = options.filter.by;
  if (const Status read = read_sides(ledger, options.filter, triad); !read.ok()) return read.error();
  const Balance group = group_of(triad);
  for (TriadSide& side : triad.sides) add_index(side, group, options.interval);
  for (std::size_t at = 0; at < 3; ++at) triad.movements[at] = movement_of(triad, at == 2 ? 1 : 0, at == 0 ? 1 : 2);
  add_balance(triad);
  auto provenance = read_provenance(ledger, options.filter);
  if (!provenance.ok()) return provenance.error();
  triad.provenance = std::move(provenance).value();
  triad.provenance.filter += "; events of all three left out";
  return triad;
}

std::string terminal_triad(const Triad& triad, unsigned width) {
  const std::size_t n = triad.balanced.size();
  std::string out =
      fmt::format("{}, {} and {}, {} to {}\n\n", triad.names[0], triad.names[1], triad.names[2],
                  period_label(triad.sides[0].series.periods.front().begin, triad.by), period_label(triad.sides[0].series.periods.back().begin, triad.by));
  for (const TriadSide& side : triad.sides) {
    std::int64_t events = 0;
    for (const PeriodCounts& period : side.series.periods) events += period.events();
    const IndexPoint& last = side.index.back();
    out += fmt::format("{:<16} {:>6} incidents, index at the end {:+.2f} ({:+.2f} to {:+.2f})\n", side_code(triad, side), events, last.mean, last.lower,
                       last.upper);
  }
  out += "\nCorrelation of the changes of the index, 90% interval\n";
  for (const TriadMovement& m : triad.movements)
    out += m.periods < 5 ? fmt::format("{} and {}: {} periods in which both have events are too few to say\n", side_code(triad, triad.sides[m.one]),
                                       side_code(triad, triad.sides[m.other]), m.periods)
                         : fmt::format("{} and {}: {:+.2f} ({:+.2f} to {:+.2f}) over {} periods, worth {:.0f}: {}\n", side_code(triad, triad.sides[m.one]),
                                       side_code(triad, triad.sides[m.other]), m.correlation, m.lower, m.upper, m.periods, m.worth, verdict(m));
  out +=
      "\nBalance: tenths of the probability that none or two of the three relations are negative; a dot: not "
      "all begun\n";
  const std::size_t line = width > 30 ? width - 12 : 60;
  for (std::size_t first = 0; first < n; first += line)
    out += fmt::format("{:<11} {}\n", period_label(triad.sides[0].series.periods[first].begin, triad.by), strip(triad, first, std::min(n, first + line)));
  return out + fmt::format("\nFilters: {}.\nEngine: {}. Mapping tables: {}.\n", triad.provenance.filter, triad.provenance.engines, triad.provenance.mappings);
}

std::string json_triad(const Triad& triad) {
  Json json = {{"parties", triad.parties},
               {"by", name(triad.by)},
               {"filter", triad.provenance.filter},
               {"engine", triad.provenance.engines},
               {"mapping", triad.provenance.mappings}};
  json["movements"] = Json::array(), json["periods"] = Json::array();
  for (const TriadMovement& m : triad.movements)
    json["movements"].push_back({{"one", side_code(triad, triad.sides[m.one])},
                                 {"other", side_code(triad, triad.sides[m.other])},
                                 {"correlation", m.periods < 5 ? Json(nullptr) : Json(m.correlation)},
                                 {"lower", m.lower},
                                 {"upper", m.upper},
                                 {"periods", m.periods},
                                 {"worth", m.worth}});
  for (std::size_t at = 0; at < triad.balanced.size(); ++at) {
    Json row = {{"period", period_label(triad.sides[0].series.periods[at].begin, triad.by)},
                {"balanced", triad.balanced[at] ? Json(*triad.balanced[at]) : Json(nullptr)}};
    for (const TriadSide& side : triad.sides)
      row[side_code(triad, side)] = {{"events", side.series.periods[at].events()},
                                     {"index", side.index[at].mean},
                                     {"lower", side.index[at].lower},
                                     {"upper", side.index[at].upper},
                                     {"positive", side.positive[at]}};
    json["periods"].push_back(row);
  }
  return json.dump(1, ' ', false, Json::error_handler_t::replace) + "\n";
}

std::string csv_triad(const Triad& triad) {
  std::string out = fmt::format("# {}; engine {}; mapping {}\nperiod", triad.provenance.filter, triad.provenance.engines, triad.provenance.mappings);
  for (const TriadSide& side : triad.sides) out += fmt::format(",events {0},index {0},lower {0},upper {0}", side_code(triad, side));
  out += ",balanced\n";
  for (std::size_t at = 0; at < triad.balanced.size(); ++at) {
    out += period_label(triad.sides[0].series.periods[at].begin, triad.by);
    for (const TriadSide& side : triad.sides)
      out += fmt::format(",{},{:.4f},{:.4f},{:.4f}", side.series.periods[at].events(), side.index[at].mean, side.index[at].lower, side.index[at].upper);
    out += triad.balanced[at] ? fmt::format(",{:.4f}\n", *triad.balanced[at]) : ",\n";
  }
  return out;
}

}  // namespace legation
