#include <sstream>
#include <vector>

#include "coded_by_hand.h"

namespace legation {
namespace {

using Rows = std::vector<std::vector<std::string>>;

Rows rows_of(const CodedDocument& coded, RecordOptions options = {}) {
  Rows rows;
  std::istringstream lines(written("cameo", coded, options));
  for (std::string line; std::getline(lines, line);) {
    std::istringstream cells(line + "\t");
    rows.emplace_back();
    for (std::string cell; std::getline(cells, cell, '\t');) rows.back().push_back(cell);
  }
  return rows;
}

TEST(Store, CameoRowNamesSourceTargetAndCode) {
  const Rows rows = rows_of(*coded_by_hand());
  ASSERT_EQ(rows.size(), 2u);
  EXPECT_EQ(rows[0][1], "source");
  EXPECT_EQ(rows[1].size(), rows[0].size());
  EXPECT_EQ(rows[1][0], "2025-06-09");
  EXPECT_EQ(rows[1][1], "KOR");
  EXPECT_EQ(rows[1][2], "CHNGOV");
  EXPECT_EQ(rows[1][6], "SANCTION");
}

TEST(Store, CameoGivesARowForEveryActorAndRecipient) {
  auto coded = coded_by_hand();
  Event& event = coded->coded.events[0];
  event.actors.push_back(actor_of(coded->document, "JPN", "", "South Korea"));
  event.recipients.push_back(actor_of(coded->document, "RUS", "", "diplomats"));
  EXPECT_EQ(rows_of(*coded).size(), 1u + 4u);
}

TEST(Store, CameoTellsAReciprocalActFromBothSides) {
  auto coded = coded_by_hand();
  Event& event = coded->coded.events[0];
  event.type = EventType::CONSULT;
  event.modes = {"meet"};
  event.actors.push_back(event.recipients[0]);
  event.recipients.clear();
  const Rows rows = rows_of(*coded);
  ASSERT_EQ(rows.size(), 3u);
  EXPECT_EQ(rows[1][1] + rows[1][2], "KORCHNGOV");
  EXPECT_EQ(rows[2][1] + rows[2][2], "CHNGOVKOR");
}

TEST(Store, CameoCellHoldsNoTab) {
  auto coded = coded_by_hand();
  coded->document.source = "a\tb\nc";
  const Rows rows = rows_of(*coded);
  ASSERT_EQ(rows.size(), 2u);
  EXPECT_EQ(rows[1].back(), "a b c");
}

TEST(Store, CameoHeaderStandsEvenWithoutEvents) {
  auto coded = coded_by_hand();
  coded->coded.events.clear();
  EXPECT_EQ(rows_of(*coded).size(), 1u);
}

}  // namespace
}  // namespace legation
