// Whose the villagers, boats and armies are whose country the text leaves open; without the learned scorer.
#include "events/affiliation.h"

#include <gtest/gtest.h>

#include "sentence_builder.h"
#include "shipped_ontology.h"

namespace legation {
namespace {

/// The actor as the words from token `first` to `last` stand in the text.
Actor actor_of(const BuiltText& built, std::uint32_t first, std::uint32_t last) {
  if (const Mention* mention = built.mentions.at(first)) return mention->actors.front();
  Actor actor;
  actor.span = {built.parse[first].begin, built.parse[last].end};
  actor.text = built.document.buffer.substr(actor.span.begin, actor.span.end - actor.span.begin);
  return actor;
}

Actor completed(const BuiltText& built, std::uint32_t first, std::uint32_t last) {
  const EventNetwork::Scores scores;
  EventNetwork::Scratch scratch;
  const DocumentCountries named(built.parse, built.mentions);
  Affiliations affiliations(built.parse, built.mentions, ontology(), {}, scores, named, scratch);
  Actor actor = actor_of(built, first, last);
  OpenParty party;
  party.place = {EventType::CONSULT, EventNetwork::actor};
  affiliations.complete(actor, party);
  return actor;
}

TEST(Affiliations, TheOneCountryOfTheTextIsTheVillagersToo) {
  const auto built =
      build("gunmen gunman NOUN 2 nsubj @:UAF\nkilled kill VERB 0 root\nherders herder NOUN 2 obj\nin in ADP 5 case\nMali Mali PROPN 2 obl @place:MLI\n");
  EXPECT_EQ(completed(*built, 2, 2).code, "MLI");
  EXPECT_EQ(completed(*built, 0, 0).code, "MLI");
}

TEST(Affiliations, OfSeveralCountriesNoneIsTaken) {
  const auto built =
      build("Mali Mali PROPN 2 nsubj @MLI\nasked ask VERB 0 root\nNiger Niger PROPN 2 obj @NER\nabout about ADP 5 case\nherders herder NOUN 2 obl\n");
  EXPECT_EQ(completed(*built, 4, 4).code, "");
}

TEST(Affiliations, ACountryInThePhraseIsThePartys) {
  const auto built = build(
      "Bolivian Bolivian ADJ 2 amod @BOL\nboats boat NOUN 3 nsubj\nmet meet VERB 0 root\nsailors sailor NOUN 3 obj\nfrom from ADP 6 case\nPeru Peru PROPN 4 "
      "nmod @PER\n");
  EXPECT_EQ(completed(*built, 1, 1).code, "BOL");
  EXPECT_EQ(completed(*built, 3, 3).code, "PER");
}

TEST(Affiliations, WhatTheTextSaysOfAnActorStands) {
  const auto built = build("gunmen gunman NOUN 2 nsubj @NER:UAF\ncrossed cross VERB 0 root\nMali Mali PROPN 2 obj @MLI\n");
  const Actor actor = completed(*built, 0, 0);
  EXPECT_EQ(actor.code, "NER");
  EXPECT_EQ(actor.sector, "UAF");
}

TEST(Affiliations, InternationalBodiesAreNoCountry) {
  const auto built = build("observers observer NOUN 2 nsubj\nleft leave VERB 0 root\nUNO UNO PROPN 2 obj @UNO\n");
  EXPECT_EQ(completed(*built, 0, 0).code, "");
}

}  // namespace
}  // namespace legation
