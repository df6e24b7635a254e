#include "relations/change_points.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <limits>

namespace legation {
namespace {

constexpr double infinite = std::numeric_limits<double>::infinity();

/// x log(x / y), 0 for x = 0.
double x_log_ratio(double x, double y) { return x > 0 ? x * std::log(x / y) : 0; }

/// Sums up to each index: what every cost is computed from.
class Sums {
 public:
  Sums(std::span<const double> values, std::span<const double> exposure) : value_(values.size() + 1), square_(value_), exposure_(value_) {
    // Round the mean, or squares of large values lose the digits that the variance needs.
    for (const double value : values) centre_ += value / static_cast<double>(values.size());
    for (std::size_t at = 0; at < values.size(); ++at) {
      const double far = values[at] - centre_;
      value_[at + 1] = value_[at] + values[at];
      square_[at + 1] = square_[at] + far * far;
      exposure_[at + 1] = exposure_[at] + (exposure.empty() ? 1 : exposure[at]);
    }
  }
  double value(std::size_t begin, std::size_t end) const { return value_[end] - value_[begin]; }
  double exposure(std::size_t begin, std::size_t end) const { return exposure_[end] - exposure_[begin]; }
  /// Sum of squared distances from the segment's mean.
  double scatter(std::size_t begin, std::size_t end) const {
    const double n = static_cast<double>(end - begin), far = value(begin, end) - n * centre_;
    return std::max(0.0, square_[end] - square_[begin] - far * far / n);
  }

