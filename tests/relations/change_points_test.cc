// Exact segmentation against the slow twin that tries every last change.
#include "relations/change_points.h"

#include <gtest/gtest.h>

#include <cstdio>

#include <array>
#include <limits>
#include <random>

#include "relations/report.h"

namespace legation {
namespace {

/// Optimal partitioning without any pruning (Jackson et al. 2005).
double slow_optimum(std::span<const double> values, std::span<const double> exposure, const ChangeOptions& options, double penalty) {
  const std::size_t least = std::max<std::size_t>(options.min_length, options.cost == SegmentCost::gaussian ? 2 : 1);
  std::vector<double> best(values.size() + 1, std::numeric_limits<double>::infinity());
  best[0] = -penalty;
  for (std::size_t end = least; end <= values.size(); ++end)
    for (std::size_t begin = 0; begin + least <= end; ++begin)
      best[end] = std::min(best[end], best[begin] + segment_cost(values, exposure, options, begin, end) + penalty);
  return best.back();
}

/// The cost that a segmentation claims is the cost that it has.
double cost_of(const Segmentation& found, std::span<const double> values, std::span<const double> exposure, const ChangeOptions& options, double penalty) {
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
    out.exposure.push_back(cost == SegmentCost::binomial ? static_cast<double>(random() % 9) : 0.5 + static_cast<double>(random() % 4));
    if (cost == SegmentCost::binomial)
      out.values.push_back(static_cast<double>(std::binomial_distribution<int>(static_cast<int>(out.exposure.back()), level / 9)(random)));
    else if (cost == SegmentCost::gaussian || cost == SegmentCost::gaussian_mean)
      out.values.push_back(std::normal_distribution<double>(level, 1)(random));
    else
      out.values.push_back(static_cast<double>(std::poisson_distribution<int>(level * out.exposure.back())(random)));
  }
  return out;
}

TEST(ChangePoints, TenThousandRandomSeriesGiveTheOptimumOfTheSlowWay) {
  std::mt19937_64 random(7);
  constexpr std::array costs = {SegmentCost::poisson, SegmentCost::negative_binomial, SegmentCost::gaussian_mean, SegmentCost::gaussian, SegmentCost::binomial};
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
    ASSERT_NEAR(cost_of(found, series.values, series.exposure, options, *options.penalty), slow, 1e-6) << "round " << round;
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

/// Days of one to four incidents, each cooperative with the share of its day; shares of days scatter by
/// `clumping`.
std::vector<Observation> days_of(std::mt19937_64& random, std::size_t n, double share, double clumping) {
  std::vector<Observation> days;
  for (std::size_t at = 0; at < n; ++at) {
    double own = share;
    if (clumping > 0) {
      const double worth = (1 - clumping) / clumping;
      const double a = std::gamma_distribution<double>(share * worth)(random), b = std::gamma_distribution<double>((1 - share) * worth)(random);
      own = a / (a + b);
    }
    const int incidents = 1 + static_cast<int>(random() % 4);
    const int cooperation = std::binomial_distribution<int>(incidents, own)(random);
    days.push_back({static_cast<double>(cooperation), static_cast<double>(incidents - cooperation), 1});
  }
  return days;
}

double with_change(double share, double clumping) {
  std::mt19937_64 random(5);
  int told = 0;
  for (int at = 0; at < 300; ++at) told += !find_balance_changes(days_of(random, 120, share, clumping)).changes.empty();
  return told / 300.0;
}

TEST(BalanceChanges, ABalanceThatStaysIsToldToChangeInAboutOneSeriesOfTen) {
  for (const double share : {0.5, 0.8})
    for (const double clumping : {0.0, 0.2}) {
      const double told = with_change(share, clumping);
      std::printf("share %.1f, clumping %.1f: a change in %.1f%%\n", share, clumping, 100 * told);
      EXPECT_LE(told, 0.14);
    }
}

TEST(BalanceChanges, ATurnIsFoundOnItsDayAndClumpedDaysRaiseTheDispersion) {
  std::mt19937_64 random(8);
  std::vector<Observation> days = days_of(random, 60, 0.8, 0);
  for (const Observation& day : days_of(random, 60, 0.2, 0)) days.push_back(day);
  days.insert(days.begin() + 10, {0, 0, 1});  // a day without a word is passed over
  const BalanceChanges found = find_balance_changes(days);
  ASSERT_EQ(found.changes.size(), 1u);
  EXPECT_NEAR(static_cast<double>(found.changes[0].at), 61, 3);
  EXPECT_GT(found.changes[0].evidence, found.changes[0].needed);
  EXPECT_LT(found.changes[0].after, found.changes[0].before);
  EXPECT_GT(find_balance_changes(days_of(random, 400, 0.5, 0.5)).dispersion, 1.3);
}

}  // namespace
}  // namespace legation
