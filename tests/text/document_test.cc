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
  EXPECT_FALSE(DocumentPlaces(document).of({0, 4}).in_title);
}

TEST(Text, PlacesAreCodePointsOfTheirPart) {
  Document document;
  document.set_parts("Erdoğan in Köln", "Señor López met Łukasz.");
  const auto at = [&](std::string_view words) {
    const auto begin = static_cast<std::uint32_t>(document.buffer.find(words));
    return DocumentPlaces(document).of({begin, begin + static_cast<std::uint32_t>(words.size())});
  };
  EXPECT_TRUE(at("Köln").in_title);
  EXPECT_EQ(at("Köln").begin, 11U);
  EXPECT_EQ(at("Köln").end, 15U);
  EXPECT_FALSE(at("Łukasz").in_title);
  EXPECT_EQ(at("Łukasz").begin, 16U);
  EXPECT_EQ(at("Łukasz").end, 22U);
}

TEST(Text, PlacesOfALongTextAreThoseOfCountingFromItsStart) {
  std::string text;
  for (int word = 0; word < 400; ++word) text += word % 3 == 0 ? "Köln " : word % 3 == 1 ? "東京 met " : "a ";
  Document document;
  document.set_parts("Ärger in São Paulo", text);
  const DocumentPlaces places(document);
  std::uint32_t points = 0;
  for (std::uint32_t byte = document.text_begin; byte <= document.buffer.size(); ++byte) {
    const bool starts = byte == document.buffer.size() || (static_cast<unsigned char>(document.buffer[byte]) & 0xC0) != 0x80;
    if (!starts) continue;
    ASSERT_EQ(places.of({byte, byte}).begin, points) << byte;
    ++points;
  }
}

TEST(Text, PartsMayComeFromTheDocumentItself) {
  Document document;
  document.set_parts("Title", "Text.");
  document.set_parts(document.text(), document.title());
  EXPECT_EQ(document.buffer, "Text.\n\nTitle");
}

}  // namespace
}  // namespace legation
