#include "relations/panel.h"

#include <fmt/format.h>
#include <tbb/parallel_for.h>

#include <boost/math/special_functions/gamma.hpp>

#include <algorithm>
#include <limits>
#include <numeric>

namespace legation {
namespace {

constexpr std::size_t learned_from = 400;

std::vector<std::size_t> most_active(const DyadPanel& panel) {
  std::vector<std::size_t> order(panel.dyads.size());
  std::iota(order.begin(), order.end(), std::size_t{0});
  const auto events = [&](std::size_t at) { return panel.dyads[at].cooperation + panel.dyads[at].conflict; };
  std::stable_sort(order.begin(), order.end(), [&](std::size_t a, std::size_t b) { return events(a) > events(b); });
  order.resize(std::min(order.size(), learned_from));
  return order;
}

Observation total_of(const std::vector<Observation>& periods) {
  Observation total{0, 0, 1};
  for (const Observation& period : periods) total.cooperation += period.cooperation, total.conflict += period.conflict;
  return total;
}

IndexOptions options_of(const PanelModel& model) {
  IndexOptions options;
  options.group = model.group, options.discount = model.discount, options.smoothed = options.points = false;
  return options;
}

/// A field of CSV: a code that stands for several has commas.
std::string field(const std::string& code) { return code.find(',') == std::string::npos ? code : "\"" + code + "\""; }

std::string rows_of(const DyadPanel& panel, const SparseDyad& dyad, const PanelModel& model) {
  const auto periods = counts(panel, dyad, panel.begins.size());
  const IndexOptions options = options_of(model);
  const RelationIndex index = estimate_index(periods, options);
  const auto changes = find_balance_changes(periods).changes;
  std::string out;
  for (const SparseDyad::Cell& cell : dyad.cells) {
    const IndexPoint point = index_point(index.cooperation[cell.period], index.conflict[cell.period], options.interval);
    const bool changed = std::any_of(changes.begin(), changes.end(), [&](const BalanceChange& change) { return change.at == cell.period; });
    fmt::format_to(std::back_inserter(out), "{},{},{},{},{:.4f},{:.4f},{:.4f},{}\n", field(dyad.a), field(dyad.b),
                   period_label(panel.begins[cell.period], panel.by), fmt::join(cell.quads, ","), point.mean, point.lower, point.upper, changed ? 1 : 0);
  }
  return out;
}

std::string rate_row(const DyadPanel& panel, const SparseDyad& dyad, const PanelModel& model) {
  const RelationIndex index = estimate_index(counts(panel, dyad, panel.begins.size()), options_of(model));
  std::string out = fmt::format("{},{},{},{}", field(dyad.a), field(dyad.b), dyad.cooperation, dyad.conflict);
  for (const GammaBelief& belief : {index.cooperation.back(), index.conflict.back()}) {
    const auto quantile = [&](double probability) { return boost::math::gamma_p_inv(belief.shape, probability) / belief.rate; };
    fmt::format_to(std::back_inserter(out), ",{:.5f},{:.5f},{:.5f}", belief.mean(), quantile(0.05), quantile(0.95));
  }
  return out + "\n";
}

Mover mover_of(const SparseDyad& dyad, bool conflict, const GammaBelief& ahead, const Observation& last) {
  Mover mover{dyad.a, dyad.b, conflict, 0, 0, 0, 0, 1, 1};
  mover.seen = static_cast<std::int64_t>(conflict ? last.conflict : last.cooperation);
  mover.expected = ahead.mean() * last.exposure;
  if (last.exposure > 0) mover.p = std::min(1.0, 2 * std::min(lower_tail(ahead, mover.seen, last.exposure), upper_tail(ahead, mover.seen, last.exposure)));
  return mover;
}

/// The prior rate comes from the past alone: the period asked about must not explain itself.
void movers_of(const DyadPanel& panel, const SparseDyad& dyad, const PanelModel& model, Mover* out) {
  const std::size_t n = panel.begins.size();
  const auto periods = counts(panel, dyad, n);
  const std::span<const Observation> past(periods.data(), n - 1);
  IndexOptions options = options_of(model);
  double exposure = 0;
  for (const Observation& period : past) exposure += period.exposure;
  const Observation total = total_of({past.begin(), past.end()});
  options.usual_rate = std::max(total.cooperation + total.conflict, 0.5) / std::max(exposure, 1.0);
  const double seen_in = (model.group.cooperation + model.group.conflict) / *options.usual_rate;
  RateFilter cooperation({model.group.cooperation, seen_in}, model.discount), conflict({model.group.conflict, seen_in}, model.discount);
  for (const Observation& period : past) cooperation.update(period.cooperation, period.exposure), conflict.update(period.conflict, period.exposure);
  out[0] = mover_of(dyad, false, cooperation.ahead(), periods.back());
  out[1] = mover_of(dyad, true, conflict.ahead(), periods.back());
  const RelationIndex index = estimate_index(periods, options);
  const auto mean_at = [&](std::size_t at) { return index_point(index.cooperation[at], index.conflict[at], options.interval).mean; };
  for (int at = 0; at < 2; ++at) out[at].index_after = mean_at(n - 1), out[at].index_before = mean_at(n - 2);
}

}  // namespace

std::vector<Observation> counts(const DyadPanel& panel, const SparseDyad& dyad, std::size_t n) {
  std::vector<Observation> out(n);
  for (std::size_t at = 0; at < n; ++at) out[at].exposure = panel.exposure[at];
  for (const SparseDyad::Cell& cell : dyad.cells) {
    if (cell.period >= n) break;
    out[cell.period].cooperation = static_cast<double>(cell.quads[0] + cell.quads[1]);
    out[cell.period].conflict = static_cast<double>(cell.quads[2] + cell.quads[3]);
  }
  return out;
}

PanelModel learn_panel(const DyadPanel& panel, std::size_t periods) {
  PanelModel model;
  std::vector<std::vector<Observation>> series;
  for (const std::size_t at : most_active(panel)) series.push_back(counts(panel, panel.dyads[at], periods));
  std::vector<Observation> totals;
  for (const auto& dyad : series) totals.push_back(total_of(dyad));
  model.group = learn_balance(totals);
  IndexOptions options;
  options.group = model.group;
  std::vector<double> sums(discount_grid().size());
  tbb::parallel_for(std::size_t{0}, sums.size(), [&](std::size_t at) {
    for (const auto& dyad : series) sums[at] += log_predictive_of(dyad, options, discount_grid()[at]);
  });
  model.discount = discount_grid()[static_cast<std::size_t>(std::max_element(sums.begin(), sums.end()) - sums.begin())];
  return model;
}

namespace {

/// What `row` says of each dyad, in their order, made on all cores.
template <class Row>
std::string by_dyad(const DyadPanel& panel, Row row) {
  const PanelModel model = learn_panel(panel, panel.begins.size());
  std::vector<std::string> rows(panel.dyads.size());
  tbb::parallel_for(std::size_t{0}, rows.size(), [&](std::size_t at) { rows[at] = row(panel, panel.dyads[at], model); });
  std::string out;
  for (const std::string& one : rows) out += one;
  return out;
}

}  // namespace

std::string csv_all_dyads(const DyadPanel& panel, const Provenance& provenance) {
  std::string out = fmt::format("# all dyads; {}; engine {}; mapping {}\n", provenance.filter, provenance.engines, provenance.mappings);
  out +=
      "a,b,period,verbal_cooperation,material_cooperation,verbal_conflict,material_conflict,index,lower,"
      "upper,change\n";
  if (panel.begins.empty()) return out;
  return out + by_dyad(panel, rows_of);
}

std::string csv_dyad_rates(const DyadPanel& panel, const Provenance& provenance) {
  std::string out =
      fmt::format("# rates of all dyads at the end of {}; {}; engine {}; mapping {}\n",
                  panel.begins.empty() ? "nothing" : period_label(panel.begins.back(), panel.by), provenance.filter, provenance.engines, provenance.mappings);
  out +=
      "a,b,cooperation,conflict,cooperation_rate,cooperation_lower,cooperation_upper,conflict_rate,"
      "conflict_lower,conflict_upper\n";
  return panel.begins.empty() ? out : out + by_dyad(panel, rate_row);
}

void control_discoveries(std::vector<Mover>& movers) {
  std::vector<std::size_t> order(movers.size());
  std::iota(order.begin(), order.end(), std::size_t{0});
  std::stable_sort(order.begin(), order.end(), [&](std::size_t a, std::size_t b) { return movers[a].p < movers[b].p; });
  double least = 1;
  for (std::size_t rank = order.size(); rank-- > 0;) {
    least = std::min(least, movers[order[rank]].p * static_cast<double>(order.size()) / static_cast<double>(rank + 1));
    movers[order[rank]].q = least;
  }
}

std::vector<Mover> find_movers(const DyadPanel& panel) {
  if (panel.begins.size() < 3) return {};
  const PanelModel model = learn_panel(panel, panel.begins.size() - 1);
  std::vector<Mover> movers(2 * panel.dyads.size());
  tbb::parallel_for(std::size_t{0}, panel.dyads.size(), [&](std::size_t at) { movers_of(panel, panel.dyads[at], model, &movers[2 * at]); });
  control_discoveries(movers);
  std::stable_sort(movers.begin(), movers.end(), [](const Mover& a, const Mover& b) { return a.p < b.p; });
  return movers;
}

}  // namespace legation
