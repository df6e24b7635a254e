#include "input_files.h"

namespace legation {
namespace {

TEST(Text, ShortFirstLineOfItsOwnIsTheTitle) {
  const Document document = read_one("talks.txt", "Seoul and Beijing resume talks\n\nSEOUL, June 10 - They met.\n\nThey agreed.\n");
  EXPECT_EQ(document.title(), "Seoul and Beijing resume talks");
  EXPECT_EQ(document.text(), "SEOUL, June 10 - They met.\n\nThey agreed.");
  EXPECT_EQ(document.id, "talks");
}

TEST(Text, FirstParagraphIsNoTitle) {
  for (const char* text : {"The ministers met in Seoul.\n\nThey agreed.", "They met\nin Seoul.\n\nThey agreed.", "They met in Seoul"}) {
    EXPECT_EQ(read_one("talks.txt", text).title(), "") << text;
    EXPECT_EQ(read_one("talks.txt", text).text(), text);
  }
}

TEST(Text, TitleMayEndInAnAbbreviation) { EXPECT_EQ(read_one("a.txt", "Seoul turns to the U.S.\n\nIt asked for help.").title(), "Seoul turns to the U.S."); }

TEST(Text, FullDatelineGivesThePublicationDate) {
  const Document document = read_one("a.txt", "A title\n\nSEOUL, June 1, 2015 (own dispatch) - They met on May 3, 2014.");
  ASSERT_TRUE(document.published.has_value());
  EXPECT_EQ(document.published->iso(), "2015-06-01");
  EXPECT_TRUE(document.text().starts_with("SEOUL, June 1, 2015"));
}

TEST(Text, DefaultDateAndSourceServeTextThatSaysNeither) {
  ReaderOptions options;
  options.default_date = Date::from_civil(2025, 6, 10);
  options.default_source = "Own";
  const Document document = read_one("a.txt", "SEOUL, June 9 - The ministers met.", options);
  EXPECT_EQ(document.published->iso(), "2025-06-10");
  EXPECT_EQ(document.source, "Own");
}

TEST(Text, WindowsLineEndsGiveTheSameDocument) {
  const Document document = read_one("a.txt", "A title\r\n\r\nThey met.\r\n\r\nThey agreed.\r\n");
  EXPECT_EQ(document.title(), "A title");
  EXPECT_EQ(document.text(), "They met.\n\nThey agreed.");
}

}  // namespace
}  // namespace legation
