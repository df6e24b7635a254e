#include "coded_by_hand.h"

namespace legation {
namespace {

bool has(const std::string& text, std::string_view part) { return text.find(part) != text.npos; }

TEST(Store, TableShowsTypePartiesAndWords) {
  const std::string table = written("table", *coded_by_hand());
  for (const char* part : {"Séoul acts", "2025-06-10, Yonhap", "2025-06-09 SANCTION expel", "KOR", "CHN GOV", "“expelled”"})
    EXPECT_TRUE(has(table, part)) << part << "\n" << table;
}

TEST(Store, TableEndsWithTheDyad) {
  const std::string table = written("table", *coded_by_hand());
  EXPECT_TRUE(has(table, "1 event in 1 document\n")) << table;
  EXPECT_TRUE(has(table, "CHN–KOR")) << table;
}

TEST(Store, TableSaysHowManyFlaggedEventsItLeavesOut) {
  auto coded = coded_by_hand();
  coded->coded.events.push_back(coded->coded.events[0]);
  coded->coded.events[1].auxiliary = auxiliary_hypothetical;
  coded->coded.events[1].evidence[0].trigger = span_of(coded->document, "diplomats");
  RecordOptions plain;
  plain.flagged = false;
  const std::string table = written("table", *coded, plain);
  EXPECT_FALSE(has(table, "“diplomats”"));
  EXPECT_TRUE(has(table, "1 more")) << table;
  EXPECT_TRUE(has(written("table", *coded), "[hypothetical]"));
}

TEST(Store, FlaggedEventsDoNotCountInTheDyad) {
  auto coded = coded_by_hand();
  coded->coded.events[0].auxiliary = auxiliary_negation;
  EXPECT_FALSE(has(written("table", *coded), "CHN–KOR"));
}

TEST(Store, TableColoursOnRequestOnly) {
  EXPECT_FALSE(has(written("table", *coded_by_hand()), "\x1b["));
  RecordOptions options;
  options.colour = true;
  EXPECT_TRUE(has(written("table", *coded_by_hand(), options), "\x1b["));
}

TEST(Store, NarrowTableCutsBetweenCharacters) {
  auto coded = coded_by_hand();
  coded->coded.events[0].recipients[0].text = "“Élan” der außenpolitischen Straße – und noch viel mehr Wörter";
  coded->coded.events[0].recipients[0].name = coded->coded.events[0].recipients[0].text;
  RecordOptions options;
  for (options.width = 60; options.width < 100; ++options.width) {
    const std::string table = written("table", *coded, options);
    for (std::size_t at = 0; at + 1 < table.size(); ++at) {  // no lead byte is followed by a character's start
      const auto byte = static_cast<unsigned char>(table[at]), next = static_cast<unsigned char>(table[at + 1]);
      ASSERT_TRUE(byte < 0xC0 || (next & 0xC0) == 0x80) << table;
    }
  }
}

}  // namespace
}  // namespace legation
