// Which states a text names, by names that a tagger stumbles over and by words that only refer.
#include <algorithm>

#include "engine_of_program.h"

namespace legation {
namespace {

using Codes = std::vector<std::string>;

/// Codes of the mention that covers `words`; empty when there is none.
Codes codes_of(const CodedDocument& document, std::string_view words) {
  for (const Mention& mention : document.mentions.list) {
    const std::string_view own = document.parse.words(mention.range);
    if (own.find(words) == std::string_view::npos) continue;
    Codes codes;
    for (const Actor& actor : mention.actors) codes.push_back(actor.code);
    std::ranges::sort(codes);
    return codes;
  }
  return {};
}

TEST(References, NamesWithForeignLettersAndElisionsAreStates) {
  EXPECT_EQ(codes_of(coded("Türkiye rejected the plan."), "Türkiye"), Codes{"TUR"});
  EXPECT_EQ(codes_of(coded("Côte d'Ivoire rejected the plan."), "Côte"), Codes{"CIV"});
  EXPECT_EQ(codes_of(coded("Rebels fled to Cote d\u2019Ivoire on Monday."), "Cote"), Codes{"CIV"});
  EXPECT_EQ(codes_of(coded("The Quai d'Orsay summoned the envoy."), "Quai"), Codes{"FRA"});
  EXPECT_EQ(codes_of(coded("The Hague rejected the plan."), "Hague"), Codes{"NLD"});
}

TEST(References, AHouseInSmallLettersIsNoParliament) {
  const CodedDocument document = coded("A market and a civilian house were hit in Pakistani airstrikes in Kabul.");
  for (const Event& event : document.coded.events)
    for (const Actor& hit : event.recipients) EXPECT_NE(hit.sector, "LEG");
}

TEST(References, PluralNamesAreAllStatesOfThatName) {
  EXPECT_EQ(codes_of(coded("The two Koreas marched together."), "Koreas"), (Codes{"KOR", "PRK"}));
  EXPECT_EQ(codes_of(coded("The two Sudans agreed on oil."), "Sudans"), (Codes{"SDN", "SSD"}));
}

TEST(References, ThePairAndTheRivalsAreThoseSpokenOf) {
  EXPECT_EQ(codes_of(coded("Peru and Chile signed a treaty on Monday. The pair will open three crossings."), "pair"), (Codes{"CHL", "PER"}));
  EXPECT_EQ(codes_of(coded("Eritrea and Ethiopia reopened the border. The former foes exchanged envoys."), "foes"), (Codes{"ERI", "ETH"}));
  EXPECT_EQ(codes_of(coded("Greece and Turkey resumed talks. The rivals agreed on a hotline."), "rivals"), (Codes{"GRC", "TUR"}));
  EXPECT_TRUE(codes_of(coded("Peru and Chile signed a treaty. The pair of envoys left."), "pair").empty());
}

TEST(References, TwoToldSideBySideAreNearerThanThoseOfAnEarlierPlural) {
  const CodedDocument document =
      coded("Greece and Turkey resumed talks. Both states claim the shelf. India and Pakistan agreed to a ceasefire. The neighbours had traded fire.");
  EXPECT_EQ(codes_of(document, "neighbours"), (Codes{"IND", "PAK"}));
}

}  // namespace
}  // namespace legation
