// Parties that are told in another sentence than the act, and what their codes say of them.
#include "engine_of_program.h"

namespace legation {
namespace {

void expect_answer(const std::string& text, const std::string& actor, const std::string& recipient) {
  const CodedDocument document = coded(text);
  for (const Event& event : document.coded.events) {
    if (event.type != EventType::REJECT) continue;
    ASSERT_EQ(event.actors.size(), 1u) << text;
    ASSERT_EQ(event.recipients.size(), 1u) << text;
    EXPECT_EQ(event.actors.front().code, actor) << text;
    EXPECT_EQ(event.recipients.front().code, recipient) << text;
    return;
  }
  ADD_FAILURE() << "no REJECT in: " << text;
}

TEST(Parties, WhoAnswersTurnsToWhoAskedInTheSentenceBefore) {
  expect_answer("Kenya accused Uganda on Monday of sheltering rebels. Kampala rejected the charge.", "UGA", "KEN");
  expect_answer("Peru demanded on Tuesday that Chile withdraw its troops from the border. Santiago refused.", "CHL", "PER");
}

TEST(Parties, WhoFightsForABodyOfNoCountryIsToldByItsCodeAlone) {
  for (const char* text : {"Islamic State killed four Egyptian soldiers on Tuesday.", "ISIL militants killed four Egyptian soldiers on Tuesday.",
                           "ISIL gunmen killed four Egyptian soldiers on Tuesday."}) {
    const CodedDocument document = coded(text);
    ASSERT_EQ(document.coded.events.size(), 1u) << text;
    const Event& event = document.coded.events.front();
    ASSERT_EQ(event.actors.size(), 1u) << text;
    EXPECT_EQ(event.actors.front().code, "IMG") << text;
    EXPECT_EQ(event.actors.front().sector, "") << text;
    ASSERT_EQ(event.recipients.size(), 1u) << text;
    EXPECT_EQ(event.recipients.front().code, "EGY") << text;
    EXPECT_EQ(event.recipients.front().sector, "MIL") << text;
  }
}

TEST(Parties, ACoupIsAgainstTheGovernmentOfTheCountry) {
  const CodedDocument document = coded("The army of Gabon staged a coup on Thursday.");
  ASSERT_EQ(document.coded.events.size(), 1u);
  const Event& event = document.coded.events.front();
  ASSERT_EQ(event.recipients.size(), 1u);
  EXPECT_EQ(event.recipients.front().code, "GAB");
  EXPECT_EQ(event.recipients.front().sector, "GOV");
  EXPECT_TRUE(event.recipients.front().span.empty()) << "nobody is named";
}

TEST(Parties, ATownThatIsASurnameTooIsAPlaceAfterIn) {
  for (const char* place : {"Gao", "Katanga", "Logar Province", "the town of Gao"}) {
    const CodedDocument document = coded("Police arrested three men in " + std::string(place) + " on Monday.");
    ASSERT_EQ(document.coded.events.size(), 1u) << place;
    ASSERT_EQ(document.coded.events.front().actors.size(), 1u) << place;
    EXPECT_FALSE(document.coded.events.front().actors.front().code.empty()) << place;
  }
}

/// Code of the actor of the only arrest.
std::string who_arrests(const std::string& text) {
  std::string code = "none";
  for (const Event& event : coded(text).coded.events)
    if (event.type == EventType::COERCE && !event.actors.empty()) code = event.actors.front().code;
  return code;
}

TEST(Parties, ACityWithTheNameOfACapitalIsInTheCountryThatIsTold) {
  EXPECT_EQ(who_arrests("Protests went on across Lebanon on Monday. Soldiers arrested 40 people in Tripoli."), "LBN");
  EXPECT_EQ(who_arrests("Protests went on across Libya on Monday. Soldiers arrested 40 people in Tripoli."), "LBY");
  EXPECT_EQ(who_arrests("Soldiers arrested 40 people in Tripoli on Monday."), "LBY");
  EXPECT_EQ(who_arrests("Canada sent help on Monday. Police arrested 40 people in London."), "GBR") << "too small a namesake";
}

/// Codes of the actors of the first event of a type, and of its recipients: "ISR > PSE"; "none" without one.
std::string sides_of(EventType type, const std::string& text) {
  const CodedDocument document = coded(text);
  const auto codes = [](const std::vector<Actor>& actors) {
    std::string all;
    for (const Actor& actor : actors) all += (all.empty() ? "" : "+") + actor.code;
    return all;
  };
  for (const Event& event : document.coded.events)
    if (event.type == type) return codes(event.actors) + " > " + codes(event.recipients);
  return "none";
}

TEST(Parties, WhoCondemnsADeedHasNotDoneItAndNotCondemnedItsVictims) {
  for (const char* condemns : {"condemned", "deplored", "strongly denounced"}) {
    const std::string text = std::string("Norway ") + condemns + " the killing of two Kenyan soldiers.";
    EXPECT_EQ(sides_of(EventType::ACCUSE, text), "NOR > ") << text;
    EXPECT_EQ(sides_of(EventType::ASSAULT, text), " > KEN") << text;
  }
  EXPECT_EQ(sides_of(EventType::ACCUSE, "Norway condemned the Turkish bombing of a hospital in Syria."), "NOR > TUR");
  EXPECT_EQ(sides_of(EventType::ASSAULT, "Norway condemned the Turkish bombing of a hospital in Syria."), "TUR > SYR");
  EXPECT_EQ(sides_of(EventType::ACCUSE, "Norway criticised the policy of Israel."), "NOR > ISR") << "whose policy it is";
  EXPECT_EQ(sides_of(EventType::ASSAULT, "Norway's premier condemned the recent Peshawar attacks."), " > PAK");
}

TEST(Parties, ACallingNamesNobodyThoughTheTablesHaveOneWhoHasIt) {
  for (const char* who : {"activist", "journalist", "judge", "cleric"}) {
    const CodedDocument document = coded("Police in Kenya and in Iran arrested a " + std::string(who) + ". Kenya said the " + who + " would be tried.");
    for (const Mention& mention : document.mentions.list)
      EXPECT_TRUE(mention.kind != MentionKind::agent || mention.actors.front().name.empty()) << who << ": " << mention.actors.front().name;
  }
}

TEST(Parties, ATownBeforeAnAttackIsWhereItHappenedAndItsVictimsSuffer) {
  EXPECT_EQ(sides_of(EventType::ASSAULT, "The Peshawar bombing killed 30 people on Friday."), " > PAK");
  EXPECT_EQ(sides_of(EventType::ASSAULT, "Moscow condemned the Belgorod attacks by Ukraine."), "UKR > RUS");
  EXPECT_EQ(sides_of(EventType::ASSAULT, "Relatives of the victims of the bombing sued the government of Peru."), " > PER");
  EXPECT_EQ(sides_of(EventType::CONSULT, "China and the United States resumed the Geneva talks on Friday."), "CHN+USA > ");
}

}  // namespace
}  // namespace legation