 private:
  std::vector<double> value_, square_, exposure_;
  double centre_ = 0;
};

struct PoissonCost {
  double operator()(const Sums& sums, std::size_t begin, std::size_t end) const { return -2 * x_log_ratio(sums.value(begin, end), sums.exposure(begin, end)); }
};

struct NegativeBinomialCost {
  double size;
  double operator()(const Sums& sums, std::size_t begin, std::size_t end) const {
    const double events = sums.value(begin, end), failures = size * sums.exposure(begin, end), all = events + failures;
    return -2 * (x_log_ratio(events, all) + x_log_ratio(failures, all));
  }
};

struct GaussianMeanCost {
  double variance;
  double operator()(const Sums& sums, std::size_t begin, std::size_t end) const { return sums.scatter(begin, end) / variance; }
};

struct GaussianCost {
  double operator()(const Sums& sums, std::size_t begin, std::size_t end) const {
    const double n = static_cast<double>(end - begin);
    return n * std::log(std::max(sums.scatter(begin, end) / n, 1e-9));  // a flat segment is not infinitely good
  }
};

struct BinomialCost {
  double operator()(const Sums& sums, std::size_t begin, std::size_t end) const {
    const double hits = sums.value(begin, end), all = sums.exposure(begin, end);
    return -2 * (x_log_ratio(hits, all) + x_log_ratio(all - hits, all));
  }
};

template <class Work>
auto with_cost(const ChangeOptions& options, Work work) {
  switch (options.cost) {
    case SegmentCost::negative_binomial:
      return work(NegativeBinomialCost{options.size});
    case SegmentCost::gaussian_mean:
      return work(GaussianMeanCost{options.variance});
    case SegmentCost::gaussian:
      return work(GaussianCost{});
    case SegmentCost::binomial:
      return work(BinomialCost{});
    case SegmentCost::poisson:
      break;
  }
  return work(PoissonCost{});
}

std::size_t least_length(const ChangeOptions& options) { return std::max<std::size_t>(options.min_length, options.cost == SegmentCost::gaussian ? 2 : 1); }

std::vector<std::size_t> trace_back(const std::vector<std::size_t>& last, std::size_t end) {
  std::vector<std::size_t> changes;
  for (std::size_t at = last[end]; at > 0; at = last[at]) changes.push_back(at);
  std::reverse(changes.begin(), changes.end());
  return changes;
}

/// best[t] = least cost of the first t values; a beginning s is dropped at t when best[s] + cost(s, t) >
/// best[t]: from then on a change at t would do better. With a least length L, t itself becomes a beginning
/// only L later, so s is kept that long.
template <class Cost>
Segmentation pelt(const Sums& sums, std::size_t n, const Cost& cost, double penalty, std::size_t length) {
  std::vector<double> best(n + 1, infinite), reached;
  std::vector<std::size_t> last(n + 1, 0), beginnings;
  std::vector<std::size_t> doomed_at(n + 1, n + 1);
  best[0] = -penalty;
  for (std::size_t end = length; end <= n; ++end) {
    if (best[end - length] < infinite) beginnings.push_back(end - length);
    reached.resize(beginnings.size());
    for (std::size_t at = 0; at < beginnings.size(); ++at) {
      reached[at] = best[beginnings[at]] + cost(sums, beginnings[at], end);
      if (reached[at] + penalty < best[end]) best[end] = reached[at] + penalty, last[end] = beginnings[at];
    }
    std::size_t kept = 0;
    for (std::size_t at = 0; at < beginnings.size(); ++at) {
      std::size_t& doomed = doomed_at[beginnings[at]];
      if (doomed > n && reached[at] > best[end] + 1e-9) doomed = end + length - 1;
      if (doomed > end) beginnings[kept++] = beginnings[at];
    }
    beginnings.resize(kept);
  }
  if (best[n] == infinite) return {};
  return {trace_back(last, n), best[n]};
}

double default_penalty(const ChangeOptions& options, std::size_t n) {
  const double numbers = options.cost == SegmentCost::gaussian ? 3 : 2;
  return numbers * std::log(static_cast<double>(std::max<std::size_t>(n, 2)));
}

}  // namespace

std::string_view name(SegmentCost cost) {
  constexpr std::array<std::string_view, 5> names = {"poisson", "negative binomial", "gaussian mean", "gaussian", "binomial"};
  return names[static_cast<std::size_t>(cost)];
}

Segmentation find_changes(std::span<const double> values, std::span<const double> exposure, const ChangeOptions& options) {
  if (values.empty()) return {};
  const Sums sums(values, exposure);
  const double penalty = options.penalty.value_or(default_penalty(options, values.size()));
  return with_cost(options, [&](const auto& cost) { return pelt(sums, values.size(), cost, penalty, least_length(options)); });
}

double segment_cost(std::span<const double> values, std::span<const double> exposure, const ChangeOptions& options, std::size_t begin, std::size_t end) {
  const Sums sums(values, exposure);
  return with_cost(options, [&](const auto& cost) { return cost(sums, begin, end); });
}

double learn_size(std::span<const double> values, std::span<const double> exposure) {
  double squared = 0, events = 0;
  for (std::size_t at = 1; at < values.size(); ++at) {
    const double v = exposure.empty() ? 1 : exposure[at], u = exposure.empty() ? 1 : exposure[at - 1];
    if (v <= 0 || u <= 0) continue;
    const double difference = values[at] / v - values[at - 1] / u, rate = (values[at] + values[at - 1]) / (v + u);
    squared += difference * difference / (1 / v + 1 / u), events += rate;
  }
  // squared / events estimates variance over mean, 1 + mean / size.
  const double clumping = events > 0 ? squared / events : 1;
  const double mean = values.size() > 1 ? events / static_cast<double>(values.size() - 1) : 1;
  return clumping > 1.001 ? std::max(mean / (clumping - 1), 1e-3) : 1e6;
}

double learn_variance(std::span<const double> values) {
  if (values.size() < 3) return 1;
  std::vector<double> steps;
  for (std::size_t at = 1; at < values.size(); ++at) steps.push_back(std::abs(values[at] - values[at - 1]));
  const auto middle = steps.begin() + static_cast<std::ptrdiff_t>(steps.size() / 2);
  std::nth_element(steps.begin(), middle, steps.end());
  const double deviation = *middle / (0.6744897501960817 * std::sqrt(2.0));  // normal quartile; a difference has twice the variance
  return deviation > 0 ? deviation * deviation : 1;
}

}  // namespace legation
