// All dyads at once: surprises, networks and forecasts on made-up panels.
#include "relations/panel.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>
#include <random>

#include "relations/forecast.h"
#include "relations/network.h"

namespace legation {
namespace {

DyadPanel empty_panel(std::size_t periods) {
  DyadPanel panel;
  for (std::size_t at = 0; at < periods; ++at) panel.begins.push_back(later_period(*Date::parse("2015-01-01"), Step::month, static_cast<int>(at)));
  panel.exposure.assign(periods, 1);
  return panel;
}

void add_dyad(DyadPanel& panel, const std::string& a, const std::string& b, const std::vector<Quads>& counts) {
  SparseDyad dyad{a, b, {}, 0, 0};
  for (std::size_t at = 0; at < counts.size(); ++at) {
    dyad.cells.push_back({static_cast<std::uint32_t>(at), counts[at]});
    dyad.cooperation += counts[at][0] + counts[at][1], dyad.conflict += counts[at][2] + counts[at][3];
  }
  panel.dyads.push_back(dyad);
}

std::vector<Quads> steady(std::mt19937_64& random, std::size_t periods, double cooperation, double conflict) {
  std::vector<Quads> out(periods);
  for (Quads& quads : out) quads = {std::poisson_distribution<int>(cooperation)(random), 0, 0, std::poisson_distribution<int>(conflict)(random)};
  return out;
}

TEST(Movers, TheOneWhoBreaksWithItsPastComesFirst) {
  std::mt19937_64 random(4);
  DyadPanel panel = empty_panel(60);
  for (int at = 0; at < 50; ++at) add_dyad(panel, "A" + std::to_string(at), "B", steady(random, 60, 3, 2));
  auto crisis = steady(random, 60, 3, 1);
  crisis.back()[3] = 25;
  add_dyad(panel, "KOR", "CHN", crisis);
  const auto movers = find_movers(panel);
  EXPECT_EQ(movers[0].a, "KOR");
  EXPECT_TRUE(movers[0].conflict);
  EXPECT_LT(movers[0].q, 0.01);
  EXPECT_LT(movers[0].index_after, movers[0].index_before);
}

TEST(Movers, WhereNothingMovesNearlyNobodyIsTold) {
  std::mt19937_64 random(9);
  DyadPanel panel = empty_panel(60);
  for (int at = 0; at < 300; ++at) add_dyad(panel, "A" + std::to_string(at), "B", steady(random, 60, 3, 2));
  int told = 0;
  for (const Mover& mover : find_movers(panel)) told += mover.q <= 0.1;
  EXPECT_LE(told, 3);
}

TEST(Network, TwoHostileCampsAreTwoCommunitiesAndAllTriadsAreBalanced) {
  DyadPanel panel = empty_panel(1);
  const std::vector<std::string> states = {"A", "B", "C", "X", "Y", "Z"};
  for (std::size_t i = 0; i < states.size(); ++i)
    for (std::size_t j = i + 1; j < states.size(); ++j) add_dyad(panel, states[i], states[j], {(i < 3) == (j < 3) ? Quads{9, 0, 1, 0} : Quads{1, 0, 0, 9}});
  const RelationNetwork network = make_network(panel, {}, 1);
  EXPECT_EQ(network.communities, 2u);
  EXPECT_EQ(network.nodes[0].community, network.nodes[2].community);
  EXPECT_NE(network.nodes[0].community, network.nodes[3].community);
  EXPECT_EQ(network.triads, 20);
  EXPECT_EQ(network.balanced, 20);
  EXPECT_LT(network.balanced_by_chance, 0.6);
}

TEST(Network, EachPeriodHasItsOwnNetwork) {
  DyadPanel panel = empty_panel(3);
  add_dyad(panel, "A", "B", {{5, 0, 0, 0}, {0, 0, 0, 0}, {0, 0, 0, 5}});
  add_dyad(panel, "A", "C", {{5, 0, 0, 0}, {0, 0, 0, 0}, {5, 0, 0, 0}});
  add_dyad(panel, "B", "C", {{5, 0, 0, 0}, {0, 0, 0, 0}, {5, 0, 0, 0}});
  const auto networks = networks_by_period(panel, {}, 1);
  ASSERT_EQ(networks.size(), 2u);
  EXPECT_EQ(networks[0].network.balanced, 1);
  EXPECT_EQ(networks[1].period, 2u);
  EXPECT_EQ(networks[1].network.triads, 1);
  EXPECT_EQ(networks[1].network.balanced, 0);
}

TEST(Network, GraphmlHoldsNodesTiesAndProvenance) {
  DyadPanel panel = empty_panel(1);
  add_dyad(panel, "CHN", "KOR", {{5, 0, 0, 2}});
  add_dyad(panel, "KOR", "USA", {{7, 0, 0, 0}});
  const std::string text = graphml(make_network(panel, {}, 1), {"engine -- 1", "none", "by month"});
  for (const char* piece : {"<graphml", "KOR", "by month", "balance", "edge id"}) EXPECT_NE(text.find(piece), std::string::npos) << piece;
  EXPECT_EQ(make_network(panel, {"KOR", "CHN"}, 1).edges.size(), 1u);
}

TEST(Forecast, TheScoreOfACertainForecastIsItsDistance) {
  const GammaBelief nearly_certain{4e8, 1e8};  // Poisson with mean 4
  double expected = 0;
  for (int x = 0; x < 60; ++x) {
    double below = 0;
    for (int k = 0; k <= x; ++k) below += std::exp(-4 + k * std::log(4.0) - std::lgamma(k + 1.0));
    expected += (below - (x >= 6)) * (below - (x >= 6));
  }
  EXPECT_NEAR(crps(nearly_certain, 6), expected, 1e-5);
}

TEST(Forecast, WhatStaysTheSameIsBestForecastByAMeanAndARandomWalkIsNot) {
  std::mt19937_64 random(6);
  DyadPanel panel = empty_panel(96);
  for (int at = 0; at < 40; ++at) add_dyad(panel, "A" + std::to_string(at), "B", steady(random, 96, 4, 2));
  const ForecastReport still = forecast(panel, 24);
  const auto& scores = still.scores[0];
  EXPECT_LT(scores[static_cast<std::size_t>(ForecastMethod::mean)].crps, scores[static_cast<std::size_t>(ForecastMethod::last_value)].crps);
  EXPECT_LT(std::abs(scores[0].crps - scores[static_cast<std::size_t>(ForecastMethod::mean)].crps), 0.02);
  DyadPanel moving = empty_panel(96);
  for (int at = 0; at < 40; ++at) {
    double level = 1.5;
    std::vector<Quads> counts(96);
    for (Quads& quads : counts) level += std::normal_distribution<double>(0, 0.2)(random), quads[0] = std::poisson_distribution<int>(std::exp(level))(random);
    add_dyad(moving, "A" + std::to_string(at), "B", counts);
  }
  const ForecastReport walk = forecast(moving, 24);
  EXPECT_LT(walk.scores[0][0].crps, walk.scores[0][static_cast<std::size_t>(ForecastMethod::mean)].crps);
  EXPECT_LT(walk.scores[0][0].crps, walk.scores[0][static_cast<std::size_t>(ForecastMethod::seasonal_mean)].crps);
}

TEST(AllDyads, EveryPeriodWithEventsIsARow) {
  std::mt19937_64 random(6);
  DyadPanel panel = empty_panel(20);
  add_dyad(panel, "CHN", "KOR", steady(random, 20, 4, 2));
  const std::string csv = csv_all_dyads(panel, {"engine", "none", "by month"});
  EXPECT_EQ(std::count(csv.begin(), csv.end(), '\n'), 22);
}

}  // namespace
}  // namespace legation
