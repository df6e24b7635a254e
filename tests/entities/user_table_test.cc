// A table of the user's own (--kb): its rows win over the carried ones, and faults name file and line.
#include "entities/user_table.h"

#include <gtest/gtest.h>

#include "entities/linker.h"
#include "small_tables.h"
#include "tree.h"

namespace legation {
namespace {

constexpr const char* header = "kind\tname\taliases\tcode\tsectors\trole\tfrom\tto\tsource\n";

class UserTable : public testing::Test {
 protected:
  void bring(const std::string& rows, const std::string& file = "mine.tsv") { tables_.put(user_table_path(count_++, "/somewhere/" + file), header + rows); }
  KnowledgeBase load() {
    auto base = KnowledgeBase::load(tables_);
    EXPECT_TRUE(base.ok()) << base.error().what;
    return std::move(base).value();
  }
  std::string fault() {
    const auto base = KnowledgeBase::load(tables_);
    return base.ok() ? "no fault" : base.error().what;
  }

  Resources tables_ = small_tables();
  std::size_t count_ = 0;
};

TEST_F(UserTable, AddsAPersonWithDatedOffices) {
  bring(
      "person\tAna Example\tAna María Example\tFRA\tGOV\tpresident\t2026-07-28\t\thand\n"
      "person\tAna Example\t\tFRA\tLEG\tsenator\t2020\t2026-07-27\thand\n");
  const KnowledgeBase base = load();
  const auto now = base.find("Ana Maria Example", day("2026-09-01"));
  ASSERT_FALSE(now.empty());
  EXPECT_EQ(now.front().actor.role, "president of France");
  EXPECT_NE(now.front().reason.find("mine.tsv:2"), std::string::npos) << now.front().reason;
  EXPECT_EQ(base.find("Ana Example", day("2022-01-01")).front().actor.sector, "LEG");
}

TEST_F(UserTable, ANewHolderOfASoleOfficeEndsTheOpenTermOfOurs) {
  bring("person\tNewman Example\t\tKOR\tGOV\tpresident\t2030-05-10\t\thand\n");
  const KnowledgeBase base = load();
  const auto holder = [&](const char* iso) { return std::string(base.entity(base.holder("president", "KOR", day(iso))).name); };
  EXPECT_EQ(holder("2030-05-10"), "Newman Example");
  EXPECT_EQ(holder("2030-05-09"), "Lee Jae-myung");
  EXPECT_EQ(base.find("Lee Jae-myung", day("2031-01-01")).front().actor.role, "former president of South Korea");
}

TEST_F(UserTable, ATermOfSomebodyWeKnowReplacesOurs) {
  bring("person\tXi Jinping\t\tCHN\tGOV\tpresident\t2013-03-14\t2028-03-10\thand\n");
  const KnowledgeBase base = load();
  EXPECT_EQ(base.find("Xi Jinping", day("2020-01-01")).front().actor.wikidata, "Q15031") << "the same person, not a namesake";
  EXPECT_EQ(base.find("Xi Jinping", day("2029-01-01")).front().actor.sector, "ELI");
}

TEST_F(UserTable, ANameOfOursMeansWhatTheUserSays) {
  bring("company\tHamas\t\tUSA\tBUS\t\t\t\thand\nagent\tgunman\tgunmen\t\tCRM\t\t\t\thand\nplace\tTripoli\t\tUSA\t\t\t\t\thand\n");
  const KnowledgeBase base = load();
  EXPECT_EQ(base.find("Hamas", {}).front().actor.code, "USA");
  EXPECT_EQ(base.find("gunman", {}).front().actor.sector, "CRM");
  EXPECT_EQ(base.find("Tripoli", {}).front().actor.code, "USA");
}

TEST_F(UserTable, OutsideItsDatesARowDoesNotWin) {
  bring("company\tHamas\t\tUSA\tBUS\t\t2000-01-01\t2001-12-31\thand\n");
  const KnowledgeBase base = load();
  EXPECT_EQ(base.find("Hamas", day("2001-05-01")).front().actor.code, "USA");
  EXPECT_EQ(base.find("Hamas", day("2020-05-01")).front().actor.code, "PSE");
}

TEST_F(UserTable, TheLinkerFollowsIt) {
  bring("armed-group\tLahore\t\tPAK\tREB\t\t\t\thand\n");
  const Linker linker = std::move(Linker::load(tables_)).value();
  Linker::Workspace workspace;
  Tree tree("Lahore PROPN nsubj 2\nattacked VERB root 0 attack\nGermany PROPN obj 2\n");
  const Mentions mentions = linker.link(tree.parse, day("2025-01-01"), workspace);
  ASSERT_FALSE(mentions.list.empty());
  EXPECT_EQ(mentions.list.front().actors.front().sector, "REB");
  EXPECT_EQ(mentions.list.front().actors.front().why, "mine.tsv:2");
}

TEST_F(UserTable, TheSecondTableIsNamedByItsOwnFile) {
  bring("ngo\tGood Works\t\tFRA\tSOC\t\t\t\thand\n");
  bring("ngo\tBetter Works\t\tFRA\tSOC\t\t\t\thand\n", "other.tsv");
  const KnowledgeBase base = load();
  EXPECT_EQ(base.find("Good Works", {}).front().reason, "mine.tsv:2");
  EXPECT_EQ(base.find("Better Works", {}).front().reason, "other.tsv:2");
}

TEST_F(UserTable, ColumnsMayBeMissingButForTheNeededOnes) {
  tables_.put(user_table_path(0, "short.tsv"), "kind\tname\tcode\tsource\nname\tGallia\tFRA\thand\n");
  EXPECT_EQ(load().find("Gallia", {}).front().actor.code, "FRA");
  tables_.put(user_table_path(0, "short.tsv"), "kind\tname\tcode\nname\tGallia\tFRA\n");
  EXPECT_EQ(fault(), "short.tsv:1: the header has no column \"source\"");
}

TEST_F(UserTable, FaultsNameFileAndLine) {
  const auto fault_of = [&](const std::string& row) {
    tables_.put(user_table_path(0, "mine.tsv"), header + std::string("name\tGallia\t\tFRA\t\t\t\t\thand\n") + row);
    return fault();
  };
  EXPECT_NE(fault_of("planet\tMars\t\tFRA\t\t\t\t\thand\n").find("mine.tsv:3: kind \"planet\" is none of"), std::string::npos);
  EXPECT_EQ(fault_of("person\tA B\t\tQQQ\t\t\t\t\thand\n"), "mine.tsv:3: code \"QQQ\" is not in states.tsv");
  EXPECT_EQ(fault_of("person\tA B\t\tFRA\tGVO\t\t\t\thand\n"), "mine.tsv:3: sector \"GVO\" is not one of PLOVER's");
  EXPECT_EQ(fault_of("person\tA B\t\tFRA\tGOV\t\t2020-02-30\t\thand\n"), "mine.tsv:3: \"2020-02-30\" is no date (YYYY-MM-DD or YYYY)");
  EXPECT_EQ(fault_of("person\tA B\t\tFRA\tGOV\t\t2020\t2019\thand\n"), "mine.tsv:3: ends before it begins");
  EXPECT_EQ(fault_of("person\tA B\t\t\tGOV\t\t\t\thand\n"), "mine.tsv:3: a person needs a code");
  EXPECT_EQ(fault_of("person\t\t\tFRA\tGOV\t\t\t\thand\n"), "mine.tsv:3: a row without a name");
  EXPECT_NE(fault_of("person\tA B\t\tFRA\tGOV\t\t\t\thand\tmore\tcells\n").find("mine.tsv:3: 11 cells"), std::string::npos);
}

}  // namespace
}  // namespace legation
