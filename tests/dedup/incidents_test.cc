#include "dedup/incidents.h"

#include <gtest/gtest.h>

namespace legation {
namespace {

/// On 10 June 2025 plus `day`, told in `words`.
EventReport report(std::string_view type, std::vector<PartyMark> actors, std::vector<PartyMark> recipients, int day, std::string_view words,
                   bool dated = true) {
  EventReport out;
  out.type = mark(type);
  out.actors = std::move(actors);
  out.recipients = std::move(recipients);
  out.begin = out.end = Date{Date::from_civil(2025, 6, 10).days + day};
  out.published = Date{Date::from_civil(2025, 6, 10).days + day};
  out.dated = dated;
  out.words = out.story = marks_of(words);
  out.names = names_of(words);
  return out;
}

/// The incident of a document of one event.
std::uint64_t add(Incidents& incidents, std::uint64_t fresh, EventReport one) { return incidents.add(fresh, {std::move(one)}).front(); }

PartyMark government(std::string_view code, std::string_view name = "") { return {mark(code), mark("GOV"), mark(name)}; }

EventReport meeting(int day, std::string_view words, bool dated = true) {
  return report("CONSULT", {government("ARL", "Ada Brand"), government("BLM", "Tomas Reel")}, {}, day, words, dated);
}

TEST(Incidents, AMeetingToldInOtherWordsIsOne) {
  Incidents incidents;
  EXPECT_EQ(add(incidents, 1, meeting(0, "Ada Brand and Tomas Reel met in Corvia on Tuesday to discuss the dam")), 1u);
  EXPECT_EQ(add(incidents, 2, meeting(0, "Arland's minister held talks with her Belmar counterpart over water")), 1u);
  EXPECT_EQ(add(incidents, 3, meeting(1, "Reel received Brand for a conversation about the valley", false)), 1u);
}

TEST(Incidents, TheSameTwoAWeekLaterMeetAgain) {
  Incidents incidents;
  EXPECT_EQ(add(incidents, 1, meeting(0, "Ada Brand and Tomas Reel met in Corvia on Tuesday to discuss the dam")), 1u);
  EXPECT_EQ(add(incidents, 2, meeting(7, "Ada Brand and Tomas Reel met in Corvia on Tuesday to discuss the dam")), 2u);
}

TEST(Incidents, DifferentAttacksOfADayStayApart) {
  const std::vector<PartyMark> civilians = {{mark("ARL"), mark("CVL"), 0}};
  Incidents incidents;
  EventReport first = report("ASSAULT", {}, civilians, 0, "A car bomb killed nine people outside a hospital in the northern town of Merrow");
  first.place = mark("Merrow");
  EventReport second = report("ASSAULT", {}, civilians, 0, "Gunmen shot dead three farmers near the southern village of Dunlin");
  second.place = mark("Dunlin");
  EventReport again = report("ASSAULT", {}, civilians, 0, "At least nine dead as bomb in a car goes off at Merrow hospital");
  again.place = mark("Merrow");
  EXPECT_EQ(add(incidents, 1, first), 1u);
  EXPECT_EQ(add(incidents, 2, second), 2u);
  EXPECT_EQ(add(incidents, 3, again), 1u);
}

TEST(Incidents, OtherCountriesAndOtherActsStayApart) {
  Incidents incidents;
  EXPECT_EQ(add(incidents, 1, report("ACCUSE", {government("ARL")}, {government("BLM")}, 0, "The government of Arland condemned the missile test by Belmar")),
            1u);
  EXPECT_EQ(
      add(incidents, 2, report("ACCUSE", {government("COR")}, {government("BLM")}, 0, "In a statement Corvia condemned Belmar for its test of a missile")), 2u);
  EXPECT_EQ(add(incidents, 3,
                report("REJECT", {government("ARL")}, {government("BLM")}, 0,
                       "Ada Brand will not travel to the summit of the river states in Corvia, her spokesman told reporters")),
            3u);
}

TEST(Incidents, AChainOfDaysEndsAfterFive) {
  Incidents incidents;
  EXPECT_EQ(add(incidents, 1, meeting(0, "Ada Brand and Tomas Reel met in Corvia to discuss the dam", false)), 1u);
  std::uint64_t last = 1;
  for (int day = 1; day <= 9; ++day)
    last = add(incidents, 1 + static_cast<std::uint64_t>(day), meeting(day, "Ada Brand and Tomas Reel met in Corvia to discuss the dam", false));
  EXPECT_NE(last, 1u) << "daily news of a long affair must not be one occurrence";
}

TEST(Incidents, ATollThatGrowsIsOneAttack) {
  const std::vector<PartyMark> civilians = {{mark("ARL"), mark("CVL"), 0}};
  EventReport early = report("ASSAULT", {}, civilians, 0, "A truck bomb killed 90 people at a junction in Merrow on Tuesday");
  early.quantities = {{mark("dead"), 90}};
  EventReport late = report("ASSAULT", {}, civilians, 0, "Hospitals in Merrow counted 140 people killed by the bomb of Tuesday");
  late.published = Date{late.published->days + 1};
  late.quantities = {{mark("dead"), 140}};
  Incidents incidents;
  EXPECT_EQ(add(incidents, 1, early), 1u);
  EXPECT_EQ(add(incidents, 2, late), 1u);
}

TEST(Incidents, AnotherTypeForTheSameTellingJoinsButTakesNoIncidentThatTheDocumentHas) {
  const auto told = [](std::string_view type) {
    return report(type, {government("ARL", "Ada Brand")}, {government("BLM", "Tomas Reel")}, 0,
                  "Ada Brand and Tomas Reel agreed in Corvia on Tuesday to share the Merrow dam");
  };
  Incidents incidents;
  EXPECT_EQ(add(incidents, 1, told("CONSULT")), 1u);
  EXPECT_EQ(add(incidents, 2, told("AGREE")), 1u);
  EXPECT_EQ(incidents.add(3, {told("CONSULT"), told("SUPPORT")}), (std::vector<std::uint64_t>{1, 4}));
}

TEST(Incidents, WhatIsDeniedIsAnotherThing) {
  EventReport done = report("ASSAULT", {government("ARL")}, {government("BLM")}, 0, "Arland shelled the village of Dunlin in Belmar on Tuesday");
  EventReport denied = done;
  denied.denied = true;
  Incidents incidents;
  EXPECT_EQ(add(incidents, 1, done), 1u);
  EXPECT_EQ(add(incidents, 2, denied), 2u);
}

TEST(Incidents, ADocumentCodedAgainIsNotHeldToWhatItSaidBefore) {
  EventReport before = meeting(0, "Ada Brand and Tomas Reel met in Corvia on Tuesday");
  before.document = 5;
  Incidents incidents;
  incidents.remember(7, before);
  incidents.forget(5);
  EXPECT_EQ(add(incidents, 20, before), 20u);
}

TEST(Incidents, AReportReadBackFromALedgerIsJoinedAsBefore) {
  Incidents incidents;
  incidents.remember(7, meeting(0, "Ada Brand and Tomas Reel met in Corvia on Tuesday"));
  EXPECT_EQ(add(incidents, 20, meeting(0, "Brand and Reel meet")), 7u);
}

}  // namespace
}  // namespace legation
