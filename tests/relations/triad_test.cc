// Three parties: who moves with whom, and how sure that is.
#include "relations/triad.h"

#include <gtest/gtest.h>

#include <cmath>
#include <random>

namespace legation {
namespace {

using Pair = std::pair<std::vector<double>, std::vector<double>>;

/// Two series with a true correlation, each remembering `memory` of its last value.
Pair simulated(std::mt19937_64& random, std::size_t n, double correlation, double memory) {
  std::normal_distribution<double> normal;
  Pair out;
  double x = 0, y = 0;
  for (std::size_t at = 0; at < n + 50; ++at) {
    const double one = normal(random), other = correlation * one + std::sqrt(1 - correlation * correlation) * normal(random);
    x = memory * x + one, y = memory * y + other;
    if (at >= 50) out.first.push_back(x), out.second.push_back(y);
  }
  return out;
}

double held(double correlation, double memory) {
  std::mt19937_64 random(11);
  int inside = 0;
  for (int at = 0; at < 1000; ++at) {
    const auto [x, y] = simulated(random, 80, correlation, memory);
    const TriadMovement movement = moved_together(x, y);
    inside += movement.lower <= correlation && correlation <= movement.upper;
  }
  return inside / 1000.0;
}

TEST(Triad, TheIntervalHoldsTheTrueCorrelationNineTimesOfTen) {
  EXPECT_NEAR(held(0, 0), 0.9, 0.03);
  EXPECT_NEAR(held(-0.5, 0), 0.9, 0.03);
}

TEST(Triad, SeriesThatRememberThemselvesAreWorthFewerPairs) {
  EXPECT_NEAR(held(0, 0.6), 0.9, 0.04);
  std::mt19937_64 random(2);
  const auto [x, y] = simulated(random, 200, 0, 0.8);
  const TriadMovement movement = moved_together(x, y);
  EXPECT_LT(movement.worth, 110);
  EXPECT_EQ(movement.periods, 200u);
}

TEST(Triad, AFewPeriodsSayNothing) {
  const TriadMovement movement = moved_together({1, 2, 3}, {3, 2, 1});
  EXPECT_EQ(movement.lower, -1);
  EXPECT_EQ(movement.upper, 1);
}

}  // namespace
}  // namespace legation
