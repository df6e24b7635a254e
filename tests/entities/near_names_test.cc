// People under spellings that no table lists.
#include "entities/near_names.h"

#include <gtest/gtest.h>

#include "base/embedded.h"
#include "entities/knowledge_base.h"

namespace legation {
namespace {

NearNames some_people() {
  NearNames people;
  people.add("Muammar Gaddafi", 1);
  people.add("Jacob Zuma", 2);
  people.add("Mohamed Hussein Tantawi", 3);
  people.add("Hamad bin Isa Al Khalifa", 4);
  people.add("Khalifa bin Salman Al Khalifa", 5);
  people.add("Sergei Lavrov", 6);
  people.index();
  return people;
}

TEST(NearNames, OtherRomanisationsMeet) {
  const NearNames people = some_people();
  EXPECT_EQ(people.find("Moammar Ghaddafi"), std::vector<std::uint32_t>{1});
  EXPECT_EQ(people.find("Mohammed Husein Tantawy"), std::vector<std::uint32_t>{3});
  EXPECT_EQ(people.find("Sheikh Hamad ibn Isa al-Khalifah"), std::vector<std::uint32_t>{});
  EXPECT_EQ(people.find("King Hamad ibn Issa Al Khalifa"), std::vector<std::uint32_t>{4});
}

TEST(NearNames, MiddleNamesMayBeThereOrNot) {
  const NearNames people = some_people();
  EXPECT_EQ(people.find("Jacob Gedleyihlekisa Zuma"), std::vector<std::uint32_t>{2});
  EXPECT_EQ(people.find("Sergey Viktorovich Lavrov"), std::vector<std::uint32_t>{6});
  EXPECT_EQ(people.find("Hussein Tantawi"), std::vector<std::uint32_t>{3});
}

TEST(NearNames, OneSharedWordIsNotEnough) {
  const NearNames people = some_people();
  EXPECT_TRUE(people.find("Jacob Smith").empty());
  EXPECT_TRUE(people.find("Zuma").empty());
  EXPECT_TRUE(people.find("Zuma Jacob").empty()) << "order counts";
  EXPECT_TRUE(people.find("").empty());
}

TEST(KnowledgeBase, RolesWithAStateInBracketsAreThatStatesRole) {
  const Resources tables = Resources::embedded(embedded_files());
  const auto base = KnowledgeBase::load(tables);
  ASSERT_TRUE(base.ok());
  const auto who = [&](const char* name) {
    const auto found = base.value().find(name, *Date::parse("2018-07-01"));
    return found.empty() ? std::string() : found.front().actor.code + " " + found.front().actor.sector;
  };
  EXPECT_EQ(who("Police (India)"), "IND COP");
  EXPECT_EQ(who("Other Authorities / Officials (China)"), "CHN GOV");
  EXPECT_EQ(who("Court Judge (Kenya)"), "KEN JUD");
  EXPECT_EQ(who("Foreign Affairs (Russia)"), "RUS GOV");
  EXPECT_EQ(who("Military Personnel - Special (Palestinian Territory, Occupied)"), "PSE MIL");
  EXPECT_EQ(who("Grumbling (India)"), "IND ");
}

TEST(KnowledgeBase, OfficialsOfInternationalBodiesHaveNoSector) {
  const Resources tables = Resources::embedded(embedded_files());
  const auto base = KnowledgeBase::load(tables);
  ASSERT_TRUE(base.ok());
  for (const char* name : {"António Guterres", "Jens Stoltenberg", "Donald Tusk"}) {
    const Actor actor = base.value().find(name, *Date::parse("2018-07-01")).front().actor;
    EXPECT_EQ(actor.sector, "") << name;
    EXPECT_NE(actor.role, "") << name;
  }
}

}  // namespace
}  // namespace legation
