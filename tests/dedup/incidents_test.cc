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
  out.words = marks_of(words);
  return out;
}

PartyMark government(std::string_view code, std::string_view name = "") { return {mark(code), mark("GOV"), mark(name)}; }

EventReport meeting(int day, std::string_view words, bool dated = true) {
  return report("CONSULT", {government("ARL", "Ada Brand"), government("BLM", "Tomas Reel")}, {}, day, words, dated);
}

TEST(Incidents, AMeetingToldInOtherWordsIsOne) {
  Incidents incidents;
  EXPECT_EQ(incidents.add(1, meeting(0, "Ada Brand and Tomas Reel met in Corvia on Tuesday to discuss the dam")), 1u);
  EXPECT_EQ(incidents.add(2, meeting(0, "Arland's minister held talks with her Belmar counterpart over water")), 1u);
  EXPECT_EQ(incidents.add(3, meeting(1, "Reel received Brand for a conversation about the valley", false)), 1u);
}

TEST(Incidents, TheSameTwoAWeekLaterMeetAgain) {
  Incidents incidents;
  EXPECT_EQ(incidents.add(1, meeting(0, "Ada Brand and Tomas Reel met in Corvia on Tuesday to discuss the dam")), 1u);
  EXPECT_EQ(incidents.add(2, meeting(7, "Ada Brand and Tomas Reel met in Corvia on Tuesday to discuss the dam")), 2u);
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
  EXPECT_EQ(incidents.add(1, first), 1u);
  EXPECT_EQ(incidents.add(2, second), 2u);
  EXPECT_EQ(incidents.add(3, again), 1u);
}

TEST(Incidents, OtherCountriesAndOtherTypesStayApart) {
  Incidents incidents;
  const std::string_view words = "The minister condemned the missile test in a statement";
  EXPECT_EQ(incidents.add(1, report("ACCUSE", {government("ARL")}, {government("BLM")}, 0, words)), 1u);
  EXPECT_EQ(incidents.add(2, report("ACCUSE", {government("COR")}, {government("BLM")}, 0, words)), 2u);
  EXPECT_EQ(incidents.add(3, report("REJECT", {government("ARL")}, {government("BLM")}, 0, words)), 3u);
}

TEST(Incidents, AReportReadBackFromALedgerIsJoinedAsBefore) {
  Incidents incidents;
  incidents.remember(7, meeting(0, "Ada Brand and Tomas Reel met in Corvia on Tuesday"));
  EXPECT_EQ(incidents.add(20, meeting(0, "Brand and Reel meet")), 7u);
}

}  // namespace
}  // namespace legation
