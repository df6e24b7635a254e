// Scores and the way to CAMEO and Goldstein, with the shipped tables.
#include "events/ontology.h"

#include <gtest/gtest.h>

#include "base/embedded.h"

namespace legation {
namespace {

const Ontology& ontology() {
  static const Ontology* loaded = [] {
    static const Resources resources = Resources::embedded(embedded_files());
    auto result = Ontology::load(resources);
    EXPECT_TRUE(result.ok()) << (result.ok() ? "" : result.error().what);
    return new Ontology(std::move(result).value());
  }();
  return *loaded;
}

TEST(Ontology, EveryTypeHasAQuadACodeAndAGoldstein) {
  for (std::size_t at = 0; at < event_type_count; ++at) {
    const auto type = static_cast<EventType>(at);
    EXPECT_EQ(parse_event_type(name(type)), type);
    EXPECT_GE(ontology().quad(type), 1);
    EXPECT_LE(ontology().quad(type), 4);
    EXPECT_FALSE(ontology().cameo(type, {}).empty()) << name(type);
    EXPECT_TRUE(ontology().goldstein(ontology().cameo(type, {}))) << name(type);
  }
}

TEST(Ontology, ConflictScoresBelowZeroAndCooperationAbove) {
  for (std::size_t at = 0; at < event_type_count; ++at) {
    const auto type = static_cast<EventType>(at);
    if (type == EventType::REQUEST) continue;  // asking weighs nothing
    EXPECT_EQ(ontology().score(type, {}) > 0, ontology().quad(type) <= 2) << name(type);
  }
}

TEST(Ontology, ModeScoreReplacesTheTypes) {
  EXPECT_DOUBLE_EQ(ontology().score(EventType::CONSULT, {}), 2.5);
  EXPECT_DOUBLE_EQ(ontology().score(EventType::CONSULT, {"phone"}), 1.5);
}

TEST(Ontology, OfSeveralModesTheStrongestScores) {
  EXPECT_DOUBLE_EQ(ontology().score(EventType::ASSAULT, {"beat", "primitive"}), -8);
  EXPECT_DOUBLE_EQ(ontology().score(EventType::ASSAULT, {"primitive", "beat"}), -8);
}

TEST(Ontology, ModeOfAnotherTypeIsNone) {
  EXPECT_TRUE(ontology().has_mode(EventType::SANCTION, "expel"));
  EXPECT_FALSE(ontology().has_mode(EventType::AID, "expel"));
  EXPECT_DOUBLE_EQ(ontology().score(EventType::AID, {"expel"}), ontology().score(EventType::AID, {}));
}

TEST(Ontology, AWordMayImplyWhoReceives) {
  EXPECT_EQ(ontology().implied_recipient(EventType::COERCE, "coup"), "GOV");
  EXPECT_EQ(ontology().implied_recipient(EventType::CONCEDE, "plead"), "JUD");
  EXPECT_EQ(ontology().implied_recipient(EventType::COERCE, "curfew"), "");
  EXPECT_EQ(ontology().implied_recipient(EventType::SUPPORT, "coup"), "");
}

TEST(Ontology, OnlyThreeTypesRequireARecipient) {
  for (std::size_t at = 0; at < event_type_count; ++at) {
    const auto type = static_cast<EventType>(at);
    const bool needs = type == EventType::COOPERATE || type == EventType::AID || type == EventType::SANCTION;
    EXPECT_EQ(ontology().requires_recipient(type), needs) << name(type);
  }
}

TEST(Ontology, ModeWithoutACodeTakesTheTypes) { EXPECT_EQ(ontology().cameo(EventType::AID, {"nonsense"}), ontology().cameo(EventType::AID, {})); }

TEST(Ontology, GoldsteinOfAnUnlistedCodeIsItsParents) {
  ASSERT_TRUE(ontology().goldstein("190"));
  EXPECT_EQ(ontology().goldstein("1909"), ontology().goldstein("190"));
  EXPECT_FALSE(ontology().goldstein("99"));
  EXPECT_FALSE(ontology().goldstein(""));
}

TEST(Ontology, ContextsAreTheClosedList) {
  EXPECT_TRUE(ontology().has_context("military"));
  EXPECT_FALSE(ontology().has_context("humanitarian"));
}

TEST(Ontology, MissingTableIsNamed) {
  const Resources nothing = Resources::embedded({});
  const auto result = Ontology::load(nothing);
  ASSERT_FALSE(result.ok());
  EXPECT_NE(result.error().what.find("types.tsv"), std::string::npos) << result.error().what;
}

}  // namespace
}  // namespace legation
