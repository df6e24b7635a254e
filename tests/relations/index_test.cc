// The index on simulated relations whose truth is known.
#include "relations/index.h"

#include <gtest/gtest.h>

#include <cmath>
#include <cstdio>
#include <random>

namespace legation {
namespace {

double gamma_draw(std::mt19937_64& random, double shape) { return shape > 0 ? std::gamma_distribution<double>(shape, 1)(random) : 0; }
double beta_draw(std::mt19937_64& random, double a, double b) {
  const double x = gamma_draw(random, a), y = gamma_draw(random, b);
  return x + y > 0 ? x / (x + y) : 0.5;
}
double poisson_draw(std::mt19937_64& random, double mean) { return static_cast<double>(std::poisson_distribution<int>(mean)(random)); }

struct Truth {
  std::vector<Observation> seen;
  std::vector<double> index;
};

/// A rate that moves as RateFilter says it does.
struct MovingRate {
  GammaBelief prior;
  double discount;
  RateFilter filter{prior, discount};
  double rate = -1;
  double step(std::mt19937_64& random) {
    if (rate < 0) rate = gamma_draw(random, prior.shape) / prior.rate;
    const GammaBelief now = filter.belief();
    const double kept = now.rate * rate * beta_draw(random, discount * now.shape, (1 - discount) * now.shape);
    return rate = (kept + gamma_draw(random, (1 - discount) * prior.shape)) / filter.ahead().rate;
  }
};

Truth moving_truth(std::mt19937_64& random, double discount, double events, int periods) {
  MovingRate c{{2.4, 4 / events}, discount}, k{{1.6, 4 / events}, discount};
  Truth out;
  for (int at = 0; at < periods; ++at) {
    const double x = c.step(random), y = k.step(random);
    out.index.push_back((x - y) / (x + y));
    out.seen.push_back({poisson_draw(random, x), poisson_draw(random, y), 1});
    c.filter.update(out.seen.back().cooperation, 1), k.filter.update(out.seen.back().conflict, 1);
  }
  return out;
}

/// Logarithms of both rates follow autoregressions: not the model's own world.
Truth foreign_truth(std::mt19937_64& random, int periods) {
  std::normal_distribution<double> noise(0, 0.25);
  double x = noise(random) * 2, y = noise(random) * 2;
  Truth out;
  for (int at = 0; at < periods; ++at) {
    x = 0.95 * x + noise(random), y = 0.95 * y + noise(random);
    const double c = 4 * std::exp(x), k = 2.5 * std::exp(y);
    out.index.push_back((c - k) / (c + k));
    out.seen.push_back({poisson_draw(random, c), poisson_draw(random, k), 1});
  }
  return out;
}

struct Coverage {
  double filtered = 0, smoothed = 0, points = 0;
  void add(const Truth& truth, const RelationIndex& index) {
    for (std::size_t at = 0; at < truth.index.size(); ++at) {
      const double t = truth.index[at];
      filtered += index.filtered[at].lower <= t && t <= index.filtered[at].upper;
      smoothed += index.smoothed[at].lower <= t && t <= index.smoothed[at].upper;
      points += 1;
    }
  }
  void tell(const std::string& of) const { std::printf("%s: filtered %.4f smoothed %.4f\n", of.c_str(), filtered / points, smoothed / points); }
};

TEST(Index, TheNinetyPercentIntervalHoldsTheTruthNinetyTimesInAHundred) {
  std::mt19937_64 random(17);
  for (const double discount : {0.8, 0.9, 0.96}) {
    Coverage coverage;
    IndexOptions options;
    options.group = {2.4, 1.6};
    for (int dyad = 0; dyad < 100; ++dyad) {
      const Truth truth = moving_truth(random, discount, 4, 100);
      coverage.add(truth, estimate_index(truth.seen, options));
    }
    coverage.tell("discount " + std::to_string(discount));
    EXPECT_GT(coverage.filtered / coverage.points, 0.87);
    EXPECT_LT(coverage.filtered / coverage.points, 0.93);
    EXPECT_GT(coverage.smoothed / coverage.points, 0.87);
    EXPECT_LT(coverage.smoothed / coverage.points, 0.93);
  }
}

TEST(Index, TheIntervalHoldsAlsoWhereTheTruthMovesAnotherWay) {
  std::mt19937_64 random(29);
  Coverage coverage;
  for (int dyad = 0; dyad < 100; ++dyad) {
    const Truth truth = foreign_truth(random, 100);
    coverage.add(truth, estimate_index(truth.seen, {}));
  }
  coverage.tell("autoregression");
  EXPECT_GT(coverage.filtered / coverage.points, 0.85);
  EXPECT_GT(coverage.smoothed / coverage.points, 0.85);
}

TEST(Index, SmoothedEqualsDrawingBackwards) {
  const std::vector<Observation> seen = {{3, 1, 1}, {0, 4, 1}, {1, 6, 2}, {5, 0, 1}};
  IndexOptions options;
  options.discount = 0.8;
  options.usual_rate = 5;
  const RelationIndex index = estimate_index(seen, options);
  const GammaBelief prior{1, 2.0 / 5};
  std::mt19937_64 random(1);
  double sum = 0;
  constexpr int draws = 200000;
  for (int draw = 0; draw < draws; ++draw) {
    double rates[2];
    for (int side = 0; side < 2; ++side) {
      const auto& filtered = side == 0 ? index.cooperation : index.conflict;
      double rate = gamma_draw(random, filtered[3].shape) / filtered[3].rate;
      for (std::size_t at = 3; at-- > 0;) {
        const GammaBelief& f = filtered[at];
        const double ahead = 0.8 * f.rate + 0.2 * prior.rate;
        rate = (ahead * rate * beta_draw(random, 0.8 * f.shape, 0.2 * prior.shape) + gamma_draw(random, 0.2 * f.shape)) / f.rate;
      }
      rates[side] = rate;
    }
    sum += (rates[0] - rates[1]) / (rates[0] + rates[1]);
  }
  EXPECT_NEAR(index.smoothed[0].mean, sum / draws, 0.02);
}

TEST(Index, AStableRelationForgetsLessThanAMovingOne) {
  std::mt19937_64 random(2);
  std::vector<Observation> stable, moving;
  for (int at = 0; at < 120; ++at) {
    stable.push_back({poisson_draw(random, 6), poisson_draw(random, 3), 1});
    const bool dispute = at / 15 % 2 == 1;
    moving.push_back({poisson_draw(random, dispute ? 1 : 9), poisson_draw(random, dispute ? 9 : 1), 1});
  }
  EXPECT_GE(learn_discount(stable, {}), 0.96);
  EXPECT_LE(learn_discount(moving, {}), 0.89);
}

TEST(Index, AThinDyadStaysNearItsGroup) {
  const std::vector<Observation> one = {{0, 1, 1}}, many = {{0, 40, 1}};
  IndexOptions options;
  options.group = {6, 2};
  EXPECT_GT(estimate_index(one, options).filtered[0].mean, 0.1);
  EXPECT_LT(estimate_index(many, options).filtered[0].mean, -0.6);
}

TEST(Index, APeriodThatNobodyCoveredWidensTheInterval) {
  std::vector<Observation> seen(12, {4, 1, 1});
  for (int at = 0; at < 6; ++at) seen.push_back({0, 0, 0});
  IndexOptions options;
  options.discount = 0.8;
  const RelationIndex index = estimate_index(seen, options);
  EXPECT_GT(index.filtered.back().upper - index.filtered.back().lower, index.filtered[11].upper - index.filtered[11].lower);
}

TEST(Index, AGroupOfLikeDyadsIsWorthMoreThanAMixedOne) {
  std::vector<Observation> like(30, {7, 3, 1}), mixed;
  for (int at = 0; at < 30; ++at) mixed.push_back(at % 3 == 0 ? Observation{0, 10, 1} : Observation{10, 0, 1});
  const Balance a = learn_balance(like), b = learn_balance(mixed);
  EXPECT_GT(a.cooperation + a.conflict, b.cooperation + b.conflict);
  EXPECT_NEAR(a.cooperation / (a.cooperation + a.conflict), 0.7, 0.02);
}

}  // namespace
}  // namespace legation
