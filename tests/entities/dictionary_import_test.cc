// Dictionaries of TABARI and PETRARCH as tables of the user: what they say arrives, what makes no sense is told with its line.
#include "entities/dictionary_import.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <fstream>
#include <iterator>

#include "base/embedded.h"
#include "entities/table_check.h"
#include "entities/user_table.h"
#include "small_tables.h"

namespace legation {
namespace {

class Dictionaries : public testing::Test {
 protected:
  Dictionaries() : tables_(Resources::embedded(embedded_files())), base_(std::move(KnowledgeBase::load(tables_)).value()) {}

  ImportedDictionary import(std::string_view bytes) {
    auto import = DictionaryImport::load(tables_, base_);
    EXPECT_TRUE(import.ok());
    return import.value().read("dir/actors.txt", bytes);
  }
  /// The rows, and the same without their sources.
  std::string rows(std::string_view bytes) { return import(bytes).rows; }

  Resources tables_;
  KnowledgeBase base_;
};

TEST_F(Dictionaries, NamesOfStatesKeepTheirKind) {
  EXPECT_EQ(rows("AFGHANISTAN_  [AFG]\n+AFGHAN_ \n+AFGANHISTAN_ \n+KABUL_\n+NO_SUCH_TOWN_ # comment\n"),
            "name\tAfghanistan\t\tAFG\t\t\t\t\tactors.txt:1\nadjective\tAfghan\t\tAFG\t\t\t\t\tactors.txt:1\n"
            "name\tAfganhistan\t\tAFG\t\t\t\t\tactors.txt:1\ncapital\tKabul\t\tAFG\t\t\t\t\tactors.txt:1\n"
            "place\tNo Such Town\t\tAFG\t\t\t\t\tactors.txt:1\n");
}

TEST_F(Dictionaries, DatedCodesAreTermsOfOffice) {
  EXPECT_EQ(rows("JANE_Q._EXAMPLE_  ; note\n+EXAMPLE_\n\t[USAELI 320101-331108]\n\t[USAGOVMIL >20010120]\n"
                 "JOHN_SAMPLE_ [FRAGOV 000101 - 0060631] [FRAOPP <19991231]\n"),
            "person\tJane Q. Example\tExample\tUSA\tELI\t\t1932-01-01\t1933-11-08\tactors.txt:3\n"
            "person\tJane Q. Example\t\tUSA\tGOV; MIL\t\t2001-01-20\t\tactors.txt:4\n"
            "person\tJohn Sample\t\tFRA\tOPP\t\t\t1999-12-31\tactors.txt:5\n");
}

TEST_F(Dictionaries, DaysPastTheEndOfAMonthAreItsLast) {
  EXPECT_NE(rows("JOHN_SAMPLE_ [FRAGOV 20100401 - 20100631]\n").find("2010-04-01\t2010-06-30"), std::string::npos);
}

TEST_F(Dictionaries, WithoutOfficeIsLeftToTheEndOfTheTerm) {
  const ImportedDictionary imported = import("JOHN_SAMPLE_ [FRAGOV 010101-021231] [FRAELI]\nKOFI_SAMPLE_ [IGOUNO 970101-061231] [ELI]\n");
  EXPECT_EQ(imported.rows,
            "person\tJohn Sample\t\tFRA\tGOV\t\t2001-01-01\t2002-12-31\tactors.txt:1\n"
            "person\tKofi Sample\t\tUNO\t\t\t1997-01-01\t2006-12-31\tactors.txt:2\n");
  EXPECT_TRUE(imported.left_out.empty());
}

TEST_F(Dictionaries, BodiesAreOrganisationsWithSectorsOfPlover) {
  EXPECT_EQ(rows("ADEN_EXAMPLE_ARMY_(AEA)_\n+ARMY_OF_EXAMPLES_+_OTHER_ARMY_\n\t [YEMINSMUS]\n\nDAILY_SAMPLE_ [USAMED]\n"),
            "armed-group\tAden Example Army\tAEA; Army of Examples; Other Army\tYEM\tREB; REL\t\t\t\tactors.txt:1\n"
            "media\tDaily Sample\t\tUSA\tJRN\t\t\t\tactors.txt:5\n");
}

TEST_F(Dictionaries, NamesWithoutPlusBelowOneAnotherAreOneActor) {
  EXPECT_EQ(rows("THE_SAMPLE_LEAGUE_\nS.L._\n\t[IGO]\n"), "igo\tThe Sample League\tS.L.\tIGO\t\t\t\t\tactors.txt:1\n");
}

TEST_F(Dictionaries, AgentsAreRoleNounsWithTheirPlurals) {
  EXPECT_EQ(rows("!PERSON! = MAN, WOMEN\nCATTLE!PERSON! [~AGR]\nTHIEF {THIEVES} [~CRM]\nGANGDOM {} [~CRM]\nRIGHTS_GROUP [  NGO~]\n"),
            "agent\tcattleman\t\t\tAGR\t\t\t\tactors.txt:2\nagent\tcattlewomen\t\t\tAGR\t\t\t\tactors.txt:2\n"
            "agent\tthief\tthieves\t\tCRM\t\t\t\tactors.txt:3\nagent\tgangdom\t\t\tCRM\t\t\t\tactors.txt:4\n"
            "agent\trights group\t\t\tSOC\t\t\t\tactors.txt:5\n");
}

TEST_F(Dictionaries, WhatMakesNoSenseIsToldWithItsLine) {
  const ImportedDictionary imported = import(
      "GREYLAND_ [QQQ]\nSOUTHERN_CONE_ [LAM]\nNOBODY_\n\nFRANCE_ [FRA\nA_MAN_ [FRAGOV 2004017-20061201]\n"
      "JUNK_ [---]\nONE_MAN_ [FRAGOV 030101-020101]\nTWO_NAMES_ [FRAGOV]\nTWO_NAMES_ [DEUGOV]\n+LOST_\n");
  std::vector<std::string> told;
  for (const LeftOut& left : imported.left_out) told.push_back(std::to_string(left.line) + " " + left.what);
  for (const char* expected :
       {"1 code QQQ, which is no state's", "2 code LAM, a region or group", "3 name without a usable code", "5 code without a closing bracket",
        "6 date that cannot be read", "7 [---]: a name that is to be no actor", "8 term that ends before it begins", "10 name that another row has already"})
    EXPECT_NE(std::find(told.begin(), told.end(), expected), told.end()) << expected;
}

TEST_F(Dictionaries, AnyBytesAreReadWithoutFault) {
  const std::string sample = "AFGHANISTAN_ [AFG]\n+A{B}_!C!\n\t[AFGGOV >20010101] [x<\n!S! = A, B\n<!-- c\n-->D_ [~GOV]\n";
  Resources small = small_tables();  // loads in no time
  for (const char* mapping : {"data/mappings/cameo_entities.tsv", "data/mappings/cameo_roles.tsv"})
    small.put(mapping, std::string(tables_.file(mapping).value()));
  const KnowledgeBase small_base = std::move(KnowledgeBase::load(small)).value();
  const auto import = [&](std::string_view bytes) { return std::move(DictionaryImport::load(small, small_base)).value().read("x.txt", bytes); };
  for (std::size_t cut = 0; cut <= sample.size(); ++cut) import(std::string_view(sample).substr(0, cut));
  for (std::size_t at = 0; at < sample.size(); ++at)
    for (const char byte : {'\0', '[', ']', '+', '\n', '\xFF', '!', '{'}) {
      std::string changed = sample;
      changed[at] = byte;
      small.put(user_table_path(0, "x.tsv"), std::string(user_table_header()) + import(changed).rows);
      const auto base = KnowledgeBase::load(small);
      ASSERT_TRUE(base.ok()) << base.error().what;
    }
}

/// The public dictionaries as they are, where they lie beside the checkout.
TEST_F(Dictionaries, PublicDictionariesBecomeASoundTable) {
  const std::string folder = std::string(LEGATION_SOURCE_DIR) + "/../shared/data/dictionaries/";
  auto import = DictionaryImport::load(tables_, base_);
  ASSERT_TRUE(import.ok());
  std::string table(user_table_header());
  std::size_t names = 0;
  for (const char* file : {"Phoenix.Countries.actors.txt", "Phoenix.International.actors.txt", "Phoenix.MilNonState.actors.txt", "Phoenix.agents.txt"}) {
    std::ifstream in(folder + file, std::ios::binary);
    if (!in) GTEST_SKIP() << folder << file << " is not there";
    const std::string bytes((std::istreambuf_iterator<char>(in)), std::istreambuf_iterator<char>());
    const ImportedDictionary imported = import.value().read(file, bytes);
    table += imported.rows;
    names += imported.names;
  }
  EXPECT_GT(names, 35000u);
  tables_.put(user_table_path(0, "phoenix.tsv"), table);
  EXPECT_EQ(check_entity_tables(tables_), std::vector<std::string>());
  const auto base = KnowledgeBase::load(tables_);
  ASSERT_TRUE(base.ok()) << base.error().what;
  const auto found = base.value().find("Maria Fernanda Espinosa", *Date::parse("2008-06-01"));
  ASSERT_FALSE(found.empty());
}

}  // namespace
}  // namespace legation
