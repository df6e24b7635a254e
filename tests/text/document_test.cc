#include "legation/document.h"

#include <gtest/gtest.h>

namespace legation {
namespace {

TEST(Text, TitleAndTextStandInOneBuffer) {
  Document document;
  document.set_parts("Talks resume", "SEOUL - They met.");
  EXPECT_EQ(document.buffer, "Talks resume\n\nSEOUL - They met.");
  EXPECT_EQ(document.title(), "Talks resume");
  EXPECT_EQ(document.text(), "SEOUL - They met.");
}

TEST(Text, DocumentWithoutTitleBeginsWithItsText) {
  Document document;
  document.set_parts("", "They met.");
  EXPECT_EQ(document.title(), "");
  EXPECT_EQ(document.text(), "They met.");
  EXPECT_FALSE(document.locate({0, 4}).in_title);
}

TEST(Text, PlacesAreCodePointsOfTheirPart) {
  Document document;
  document.set_parts("Erdoğan in Köln", "Señor López met Łukasz.");
  const auto at = [&](std::string_view words) {
    const auto begin = static_cast<std::uint32_t>(document.buffer.find(words));
    return document.locate({begin, begin + static_cast<std::uint32_t>(words.size())});
  };
  EXPECT_TRUE(at("Köln").in_title);
  EXPECT_EQ(at("Köln").begin, 11U);
  EXPECT_EQ(at("Köln").end, 15U);
  EXPECT_FALSE(at("Łukasz").in_title);
  EXPECT_EQ(at("Łukasz").begin, 16U);
  EXPECT_EQ(at("Łukasz").end, 22U);
}

TEST(Text, PartsMayComeFromTheDocumentItself) {
  Document document;
  document.set_parts("Title", "Text.");
  document.set_parts(document.text(), document.title());
  EXPECT_EQ(document.buffer, "Text.\n\nTitle");
}

}  // namespace
}  // namespace legation
