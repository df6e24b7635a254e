#include "relations/index.h"

#include <algorithm>
#include <array>
#include <boost/math/special_functions/beta.hpp>
#include <cmath>
#include <limits>

namespace legation {
namespace {

constexpr std::array<double, 13> discounts = {0.3, 0.4, 0.5, 0.6, 0.7, 0.78, 0.84, 0.89, 0.93, 0.96, 0.98, 0.99, 1.0};

struct Priors {
  GammaBelief cooperation, conflict;
};

/// The group's balance at the dyad's own usual rate: both rates get the same exposure, which makes their
/// share a beta distribution.
Priors priors_of(std::span<const Observation> periods, const IndexOptions& options) {
  double events = 0, exposure = 0;
  for (const Observation& period : periods) events += period.cooperation + period.conflict, exposure += period.exposure;
  const double worth = options.group.cooperation + options.group.conflict;
  const double own = exposure > 0 ? std::max(events, 0.5) / exposure : 1;
  const double seen_in = worth / options.usual_rate.value_or(own);
  return {{options.group.cooperation, seen_in}, {options.group.conflict, seen_in}};
}

double log_predictive_of(std::span<const Observation> periods, const Priors& priors, double discount) {
  RateFilter cooperation(priors.cooperation, discount), conflict(priors.conflict, discount);
  double sum = 0;
  for (const Observation& period : periods) {
    sum += log_predictive(cooperation.ahead(), period.cooperation, period.exposure);
    sum += log_predictive(conflict.ahead(), period.conflict, period.exposure);
    cooperation.update(period.cooperation, period.exposure);
    conflict.update(period.conflict, period.exposure);
  }
  return sum;
}

IndexPoint exact_point(const GammaBelief& cooperation, const GammaBelief& conflict, double interval) {
  const double tail = (1 - interval) / 2, worth = cooperation.shape + conflict.shape;
  return {2 * cooperation.shape / worth - 1, 2 * share_quantile(cooperation, conflict, tail) - 1, 2 * share_quantile(cooperation, conflict, 1 - tail) - 1};
}

/// With unequal exposures the mean has no short form: it is taken over equally probable slices.
IndexPoint sliced_point(const GammaBelief& cooperation, const GammaBelief& conflict, double interval) {
  constexpr int slices = 9;
  double mean = 0;
  for (int at = 0; at < slices; ++at) mean += share_quantile(cooperation, conflict, (at + 0.5) / slices) / slices;
  const double tail = (1 - interval) / 2;
  return {2 * mean - 1, 2 * share_quantile(cooperation, conflict, tail) - 1, 2 * share_quantile(cooperation, conflict, 1 - tail) - 1};
}

/// The belief about r_t from that about r_{t+1} and the filtered one about r_t. Given r_{t+1}, b r_t = B
/// r_{t+1} u + g with u ~ Beta(d a, (1-d) a0), g ~ Gamma((1-d) a, 1), B the rate of the belief ahead: all
/// independent, so mean and variance follow.
GammaBelief smoothed_back(const GammaBelief& filtered, const GammaBelief& prior, double d, const GammaBelief& next) {
  const double kept = d * filtered.shape, fresh = (1 - d) * prior.shape, lost = (1 - d) * filtered.shape;
  if (kept + fresh <= 0) return filtered;
  const double ahead_rate = d * filtered.rate + (1 - d) * prior.rate;
  const double share = kept / (kept + fresh), share_variance = share * (1 - share) / (kept + fresh + 1);
  const double scaled = ahead_rate * next.mean(), scaled_variance = ahead_rate * ahead_rate * next.variance();
  const double mean = scaled * share + lost;
  const double variance = (scaled_variance + scaled * scaled) * (share_variance + share * share) - scaled * share * scaled * share + lost;
  return {mean * mean / variance, mean / variance * filtered.rate};
}

std::vector<GammaBelief> smooth(const std::vector<GammaBelief>& filtered, const GammaBelief& prior, double discount) {
  std::vector<GammaBelief> out = filtered;
  for (std::size_t at = filtered.size(); at-- > 1;) out[at - 1] = smoothed_back(filtered[at - 1], prior, discount, out[at]);
  return out;
}

/// Beliefs of several discounts as one: the gamma distribution with the mixture's mean and variance.
class Mixture {
 public:
  explicit Mixture(std::size_t n) : mean_(n), square_(n) {}
  void add(const std::vector<GammaBelief>& beliefs, double weight) {
    only_ = first_ ? beliefs : std::vector<GammaBelief>();
    first_ = false;
    for (std::size_t at = 0; at < beliefs.size(); ++at) {
      mean_[at] += weight * beliefs[at].mean();
      square_[at] += weight * (beliefs[at].variance() + beliefs[at].mean() * beliefs[at].mean());
    }
  }
  std::vector<GammaBelief> beliefs() const {
    if (!only_.empty()) return only_;
    std::vector<GammaBelief> out;
    for (std::size_t at = 0; at < mean_.size(); ++at) {
      const double variance = std::max(square_[at] - mean_[at] * mean_[at], 1e-12 * square_[at]);
      out.push_back({mean_[at] * mean_[at] / variance, mean_[at] / variance});
    }
    return out;
  }

