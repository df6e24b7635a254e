// One event told twice is one event; two events are two.
#include "events/merge.h"

#include <gtest/gtest.h>

namespace legation {
namespace {

Actor actor(std::string code, std::string sector = "", std::string name = "") {
  Actor made;
  made.code = std::move(code);
  made.sector = std::move(sector);
  made.name = std::move(name);
  return made;
}

Event event(EventType type, std::vector<Actor> actors, std::vector<Actor> recipients) {
  Event made;
  made.type = type;
  made.actors = std::move(actors);
  made.recipients = std::move(recipients);
  made.evidence.emplace_back();
  return made;
}

EventDate day(int of_june, DateBasis basis = DateBasis::expression) {
  const Date date = Date::from_civil(2025, 6, static_cast<unsigned>(of_june));
  return {{date, date}, basis, {}};
}

std::vector<Event> merged(std::vector<Event> events) {
  merge_tellings(events);
  return events;
}

TEST(Merge, SecondTellingAddsItsEvidence) {
  const Event expelled = event(EventType::SANCTION, {actor("KOR")}, {actor("CHN", "GOV")});
  const auto events = merged({expelled, expelled});
  ASSERT_EQ(events.size(), 1u);
  EXPECT_EQ(events[0].evidence.size(), 2u);
}

TEST(Merge, TheDeadOfOneSentenceAreCountedOnce) {
  Event attack = event(EventType::ASSAULT, {actor("IMG")}, {actor("MLI", "MIL")});
  Quantity dead;
  dead.kind = Quantity::Kind::dead;
  dead.value = 42;
  attack.quantities = {dead};
  std::vector<Event> events = {attack, attack};
  cap_by_type(events, 0);
  ASSERT_EQ(events.size(), 1u);
  EXPECT_EQ(events[0].quantities.size(), 1u);
}

TEST(Merge, NamedPersonTakesThePlaceOfHisCountry) {
  const auto events = merged({event(EventType::CONSULT, {actor("KOR"), actor("CHN")}, {}),
                              event(EventType::CONSULT, {actor("KOR", "GOV", "Lee Jae-myung"), actor("CHN", "GOV", "Xi Jinping")}, {})});
  ASSERT_EQ(events.size(), 1u);
  EXPECT_EQ(events[0].actors[0].name, "Lee Jae-myung");
  EXPECT_EQ(events[0].actors[1].sector, "GOV");
}

TEST(Merge, OtherPartiesTypesAndFlagsStayApart) {
  const Event expelled = event(EventType::SANCTION, {actor("KOR")}, {actor("CHN")});
  Event denied = expelled;
  denied.auxiliary = auxiliary_negation;
  const auto events =
      merged({expelled, denied, event(EventType::SANCTION, {actor("CHN")}, {actor("KOR")}), event(EventType::ACCUSE, {actor("KOR")}, {actor("CHN")})});
  EXPECT_EQ(events.size(), 4u);
}

TEST(Merge, TwoDaysOfAttacksAreTwoAttacks) {
  Event sunday = event(EventType::ASSAULT, {actor("RUS")}, {actor("UKR")}), tuesday = sunday;
  sunday.date = day(8);
  tuesday.date = day(10);
  EXPECT_EQ(merged({sunday, tuesday}).size(), 2u);
}

TEST(Merge, HeadlineWithTheDayOfPrintMeetsTheStory) {
  Event headline = event(EventType::ASSAULT, {actor("RUS")}, {actor("UKR")}), story = headline;
  headline.date = day(10, DateBasis::publication);
  story.date = day(8);
  const auto events = merged({headline, story});
  ASSERT_EQ(events.size(), 1u);
  EXPECT_EQ(events[0].date->span.begin.iso(), "2025-06-08") << "the day that is said wins";
  story.date = day(1);
  EXPECT_EQ(merged({headline, story}).size(), 2u);
}

TEST(Merge, DetailsAreJoined) {
  Event first = event(EventType::ASSAULT, {actor("RUS")}, {}), second = event(EventType::ASSAULT, {actor("RUS")}, {actor("UKR")});
  second.modes = {"aerial"};
  second.contexts = {"military"};
  Quantity dead;
  dead.kind = Quantity::Kind::dead;
  dead.value = 3;
  second.quantities = {dead, dead};
  first.confidence = 0.5F;
  second.confidence = 0.7F;
  second.attribution.emplace_back();
  const auto events = merged({first, second, second});
  ASSERT_EQ(events.size(), 1u);
  EXPECT_EQ(events[0].modes, std::vector<std::string>{"aerial"});
  EXPECT_EQ(events[0].contexts, std::vector<std::string>{"military"});
  EXPECT_EQ(events[0].recipients.size(), 1u);
  EXPECT_EQ(events[0].quantities.size(), 1u) << "the same toll told twice is one toll";
  EXPECT_EQ(events[0].attribution.size(), 1u);
  EXPECT_FLOAT_EQ(events[0].confidence, 0.7F);
}

TEST(Merge, ModesThatShareNothingStayApart) {
  Event arrest = event(EventType::COERCE, {actor("BLR", "COP")}, {}), ban = arrest;
  arrest.modes = {"arrest"};
  ban.modes = {"censor"};
  EXPECT_EQ(merged({arrest, ban}).size(), 2u);
}

TEST(Merge, FirstSpeakerStays) {
  Event first = event(EventType::ASSAULT, {actor("RUS")}, {actor("UKR")}), second = first;
  first.attribution.push_back({actor("UKR", "GOV"), "say", false, false, {}});
  second.attribution.push_back({actor("RUS", "MIL"), "say", false, false, {}});
  const auto events = merged({first, second});
  ASSERT_EQ(events.size(), 1u);
  EXPECT_EQ(events[0].attribution.front().speaker.code, "UKR");
}

TEST(Merge, NobodyIsNotTheSameAsNobodyElse) {
  Actor police, rebels;
  police.text = "police";
  rebels.text = "rebels";
  EXPECT_EQ(merged({event(EventType::ASSAULT, {police}, {}), event(EventType::ASSAULT, {rebels}, {})}).size(), 2u);
}

TEST(Merge, TwoPersonsWhoDoTheSameAreTwo) {
  Actor one = actor("USA", "LEG", "Ana Roe"), other = actor("USA", "LEG", "Ben Moe");
  one.entity = 1, other.entity = 2;
  one.role = other.role = "senator of the United States";
  const Event first = event(EventType::ACCUSE, {one}, {actor("CUB")}), second = event(EventType::ACCUSE, {other}, {actor("CUB")});
  EXPECT_EQ(merged({first, second}).size(), 2u);
  EXPECT_EQ(merged({first, first}).size(), 1u);
  EXPECT_EQ(merged({first, event(EventType::ACCUSE, {actor("USA")}, {actor("CUB")})}).size(), 1u) << "a headline with the country alone";
}

TEST(Merge, OrderIsKeptAndNothingIsNothing) {
  EXPECT_TRUE(merged({}).empty());
  const auto events = merged({event(EventType::AID, {actor("JPN")}, {actor("TUR")}), event(EventType::ASSAULT, {actor("RUS")}, {actor("UKR")}),
                              event(EventType::AID, {actor("JPN")}, {actor("TUR")})});
  ASSERT_EQ(events.size(), 2u);
  EXPECT_EQ(events[0].type, EventType::AID);
  EXPECT_EQ(events[1].type, EventType::ASSAULT);
}

}  // namespace
}  // namespace legation
