// Exact segmentation against the slow twin that tries every last change.
#include "relations/change_points.h"

#include <gtest/gtest.h>

#include <array>
#include <limits>
#include <random>

namespace legation {
namespace {

/// Optimal partitioning without any pruning (Jackson et al. 2005).
double slow_optimum(std::span<const double> values, std::span<const double> exposure,
                    const ChangeOptions& options, double penalty) {
  const std::size_t least =
      std::max<std::size_t>(options.min_length, options.cost == SegmentCost::gaussian ? 2 : 1);
  std::vector<double> best(values.size() + 1, std::numeric_limits<double>::infinity());
  best[0] = -penalty;
  for (std::size_t end = least; end <= values.size(); ++end)
    for (std::size_t begin = 0; begin + least <= end; ++begin)
      best[end] =
          std::min(best[end], best[begin] + segment_cost(values, exposure, options, begin, end) + penalty);
  return best.back();
}

/// The cost that a segmentation claims is the cost that it has.
double cost_of(const Segmentation& found, std::span<const double> values, std::span<const double> exposure,
               const ChangeOptions& options, double penalty) {
  double sum = 0;
  std::size_t begin = 0;
  for (const std::size_t change : found.changes) {
    sum += segment_cost(values, exposure, options, begin, change) + penalty;
    begin = change;
  }
  return sum + segment_cost(values, exposure, options, begin, values.size());
}

struct RandomSeries {
  std::vector<double> values, exposure;
};

RandomSeries random_series(std::mt19937_64& random, SegmentCost cost) {
  RandomSeries out;
  const std::size_t n = 4 + random() % 24;
  double level = 1 + static_cast<double>(random() % 8);
  for (std::size_t at = 0; at < n; ++at) {
    if (random() % 6 == 0) level = 1 + static_cast<double>(random() % 8);
    out.exposure.push_back(cost == SegmentCost::binomial ? static_cast<double>(random() % 9)
                                                         : 0.5 + static_cast<double>(random() % 4));
    if (cost == SegmentCost::binomial)
      out.values.push_back(static_cast<double>(
          std::binomial_distribution<int>(static_cast<int>(out.exposure.back()), level / 9)(random)));
    else if (cost == SegmentCost::gaussian || cost == SegmentCost::gaussian_mean)
      out.values.push_back(std::normal_distribution<double>(level, 1)(random));
    else
      out.values.push_back(
          static_cast<double>(std::poisson_distribution<int>(level * out.exposure.back())(random)));
  }
  return out;
}

TEST(ChangePoints, TenThousandRandomSeriesGiveTheOptimumOfTheSlowWay) {
  std::mt19937_64 random(7);
  constexpr std::array costs = {SegmentCost::poisson, SegmentCost::negative_binomial,
                                SegmentCost::gaussian_mean, SegmentCost::gaussian, SegmentCost::binomial};
  for (int round = 0; round < 10000; ++round) {
    ChangeOptions options;
    options.cost = costs[static_cast<std::size_t>(round) % costs.size()];
    options.size = 0.5 + static_cast<double>(random() % 5);
    options.min_length = 1 + random() % 3;
    options.penalty = 0.5 + static_cast<double>(random() % 100) / 10;
    const RandomSeries series = random_series(random, options.cost);
    const Segmentation found = find_changes(series.values, series.exposure, options);
    const double slow = slow_optimum(series.values, series.exposure, options, *options.penalty);
    ASSERT_NEAR(found.cost, slow, 1e-6) << "round " << round << ", " << name(options.cost);
    ASSERT_NEAR(cost_of(found, series.values, series.exposure, options, *options.penalty), slow, 1e-6)
        << "round " << round;
  }
}

TEST(ChangePoints, AClearChangeOfRateIsFoundWhereItIs) {
  std::vector<double> counts(40, 2);
  for (std::size_t at = 25; at < 40; ++at) counts[at] = 9;
  EXPECT_EQ(find_changes(counts, {}, {}).changes, std::vector<std::size_t>{25});
}

TEST(ChangePoints, MoreNewsCoverageAloneIsNoChange) {
  std::vector<double> counts(40, 2), coverage(40, 1);
  for (std::size_t at = 25; at < 40; ++at) counts[at] = 8, coverage[at] = 4;
  EXPECT_TRUE(find_changes(counts, coverage, {}).changes.empty());
}

TEST(ChangePoints, CountsThatClumpAreNoChangeForTheNegativeBinomial) {
  std::mt19937_64 random(3);
  std::vector<double> counts;
  for (int at = 0; at < 200; ++at) {
    const double rate = std::gamma_distribution<double>(0.5, 8)(random);
    counts.push_back(static_cast<double>(std::poisson_distribution<int>(rate)(random)));
  }
  ChangeOptions options;
  EXPECT_GT(find_changes(counts, {}, options).changes.size(), 10u);
  options.cost = SegmentCost::negative_binomial;
  options.size = learn_size(counts, {});
  EXPECT_LE(find_changes(counts, {}, options).changes.size(), 2u);
}

TEST(ChangePoints, NothingAndOneValueHaveNoChange) {
  EXPECT_TRUE(find_changes({}, {}, {}).changes.empty());
  const std::vector<double> one = {3};
  EXPECT_TRUE(find_changes(one, {}, {}).changes.empty());
}

}  // namespace
}  // namespace legation
