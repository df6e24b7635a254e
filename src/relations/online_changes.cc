#include "relations/online_changes.h"

#include <algorithm>
#include <cmath>

namespace legation {
namespace {

constexpr std::size_t table_length = 16384;

double log_stay(double prior_rate, std::size_t length) { return -std::log1p(1 / (prior_rate + static_cast<double>(length))); }

}  // namespace

OnlineChanges::OnlineChanges(const OnlineOptions& options)
    : options_(options), weight_(options.max_runs + 1), shape_(weight_), chance_(weight_), length_(options.max_runs + 1) {
  log_stay_.reserve(table_length);
  for (std::size_t length = 0; length < table_length; ++length) log_stay_.push_back(log_stay(options.prior_rate, length));
  runs_ = 1, weight_[0] = 1, shape_[0] = options.prior_shape, length_[0] = 0;
}

/// Multiplies each run by the negative binomial probability of the count; the factor 1 / count! is the same
/// for all.
void OnlineChanges::weigh(unsigned count) {
  double sum = 0;
  for (std::size_t at = 0; at < runs_; ++at) {
    const double stay = length_[at] < table_length ? log_stay_[length_[at]] : log_stay(options_.prior_rate, length_[at]);
    const double leave = 1 / (options_.prior_rate + static_cast<double>(length_[at]) + 1);
    double log_chance = shape_[at] * stay, product = 1;
    if (count <= 16) {
      for (unsigned i = 0; i < count; ++i) product *= (shape_[at] + i) * leave;
    } else {
      log_chance += std::lgamma(shape_[at] + count) - std::lgamma(shape_[at]) - std::lgamma(count + 1.0) + count * std::log(leave);
    }
    weight_[at] *= std::exp(log_chance) * product;
    sum += weight_[at];
  }
  if (!(sum > 0)) {  // the count was beyond every run: all begins anew
    runs_ = 1, sum = 1;
    weight_[0] = 1, shape_[0] = options_.prior_shape, length_[0] = 0;
  }
  for (std::size_t at = 0; at < runs_; ++at) {
    weight_[at] /= sum;
    shape_[at] += count;
    ++length_[at];
  }
}

void OnlineChanges::drop_least() {
  std::size_t least = 0;
  for (std::size_t at = 1; at < runs_; ++at)
    if (weight_[at] < weight_[least]) least = at;
  --runs_;
  weight_[least] = weight_[runs_], shape_[least] = shape_[runs_], length_[least] = length_[runs_];
}

OnlineState OnlineChanges::state() const {
  OnlineState out{0, 0, 0};
  for (std::size_t at = 0; at < runs_; ++at) {
    if (weight_[at] > out.probability) out.probability = weight_[at], out.run_length = length_[at];
    if (length_[at] <= fresh_window) out.fresh += weight_[at];
  }
  return out;
}

OnlineState OnlineChanges::push(unsigned count) {
  weigh(count);
  const OnlineState out = state();
  const double hazard = 1 / options_.usual_gap;
  for (std::size_t at = 0; at < runs_; ++at) weight_[at] *= 1 - hazard;
  if (runs_ == options_.max_runs) drop_least();
  weight_[runs_] = hazard, shape_[runs_] = options_.prior_shape, length_[runs_] = 0;
  ++runs_;
  return out;
}

}  // namespace legation
