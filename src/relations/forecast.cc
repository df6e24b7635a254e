#include "relations/forecast.h"

#include <tbb/parallel_for.h>

#include <algorithm>
#include <cmath>
#include <limits>

#include "relations/index.h"

namespace legation {
namespace {

constexpr double least_mean = 0.02;  // a forecast of exactly nothing would make any event impossible

double mean_of(std::span<const double> values) {
  double sum = 0;
  for (const double value : values) sum += value;
  return values.empty() ? 0 : sum / static_cast<double>(values.size());
}

/// Variance over mean so far, at least that of Poisson.
double dispersion_of(std::span<const double> past) {
  const double mean = mean_of(past);
  if (past.size() < 3 || mean <= 0) return 1.2;
  double squares = 0;
  for (const double value : past) squares += (value - mean) * (value - mean);
  return std::max(1.02, squares / static_cast<double>(past.size() - 1) / mean);
}

/// Negative binomial with this mean and variance = dispersion * mean.
GammaBelief with_mean(double mean, double dispersion) {
  const double m = std::max(mean, least_mean), shape = m / (dispersion - 1);
  return {shape, shape / m};
}

double seasonal(std::span<const double> past, std::size_t season) {
  double sum = 0, n = 0;
  for (std::size_t back = season; back <= past.size(); back += season) sum += past[past.size() - back], n += 1;
  return n > 0 ? sum / n : mean_of(past);
}

/// First order, by least squares.
double autoregressed(std::span<const double> past) {
  if (past.size() < 4) return mean_of(past);
  const auto before = past.first(past.size() - 1), after = past.last(past.size() - 1);
  const double mx = mean_of(before), my = mean_of(after);
  double xx = 0, xy = 0;
  for (std::size_t at = 0; at < before.size(); ++at) xx += (before[at] - mx) * (before[at] - mx), xy += (before[at] - mx) * (after[at] - my);
  const double slope = xx > 0 ? std::clamp(xy / xx, -1.0, 1.0) : 0;
  return my + slope * (past.back() - mx);
}

GammaBelief filtered_next(std::span<const double> past, double discount) {
  // The usual rate is worth two periods: enough to be proper, little against a year of counts.
  const double usual = std::max(mean_of(past), least_mean);
  RateFilter filter({2 * usual, 2}, discount);
  for (const double count : past) filter.update(count, 1);
  return filter.ahead();
}

std::array<std::vector<double>, 4> counts_of(const SparseDyad& dyad, std::size_t n) {
  std::array<std::vector<double>, 4> out;
  for (auto& quad : out) quad.resize(n);
  for (const SparseDyad::Cell& cell : dyad.cells)
    for (std::size_t quad = 0; quad < 4; ++quad) out[quad][cell.period] = static_cast<double>(cell.quads[quad]);
  return out;
}

/// From the counts before the first origin alone.
double learned_discount(std::span<const double> past) {
  double best = 1, best_sum = -std::numeric_limits<double>::infinity();
  const double usual = std::max(mean_of(past), least_mean);
  for (const double discount : discount_grid()) {
    RateFilter filter({2 * usual, 2}, discount);
    double sum = 0;
    for (const double count : past) sum += log_predictive(filter.ahead(), count, 1), filter.update(count, 1);
    if (sum >= best_sum) best = discount, best_sum = sum;
  }
  return best;
}

using Scores = std::array<std::array<ForecastScore, forecast_methods>, 4>;

Scores scores_of(const DyadPanel& panel, const SparseDyad& dyad, std::size_t origins) {
  Scores out{};
  const std::size_t n = panel.begins.size(), season = static_cast<std::size_t>(periods_per_year(panel.by));
  const auto counts = counts_of(dyad, n);
  for (std::size_t quad = 0; quad < 4; ++quad) {
    const std::span<const double> all(counts[quad]);
    const double discount = learned_discount(all.first(n - origins));
    for (std::size_t origin = n - origins; origin < n; ++origin)
      for (std::size_t method = 0; method < forecast_methods; ++method) {
        const GammaBelief belief = expected_next(static_cast<ForecastMethod>(method), all.first(origin), discount, season);
        out[quad][method].crps += crps(belief, all[origin]);
        out[quad][method].log_score -= log_predictive(belief, all[origin], 1);
      }
  }
  return out;
}

std::int64_t quantile(const GammaBelief& belief, double probability) {
  double chance = std::exp(-belief.shape * std::log1p(1 / belief.rate)), sum = chance;
  std::int64_t count = 0;
  for (; sum < probability && count < 1000000; ++count) {
    chance *= (belief.shape + static_cast<double>(count)) / (static_cast<double>(count + 1) * (belief.rate + 1));
    sum += chance;
  }
  return count;
}

DyadForecast next_of(const DyadPanel& panel, const SparseDyad& dyad, const std::array<ForecastMethod, 4>& chosen) {
  DyadForecast out{dyad.a, dyad.b, {}};
  const auto counts = counts_of(dyad, panel.begins.size());
  for (std::size_t quad = 0; quad < 4; ++quad) {
    const GammaBelief belief = expected_next(chosen[quad], counts[quad], learned_discount(counts[quad]), static_cast<std::size_t>(periods_per_year(panel.by)));
    out.quads[quad] = {belief.mean(), quantile(belief, 0.05), quantile(belief, 0.95)};
  }
  return out;
}

}  // namespace

std::string_view name(ForecastMethod method) {
  constexpr std::array<std::string_view, forecast_methods> names = {"model", "last value", "mean", "seasonal mean", "AR(1)"};
  return names[static_cast<std::size_t>(method)];
}

GammaBelief expected_next(ForecastMethod method, std::span<const double> past, double discount, std::size_t season) {
  switch (method) {
    case ForecastMethod::model:
      return filtered_next(past, discount);
    case ForecastMethod::last_value:
      return with_mean(past.empty() ? 0 : past.back(), dispersion_of(past));
    case ForecastMethod::mean:
      return with_mean(mean_of(past), dispersion_of(past));
    case ForecastMethod::seasonal_mean:
      return with_mean(seasonal(past, season), dispersion_of(past));
    case ForecastMethod::autoregression:
      return with_mean(autoregressed(past), dispersion_of(past));
  }
  return {};
}

double crps(const GammaBelief& belief, double count) {
  double chance = std::exp(-belief.shape * std::log1p(1 / belief.rate)), below = chance, sum = 0;
  for (double x = 0; x < 1e6; ++x) {
    const double far = below - (x >= count);
    sum += far * far;
    if (x >= count && 1 - below < 1e-9) break;
    chance *= (belief.shape + x) / ((x + 1) * (belief.rate + 1));
    below += chance;
    if (x > count && chance < 1e-15) break;
  }
  return sum;
}

ForecastReport forecast(const DyadPanel& panel, std::size_t origins) {
  ForecastReport report;
  const std::size_t n = panel.begins.size();
  report.origins = origins = std::min(origins, n / 2);
  if (n == 0 || panel.dyads.empty()) return report;
  report.next = later_period(panel.begins.back(), panel.by, 1);
  std::vector<Scores> scores(panel.dyads.size());
  tbb::parallel_for(std::size_t{0}, scores.size(), [&](std::size_t at) { scores[at] = scores_of(panel, panel.dyads[at], origins); });
  const double cases = static_cast<double>(std::max<std::size_t>(origins, 1) * panel.dyads.size());
  for (std::size_t quad = 0; quad < 4; ++quad)
    for (std::size_t method = 0; method < forecast_methods; ++method) {
      ForecastScore& score = report.scores[quad][method];
      for (const Scores& dyad : scores) score.crps += dyad[quad][method].crps / cases, score.log_score += dyad[quad][method].log_score / cases;
      if (score.crps < report.scores[quad][static_cast<std::size_t>(report.chosen[quad])].crps) report.chosen[quad] = static_cast<ForecastMethod>(method);
    }
  report.dyads.resize(panel.dyads.size());
  tbb::parallel_for(std::size_t{0}, report.dyads.size(), [&](std::size_t at) { report.dyads[at] = next_of(panel, panel.dyads[at], report.chosen); });
  return report;
}

}  // namespace legation