 private:
  std::vector<double> mean_, square_;
  std::vector<GammaBelief> only_;  ///< while there is one component: kept exactly
  bool first_ = true;
};

struct Filtered {
  std::vector<GammaBelief> cooperation, conflict;
};

Filtered filtered_with(std::span<const Observation> periods, const Priors& priors, double discount) {
  RateFilter cooperation(priors.cooperation, discount), conflict(priors.conflict, discount);
  Filtered out;
  for (const Observation& period : periods) {
    cooperation.update(period.cooperation, period.exposure);
    conflict.update(period.conflict, period.exposure);
    out.cooperation.push_back(cooperation.belief());
    out.conflict.push_back(conflict.belief());
  }
  return out;
}

struct Weighed {
  double discount, weight;
};

/// Posterior of the discount over the grid, every one as probable before; sets the most probable one.
std::vector<Weighed> weights_of(std::span<const Observation> periods, const Priors& priors, const IndexOptions& options, RelationIndex& index) {
  const std::span<const double> grid = options.discount ? std::span<const double>(&*options.discount, 1) : std::span<const double>(discounts);
  std::vector<Weighed> out;
  index.log_predictive = -std::numeric_limits<double>::infinity();
  for (const double discount : grid) {
    const double sum = log_predictive_of(periods, priors, discount);
    if (sum >= index.log_predictive) index.discount = discount, index.log_predictive = sum;
    out.push_back({discount, sum});
  }
  double all = 0;
  for (Weighed& entry : out) all += entry.weight = std::exp(entry.weight - index.log_predictive);
  for (Weighed& entry : out) entry.weight /= all;
  std::erase_if(out, [](const Weighed& entry) { return entry.weight < 1e-4; });
  return out;
}

}  // namespace

double share_quantile(const GammaBelief& cooperation, const GammaBelief& conflict, double probability) {
  const double u = boost::math::ibeta_inv(cooperation.shape, conflict.shape, probability);
  const double c = u / cooperation.rate, k = (1 - u) / conflict.rate;
  return c + k > 0 ? c / (c + k) : 0.5;
}

IndexPoint index_point(const GammaBelief& cooperation, const GammaBelief& conflict, double interval) {
  return cooperation.rate == conflict.rate ? exact_point(cooperation, conflict, interval) : sliced_point(cooperation, conflict, interval);
}

double learn_discount(std::span<const Observation> periods, const IndexOptions& options) {
  const Priors priors = priors_of(periods, options);
  double best = 1, best_sum = -std::numeric_limits<double>::infinity();
  for (const double discount : discounts) {
    const double sum = log_predictive_of(periods, priors, discount);
    if (sum >= best_sum) best = discount, best_sum = sum;
  }
  return best;
}

double log_predictive_of(std::span<const Observation> periods, const IndexOptions& options, double discount) {
  return log_predictive_of(periods, priors_of(periods, options), discount);
}

std::span<const double> discount_grid() { return discounts; }

RelationIndex estimate_index(std::span<const Observation> periods, const IndexOptions& options) {
  RelationIndex index;
  const Priors priors = priors_of(periods, options);
  Mixture c(periods.size()), k(periods.size()), smooth_c(periods.size()), smooth_k(periods.size());
  for (const auto& [discount, weight] : weights_of(periods, priors, options, index)) {
    const Filtered run = filtered_with(periods, priors, discount);
    c.add(run.cooperation, weight), k.add(run.conflict, weight);
    if (!options.smoothed) continue;
    smooth_c.add(smooth(run.cooperation, priors.cooperation, discount), weight);
    smooth_k.add(smooth(run.conflict, priors.conflict, discount), weight);
  }
  index.cooperation = c.beliefs(), index.conflict = k.beliefs();
  for (std::size_t at = 0; options.points && at < periods.size(); ++at)
    index.filtered.push_back(index_point(index.cooperation[at], index.conflict[at], options.interval));
  if (!options.smoothed) return index;
  const auto sc = smooth_c.beliefs(), sk = smooth_k.beliefs();
  for (std::size_t at = 0; at < periods.size(); ++at) index.smoothed.push_back(index_point(sc[at], sk[at], options.interval));
  return index;
}

Balance learn_balance(std::span<const Observation> totals) {
  double cooperation = 1, conflict = 1;  // one event each: a group without conflict still allows for it
  for (const Observation& dyad : totals) cooperation += dyad.cooperation, conflict += dyad.conflict;
  const double share = cooperation / (cooperation + conflict);
  Balance best;
  double best_sum = -std::numeric_limits<double>::infinity();
  for (const double worth : {0.5, 1.0, 2.0, 4.0, 8.0, 16.0}) {
    const double a = worth * share, b = worth - a;
    double sum = 0;
    for (const Observation& dyad : totals)
      sum += std::lgamma(a + dyad.cooperation) + std::lgamma(b + dyad.conflict) - std::lgamma(worth + dyad.cooperation + dyad.conflict) - std::lgamma(a) -
             std::lgamma(b) + std::lgamma(worth);
    if (sum > best_sum) best = {a, b}, best_sum = sum;
  }
  return best;
}

}  // namespace legation
