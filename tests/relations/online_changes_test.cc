// Detection while the counts come in, against the slow twin that follows every run length.
#include "relations/online_changes.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>
#include <random>

namespace legation {
namespace {

std::vector<unsigned> counts_that_jump(std::uint64_t seed, int before, double low, int after, double high) {
  std::mt19937_64 random(seed);
  std::vector<unsigned> out;
  for (int at = 0; at < before + after; ++at) out.push_back(static_cast<unsigned>(std::poisson_distribution<int>(at < before ? low : high)(random)));
  return out;
}

/// Adams & MacKay's recursion in logarithms, nothing pruned. Returns the probability of each run length after
/// the last count.
std::vector<double> slow_posterior(const std::vector<unsigned>& counts, const OnlineOptions& options) {
  std::vector<double> weight = {1}, shape = {options.prior_shape};
  for (std::size_t step = 0; step < counts.size(); ++step) {
    const double y = counts[step];
    double sum = 0;
    for (std::size_t r = 0; r < weight.size(); ++r) {
      const double b = options.prior_rate + static_cast<double>(r);
      weight[r] *= std::exp(std::lgamma(shape[r] + y) - std::lgamma(shape[r]) - std::lgamma(y + 1) + shape[r] * std::log(b / (b + 1)) - y * std::log(b + 1));
      sum += weight[r], shape[r] += y;
    }
    for (double& w : weight) w /= sum;
    if (step + 1 == counts.size()) break;
    for (double& w : weight) w *= 1 - 1 / options.usual_gap;
    weight.insert(weight.begin(), 1 / options.usual_gap);
    shape.insert(shape.begin(), options.prior_shape);
  }
  return weight;  // index r: run of r + 1 counts
}

TEST(OnlineChanges, WithoutPruningEqualsTheSlowWay) {
  const auto counts = counts_that_jump(5, 30, 2, 20, 8);
  OnlineOptions options;
  options.max_runs = 100;
  OnlineChanges online(options);
  OnlineState last;
  for (const unsigned count : counts) last = online.push(count);
  const auto slow = slow_posterior(counts, options);
  const auto most = static_cast<std::size_t>(std::max_element(slow.begin(), slow.end()) - slow.begin());
  EXPECT_EQ(last.run_length, most + 1);
  EXPECT_NEAR(last.probability, slow[most], 1e-9);
  EXPECT_NEAR(last.fresh, slow[0] + slow[1] + slow[2], 1e-9);
}

TEST(OnlineChanges, AJumpIsSeenThreePeriodsLater) {
  OnlineChanges online;
  const auto counts = counts_that_jump(11, 200, 2, 10, 12);
  for (int at = 0; at < 200; ++at) online.push(counts[static_cast<std::size_t>(at)]);
  OnlineState state;
  for (int at = 200; at < 203; ++at) state = online.push(counts[static_cast<std::size_t>(at)]);
  EXPECT_LE(state.run_length, 6u) << "of 203 periods";
}

TEST(OnlineChanges, PruningToTwentyFourRunsFindsTheSameRun) {
  const auto counts = counts_that_jump(23, 300, 1, 100, 3);
  OnlineOptions all;
  all.max_runs = 1000;
  OnlineChanges pruned, exact(all);
  OnlineState a, b;
  for (const unsigned count : counts) a = pruned.push(count), b = exact.push(count);
  EXPECT_EQ(a.run_length, b.run_length);
}

TEST(OnlineChanges, ACountBeyondAllBeliefBreaksNothing) {
  OnlineChanges online;
  for (int at = 0; at < 100; ++at) online.push(0);
  const OnlineState state = online.push(4000000000u);
  EXPECT_GT(state.probability, 0);
  EXPECT_LE(state.probability, 1);
  EXPECT_GT(online.push(1).probability, 0);
}

}  // namespace
}  // namespace legation
