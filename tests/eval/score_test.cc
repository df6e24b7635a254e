// Pairing and counting of coded events against gold, on hand-made records.
#include "eval/score.h"

#include <gtest/gtest.h>

#include <filesystem>
#include <fstream>

namespace legation {
namespace {

constexpr std::string_view text = "Arland attacked Belmar. Corvia met Arland.";

GoldEvent gold(EventType type, std::uint32_t begin, std::vector<GoldActor> actors, std::vector<GoldActor> recipients) {
  GoldEvent event;
  event.type = type;
  event.actors = std::move(actors);
  event.recipients = std::move(recipients);
  event.triggers = {{false, begin, begin + 3, ""}};
  return event;
}

Event coded(EventType type, Span sentence, Span trigger, const std::vector<std::string>& actors, const std::vector<std::string>& recipients) {
  Event event;
  event.type = type;
  for (const std::string& code : actors) event.actors.emplace_back().code = code;
  for (const std::string& code : recipients) event.recipients.emplace_back().code = code;
  event.evidence.push_back({0, sentence, trigger});
  return event;
}

CodedDocument document(std::vector<Event> events) {
  CodedDocument coded;
  coded.document.set_parts("", text);
  coded.coded.events = std::move(events);
  return coded;
}

TEST(Score, SameTypeInTheSameSentenceIsAHit) {
  EventScore score;
  score.add({"a", "", {gold(EventType::ASSAULT, 7, {{"ARL", "", ""}}, {{"BEL", "", ""}})}},
            document({coded(EventType::ASSAULT, {0, 23}, {7, 15}, {"ARL"}, {"BEL"})}));
  EXPECT_EQ(score.type.right, 1u);
  EXPECT_EQ(score.parties.right, 1u);
  EXPECT_DOUBLE_EQ(score.parties.f1(), 1.0);
}

TEST(Score, AnotherSentenceIsAMissAndAnExtra) {
  EventScore score;
  score.add({"a", "", {gold(EventType::ASSAULT, 7, {}, {})}}, document({coded(EventType::ASSAULT, {24, 42}, {31, 34}, {}, {})}));
  EXPECT_EQ(score.type.right, 0u);
  EXPECT_EQ(score.type.gold, 1u);
  EXPECT_EQ(score.type.coded, 1u);
  const std::string report = score.report(true);
  EXPECT_NE(report.find("missed a:"), std::string::npos);
  EXPECT_NE(report.find("extra  a:"), std::string::npos);
}

TEST(Score, ReliabilityTellsHowOftenAConfidenceIsRight) {
  EventScore score;
  Event sure = coded(EventType::ASSAULT, {0, 23}, {7, 15}, {"ARL"}, {"BEL"}), unsure = coded(EventType::CONSULT, {0, 23}, {7, 15}, {"ARL"}, {});
  sure.confidence = 0.95f, unsure.confidence = 0.25f;
  score.add({"a", "", {gold(EventType::ASSAULT, 7, {{"ARL", "", ""}}, {{"BEL", "", ""}})}}, document({sure, unsure}));
  EXPECT_EQ(score.reliability[9].coded, 1u);
  EXPECT_EQ(score.reliability[9].right, 1u);
  EXPECT_EQ(score.reliability[2].coded, 1u);
  EXPECT_EQ(score.reliability[2].right, 0u);
  EXPECT_NE(score.report(false).find("0.9 to 1.0"), std::string::npos);
}

TEST(Score, WrongSectorCountsForCountriesOnly) {
  EventScore score;
  score.add({"a", "", {gold(EventType::ASSAULT, 7, {{"ARL", "MIL", ""}}, {})}}, document({coded(EventType::ASSAULT, {0, 23}, {7, 15}, {"ARL"}, {})}));
  EXPECT_EQ(score.parties.right, 0u);
  EXPECT_EQ(score.codes.right, 1u);
}

TEST(Score, OneCodedEventPairsOnce) {
  EventScore score;
  score.add({"a", "", {gold(EventType::ASSAULT, 7, {}, {}), gold(EventType::ASSAULT, 7, {}, {})}},
            document({coded(EventType::ASSAULT, {0, 23}, {7, 15}, {}, {})}));
  EXPECT_EQ(score.type.right, 1u);
  EXPECT_EQ(score.by_type[static_cast<std::size_t>(EventType::ASSAULT)].gold, 2u);
}

TEST(Gold, FaultNamesTheFile) {
  const auto path = std::filesystem::temp_directory_path() / "legation_gold_fault.json";
  std::ofstream(path) << R"({"id": "x", "events": [{"type": "HUG"}]})";
  const auto read = read_gold(path.string());
  std::filesystem::remove(path);
  ASSERT_FALSE(read.ok());
  EXPECT_NE(read.error().what.find("legation_gold_fault.json: \"HUG\" is no PLOVER type"), std::string::npos);
}

}  // namespace
}  // namespace legation
