// The chooser of parties: what it takes whatever the numbers are.
#include "events/party_choice.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>
#include <numeric>

#include "shipped_weights.h"

namespace legation {
namespace {

TEST(PartyChooser, ChancesAddUpToOne) {
  const auto chooser = PartyChooser::view(shipped("models/events/parties.bin"), scorer_vector);
  ASSERT_TRUE(chooser.ok());
  PartyCandidate candidate;
  for (const float value : {-1000.0f, -6.0f, 0.0f, 3.0f, 1000.0f}) {
    candidate.values.fill(value);
    const auto chances = chooser.value().judge(candidate);
    EXPECT_NEAR(std::accumulate(chances.begin(), chances.end(), 0.0f), 1, 1e-4);
  }
}

TEST(PartyChooser, NobodyStandsOnBothSidesAndNobodyIsTakenFromNoOne) {
  const auto chooser = PartyChooser::view(shipped("models/events/parties.bin"), scorer_vector);
  ASSERT_TRUE(chooser.ok());
  EXPECT_TRUE(chooser.value().choose({}, PartyChooser::Need::recipient)[0].empty());
  std::vector<PartyCandidate> candidates(40);
  for (std::size_t i = 0; i < candidates.size(); ++i) {
    candidates[i].token = static_cast<std::uint32_t>(i);
    candidates[i].values = {static_cast<float>(i % 9) - 4, static_cast<float>(i % 7) - 3, -static_cast<float>(i % 5), -static_cast<float>(i % 3)};
  }
  const auto sides = chooser.value().choose(candidates, PartyChooser::Need::recipient);
  for (const std::uint32_t token : sides[0]) EXPECT_EQ(std::ranges::count(sides[1], token), 0) << token;
}

TEST(PartyChooser, NamingsOfOneCountryCountTogether) {
  const auto chooser = PartyChooser::view(shipped("models/events/parties.bin"), scorer_vector);
  ASSERT_TRUE(chooser.ok());
  PartyCandidate doubtful;  // one who is too unlikely by himself, but not by far
  bool found = false;
  for (std::size_t row = 0; row < PartyChooser::table_rows() && !found; row += 7)  // whatever the features say of him
    for (float value = -8; value < 8 && !found; value += 0.05f) {
      doubtful.rows.fill(static_cast<std::uint16_t>(row));
      doubtful.values = {value, -2, value / 4, -2};
      const float acts = chooser.value().judge(doubtful)[PartyChooser::actor];
      found = acts > 0.06f && acts < 0.15f;
    }
  ASSERT_TRUE(found);
  const std::array<std::string_view, 4> several = {"KEN", "UGA", "TZA", "RWA"};
  std::vector<PartyCandidate> candidates(several.size(), doubtful);
  for (std::size_t i = 0; i < candidates.size(); ++i) candidates[i].token = static_cast<std::uint32_t>(i), candidates[i].code = several[i];
  EXPECT_TRUE(chooser.value().choose(candidates, PartyChooser::Need::open)[0].empty()) << "four countries, each unlikely";
  for (PartyCandidate& candidate : candidates) candidate.code = "KEN";
  EXPECT_EQ(chooser.value().choose(candidates, PartyChooser::Need::open)[0].size(), 1u) << "four namings of one";
}

TEST(PartyChooser, WhatVectorsSayOfACandidateDependsOnHimAndTheTriggerAlone) {
  const auto chooser = PartyChooser::view(shipped("models/events/parties.bin"), scorer_vector);
  ASSERT_TRUE(chooser.ok());
  EventNetwork::Scores scores;
  scores.vectors.resize(3 * scorer_vector);
  for (std::size_t i = 0; i < scores.vectors.size(); ++i) scores.vectors[i] = static_cast<std::int8_t>(static_cast<int>(i * 37 % 255) - 127);
  EventNetwork::Scratch scratch;
  std::vector<PartyCandidate> both(3), alone(1);
  both[0].token = 1, both[1].token = 2, both[2].token = 99, alone[0].token = 2;  // 99: no word of the text
  chooser.value().compare(scores, 0, both, scratch);
  chooser.value().compare(scores, 0, alone, scratch);
  EXPECT_EQ(both[1].values, alone[0].values);
  EXPECT_NE(both[0].values, both[1].values);
  EXPECT_EQ(both[2].values, PartyCandidate().values) << "who is told nowhere has nothing to say";
  for (const float value : both[0].values) EXPECT_LE(std::abs(value), 1.0f);
  chooser.value().compare(scores, 0, {}, scratch);
}

}  // namespace
}  // namespace legation
