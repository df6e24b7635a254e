// `legation kb check` as who keeps the tables sees it: every fault, with file and line.
#include "entities/table_check.h"

#include <gtest/gtest.h>

#include <algorithm>

#include "base/embedded.h"
#include "entities/user_table.h"
#include "small_tables.h"

namespace legation {
namespace {

/// The faults after one table of the small ones is replaced.
std::vector<std::string> faults(const char* file, const std::string& bytes) {
  Resources tables = small_tables();
  tables.put(std::string("data/entities/") + file, bytes);
  return check_entity_tables(tables);
}

constexpr const char* offices = "person\trole\tcode\tsectors\tfrom\tto\tsource\n";
constexpr const char* people = "id\tname\taliases\tgender\tnationality\twikidata\tsource\n";
constexpr const char* organisations = "id\tname\taliases\tcode\tsectors\tkind\twikidata\tfrom\tto\tsource\n";

TEST(TableCheck, CarriedTablesHaveNoFault) { EXPECT_EQ(check_entity_tables(Resources::embedded(embedded_files())), std::vector<std::string>()); }

TEST(TableCheck, OverlappingTermsOfOneOfficeAreNamed) {
  const auto found = faults("offices.tsv", std::string(offices) + "moon-jae-in\tpresident\tKOR\tGOV\t2017-05-10\t2022-05-09\thand\n" +
                                               "lee-jae-myung\tpresident\tKOR\tGOV\t2021-06-04\t\thand\n");
  ASSERT_EQ(found.size(), 1u);
  EXPECT_EQ(found.front(), "offices.tsv:3: term of president of KOR overlaps that of \"moon-jae-in\" (offices.tsv:2)");
}

TEST(TableCheck, TermsThatOnlyMayOverlapAreNoFault) {
  EXPECT_TRUE(faults("offices.tsv",
                     std::string(offices) + "moon-jae-in\tpresident\tKOR\tGOV\t2017\t2022\thand\n" + "lee-jae-myung\tpresident\tKOR\tGOV\t2022\t\thand\n")
                  .empty())
      << "both years are told without a day";
  EXPECT_TRUE(
      faults("offices.tsv", std::string(offices) + "moon-jae-in\tsenator\tKOR\tLEG\t2017\t2022\thand\n" + "lee-jae-myung\tsenator\tKOR\tLEG\t2018\t\thand\n")
          .empty())
      << "there is more than one senator";
  EXPECT_TRUE(faults("offices.tsv", std::string(offices) + "moon-jae-in\tpresident\tKOR\tGOV\t2017-05-10\t2022-05-09\thand\n" +
                                        "lee-jae-myung\tacting president\tKOR\tGOV\t2021-06-04\t2021-08-01\thand\n")
                  .empty());
}

TEST(TableCheck, RivalGovernmentsAreListedApart) {
  Resources tables = small_tables();
  tables.put("data/entities/offices.tsv", std::string(offices) + "moon-jae-in\tpresident\tKOR\tGOV\t2017-05-10\t2022-05-09\thand\n" +
                                              "lee-jae-myung\tpresident\tKOR\tGOV\t2021-06-04\t\thand\n");
  tables.put("data/entities/joint_offices.tsv", "code\trole\tfrom\tto\twhy\tsource\nKOR\tpresident\t2021-01-01\t2022-12-31\ttwo claimed it\thand\n");
  EXPECT_TRUE(check_entity_tables(tables).empty());
}

TEST(TableCheck, UnknownCodesAndSectorsAreNamed) {
  const auto found = faults(
      "offices.tsv", std::string(offices) + "moon-jae-in\tpresident\tQQQ\tGVO\t2017\t2022\thand\n" + "nobody\tpresident\tKOR\tGOV\t2017-13-01\t2022\thand\n");
  EXPECT_EQ(found, (std::vector<std::string>{"offices.tsv:2: code \"QQQ\" is not in states.tsv", "offices.tsv:2: sector \"GVO\" is not one of PLOVER's",
                                             "offices.tsv:3: \"2017-13-01\" is no date (YYYY-MM-DD or YYYY)",
                                             "offices.tsv:3: person \"nobody\" is not in people.tsv"}));
}

TEST(TableCheck, MissingSourcesAreNamed) {
  const auto found = faults("people.tsv", std::string(people) + "moon-jae-in\tMoon Jae-in\t\tm\tKOR\t\t\n");
  EXPECT_NE(std::find(found.begin(), found.end(), "people.tsv:2: no source"), found.end());
}

TEST(TableCheck, DuplicateAliasesAreNamed) {
  const auto found = faults("organisations.tsv", std::string(organisations) + "one\tFirst Group\tFG\tPSE\tREB\tarmed-group\t\t\t\thand\n" +
                                                     "two\tOther Group\tFG\tPSE\tREB\tarmed-group\t\t\t\thand\n");
  ASSERT_EQ(found.size(), 1u);
  EXPECT_EQ(found.front(), "organisations.tsv:3: \"FG\" is \"one\" already (organisations.tsv:2)");
}

TEST(TableCheck, ANameHandedOnOrOfAnotherStateIsNoDuplicate) {
  EXPECT_TRUE(faults("organisations.tsv", std::string(organisations) + "one\tUnity Party\t\tPSE\tPTY\tparty\t\t2000-01-01\t2010-12-31\thand\n" +
                                              "two\tUnity Party\t\tPSE\tPTY\tparty\t\t2011-01-01\t\thand\n" +
                                              "three\tUnity Party\t\tFRA\tPTY\tparty\t\t\t\thand\n")
                  .empty());
}

TEST(TableCheck, IdsGivenTwiceAreNamed) {
  const auto found = faults("agents.tsv",
                            "term\tplural\tsectors\tkind\tcan_be_title\tsource\nking\t\tGOV\tperson\tyes\thand\n"
                            "king\t\tGOV\tperson\tyes\thand\n");
  EXPECT_EQ(found, std::vector<std::string>{"agents.tsv:3: term \"king\" is that of line 2 too"});
}

TEST(TableCheck, TablesOfTheUserAreCheckedToo) {
  Resources tables = small_tables();
  tables.put(user_table_path(0, "mine.tsv"),
             "kind\tname\taliases\tcode\tsectors\trole\tfrom\tto\tsource\n"
             "person\tAna Example\tExample\tFRA\tGOV\tpresident\t2020-01-01\t\thand\n"
             "person\tBo Example\tExample\tFRA\tGOV\tpresident\t2021-01-01\t\t\n"
             "company\tNowhere Ltd\t\tQQQ\tBUS\t\t\t\thand\n");
  EXPECT_EQ(check_entity_tables(tables), (std::vector<std::string>{"mine.tsv:3: no source", "mine.tsv:3: \"Example\" is \"Ana Example\" already (mine.tsv:2)",
                                                                   "mine.tsv:3: term of president of FRA overlaps that of \"Ana Example\" (mine.tsv:2)",
                                                                   "mine.tsv:4: code \"QQQ\" is not in states.tsv"}));
}

}  // namespace
}  // namespace legation
