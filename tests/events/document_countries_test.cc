// What is known of the countries of a whole document: how often and where each is named, and where things happen.
#include "events/document_countries.h"

#include <gtest/gtest.h>

#include "sentence_builder.h"

namespace legation {
namespace {

/// "Mali asked Niger. In Bamako soldiers rallied. Niger refused."
std::unique_ptr<BuiltText> three_sentences() {
  return build(
      "Mali Mali PROPN 2 nsubj @MLI\nasked ask VERB 0 root\nNiger Niger PROPN 2 obj @NER\n\n"
      "In in ADP 2 case\nBamako Bamako PROPN 4 obl @place:MLI\nsoldiers soldier NOUN 4 nsubj @:MIL\nrallied rally VERB 0 root\n\n"
      "Niger Niger PROPN 2 nsubj @NER\nrefused refuse VERB 0 root\n");
}

TEST(DocumentCountries, EachWithItsNamingsInTheOrderOfTheText) {
  const auto built = three_sentences();
  const DocumentCountries countries(built->parse, built->mentions);
  ASSERT_EQ(countries.list().size(), 2u);
  const DocumentCountries::Country* mali = countries.find("MLI");
  ASSERT_NE(mali, nullptr);
  EXPECT_EQ(mali->places.size(), 2u);
  EXPECT_TRUE(mali->in_lead);
  EXPECT_DOUBLE_EQ(countries.share(mali), 0.5);
  EXPECT_EQ(countries.rank(mali), 0u);
  EXPECT_EQ(countries.find("TCD"), nullptr);
  EXPECT_EQ(countries.find(""), nullptr);
  EXPECT_DOUBLE_EQ(countries.share(nullptr), 0);
}

TEST(DocumentCountries, APlaceWithItsPrepositionIsTheSceneUntilAnotherIsTold) {
  const auto built = three_sentences();
  const DocumentCountries countries(built->parse, built->mentions);
  EXPECT_EQ(countries.scene(0).code, "");
  EXPECT_EQ(countries.scene(1).code, "MLI");
  EXPECT_FALSE(countries.scene(1).carried);
  EXPECT_EQ(countries.scene(2).code, "MLI");
  EXPECT_TRUE(countries.scene(2).carried);
  EXPECT_NE(countries.scene_row("MLI", 1), countries.scene_row("NER", 1));
  EXPECT_NE(countries.scene_row("MLI", 1), countries.scene_row("MLI", 2));
}

TEST(DocumentCountries, TheSubjectBeforeIsOfTheSentenceBefore) {
  const auto built = three_sentences();
  const DocumentCountries countries(built->parse, built->mentions);
  EXPECT_EQ(countries.subject_before(0), "");
  EXPECT_EQ(countries.subject_before(1), "MLI");
  EXPECT_EQ(countries.subject_before(2), "") << "soldiers of nobody knows where";
}

TEST(DocumentCountries, WhatWasInferredIsNoNaming) {
  auto built = three_sentences();
  built->mentions.list.back().country_inferred = true;
  const DocumentCountries countries(built->parse, built->mentions);
  EXPECT_EQ(countries.find("NER")->places.size(), 1u);
}

TEST(DocumentCountries, ADocumentWithoutAnyIsEmpty) {
  const auto built = build("Soldiers soldier NOUN 2 nsubj @:MIL\nleft leave VERB 0 root\n");
  const DocumentCountries countries(built->parse, built->mentions);
  EXPECT_TRUE(countries.list().empty());
  EXPECT_EQ(countries.scene_row("MLI", 0), 0u);
}

}  // namespace
}  // namespace legation
