// Which countries a party may be of, where its words leave that open.
#include "events/country_choice.h"

#include <gtest/gtest.h>

#include <algorithm>

#include "sentence_builder.h"
#include "shipped_ontology.h"

namespace legation {
namespace {

std::vector<std::string> codes(const std::vector<CountryCandidate>& candidates) {
  std::vector<std::string> out;
  for (const CountryCandidate& candidate : candidates) out.emplace_back(candidate.code);
  return out;
}

std::unique_ptr<BuiltText> two_countries() {
  return build(
      "Mali Mali PROPN 2 nsubj @MLI\nasked ask VERB 0 root\nNiger Niger PROPN 2 obj @NER\nabout about ADP 5 case\nsoldiers soldier NOUN 2 obl @:MIL\n");
}

TEST(CountryCandidates, NoneAndEveryCountryOfTheDocumentOnce) {
  const auto built = two_countries();
  const DocumentCountries named(built->parse, built->mentions);
  const CountryCandidates countries(built->parse, built->mentions, ontology(), named);
  OpenParty party;
  party.head = 4, party.trigger = 1;
  std::vector<CountryCandidate> candidates;
  countries.of(party, candidates);
  EXPECT_EQ(codes(candidates), (std::vector<std::string>{"", "MLI", "NER"}));
}

TEST(CountryCandidates, WhatTheRulesSayIsOneEvenIfNothingNamesIt) {
  const auto built = two_countries();
  const DocumentCountries named(built->parse, built->mentions);
  const CountryCandidates countries(built->parse, built->mentions, ontology(), named);
  OpenParty party;
  party.head = 4, party.trigger = 1, party.code = "TCD";
  std::vector<CountryCandidate> candidates;
  countries.of(party, candidates);
  EXPECT_EQ(codes(candidates), (std::vector<std::string>{"", "MLI", "NER", "TCD"}));
}

TEST(CountryCandidates, WhatWasInferredBeforeIsNoNaming) {
  auto built = two_countries();
  for (Mention& mention : built->mentions.list)
    if (mention.actors.front().code.empty()) mention.actors.front().code = "TCD", mention.country_inferred = true;
  const DocumentCountries named(built->parse, built->mentions);
  const CountryCandidates countries(built->parse, built->mentions, ontology(), named);
  std::vector<CountryCandidate> candidates;
  countries.of({}, candidates);
  EXPECT_EQ(codes(candidates), (std::vector<std::string>{"", "MLI", "NER"}));
}

TEST(CountryCandidates, ADocumentThatNamesNoneOffersNone) {
  const auto built = build("soldiers soldier NOUN 2 nsubj @:MIL\nleft leave VERB 0 root\n");
  const DocumentCountries named(built->parse, built->mentions);
  const CountryCandidates countries(built->parse, built->mentions, ontology(), named);
  OpenParty party;
  party.head = 0, party.trigger = 1;
  std::vector<CountryCandidate> candidates;
  countries.of(party, candidates);
  EXPECT_EQ(codes(candidates), (std::vector<std::string>{""}));
}

}  // namespace
}  // namespace legation
