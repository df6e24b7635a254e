// Series counted in SQL, against counts made by hand.
#include "relations/series.h"

#include <gtest/gtest.h>

#include <unistd.h>

#include <filesystem>
#include <optional>

#include "ledger/schema.h"
#include "legation/ontology.h"

namespace legation {
namespace {

class SeriesTest : public testing::Test {
 protected:
  void SetUp() override {
    path_ = (std::filesystem::temp_directory_path() / ("series-" + std::to_string(getpid()) + testing::UnitTest::GetInstance()->current_test_info()->name()))
                .string();
    std::filesystem::remove(path_);
    ledger_.emplace(Database::open(path_, Database::Access::write));
    ASSERT_TRUE(ledger_->value().run(std::string(schema_sql)).ok());
  }
  void TearDown() override {
    ledger_.reset();
    std::filesystem::remove(path_);
  }
  void add(const char* date, const char* actor, const char* recipient, const char* type, int quad, double score, bool plain = true, int event = 0) {
    const std::string id = std::to_string(event != 0 ? event : ++event_);
    const std::string sql =
        "INSERT INTO pairs(event_id, run_id, date, actor, actor_sector, recipient, recipient_sector, type, "
        "quad, score, goldstein, plain) VALUES (" +
        id + ", 1, '" + date + "', '" + actor + "', 'GOV', '" + recipient + "', '', '" + type + "', " + std::to_string(quad) + ", " + std::to_string(score) +
        ", " + std::to_string(score) + ", " + (plain ? "true" : "false") + ")";
    ASSERT_TRUE(ledger_->value().run(sql).ok());
    ASSERT_TRUE(
        ledger_->value().run("INSERT INTO coded_events(event_id, contexts) VALUES (" + id + ", '" + (quad > 2 ? "military; territory" : "trade") + "')").ok());
  }
  Series read(const SeriesFilter& filter, bool directed = false) {
    auto series = read_series(ledger_->value(), {{"KOR"}, {"CHN"}, directed}, filter);
    EXPECT_TRUE(series.ok());
    return std::move(series).value();
  }
  std::optional<Result<Database>> ledger_;
  std::string path_;
  int event_ = 100;
};

TEST_F(SeriesTest, AnIncidentToldThreeTimesCountsOnce) {
  for (int at = 0; at < 3; ++at) add("2017-03-02", "CHN", "KOR", "SANCTION", 4, -6);
  add("2017-03-03", "KOR", "CHN", "CONSULT", 1, 1, true, 7), add("2017-03-03", "CHN", "KOR", "CONSULT", 1, 1, true, 7);
  const Series once = read({});
  ASSERT_EQ(once.periods.size(), 1u);
  EXPECT_EQ(once.periods[0].quads, (Quads{1, 0, 0, 1}));
  EXPECT_EQ(once.periods[0].told, 4);
  EXPECT_DOUBLE_EQ(once.periods[0].score, -5);
  EXPECT_DOUBLE_EQ(*once.periods[0].cooperation_share(), 0.5);
  EXPECT_NEAR(*once.periods[0].asymmetry(), -1.0 / 3, 1e-12);
  SeriesFilter all;
  all.weight = Weight::tellings;
  EXPECT_EQ(read(all).periods[0].quads, (Quads{1, 0, 0, 3}));
}

TEST_F(SeriesTest, TheIncidentsOfTheLedgerDecideWhatIsOneOccurrence) {
  const char* one = "2017-03-02";
  add(one, "CHN", "KOR", "SANCTION", 4, -6), add(one, "CHN", "KOR", "SANCTION", 4, -6), add("2017-03-04", "CHN", "KOR", "SANCTION", 4, -6);
  ASSERT_TRUE(ledger_->value().run("UPDATE pairs SET incident_id = CASE event_id WHEN 102 THEN 1 ELSE 2 END").ok());
  EXPECT_EQ(read({}).periods[0].quads, (Quads{0, 0, 0, 2}));
  ASSERT_TRUE(ledger_->value().run("UPDATE pairs SET incident_id = 1").ok());
  EXPECT_EQ(read({}).periods[0].quads, (Quads{0, 0, 0, 1}));
}

TEST_F(SeriesTest, DirectionFiltersAndPlainEventsAreKept) {
  add("2016-01-10", "KOR", "CHN", "CONSULT", 1, 2), add("2016-02-10", "CHN", "KOR", "ASSAULT", 4, -9),
      add("2016-02-11", "CHN", "KOR", "THREATEN", 3, -5, false);
  EXPECT_EQ(read({}, true).periods.size(), 1u);
  EXPECT_EQ(read({}).periods.size(), 2u);
  SeriesFilter filter;
  filter.plain = false;
  EXPECT_EQ(read(filter).periods[1].conflict(), 2);
  filter.context = "military";
  EXPECT_EQ(read(filter).periods.size(), 1u);
  filter.sector = "COP";
  EXPECT_TRUE(read(filter).periods.empty());
}

TEST_F(SeriesTest, ReportsOfOneAgencyCountOnceAndThoseOfTwoTwice) {
  for (int at = 0; at < 3; ++at) add("2017-03-02", "CHN", "KOR", "SANCTION", 4, -6);
  for (const char* outlet : {"Yonhap", "Xinhua"})
    ASSERT_TRUE(
        ledger_->value().run(std::string("INSERT INTO documents(doc_id, outlet) VALUES (") + (outlet[0] == 'Y' ? "1" : "2") + ", '" + outlet + "')").ok());
  ASSERT_TRUE(ledger_->value().run("UPDATE coded_events SET doc_id = CASE event_id WHEN 103 THEN 2 ELSE 1 END").ok());
  SeriesFilter filter;
  filter.weight = Weight::reports;
  EXPECT_EQ(read(filter).periods[0].quads, (Quads{0, 0, 0, 2}));
  EXPECT_EQ(read(filter).periods[0].told, 3);
}

TEST_F(SeriesTest, CountsByTypeAndTheDaysThatSpeak) {
  add("2017-03-02", "KOR", "CHN", "REQUEST", 3, 0.5), add("2017-03-02", "CHN", "KOR", "REQUEST", 3, -1), add("2017-03-03", "KOR", "CHN", "CONSULT", 1, 2.5);
  const Series series = read({});
  const PeriodCounts& march = series.periods[0];
  EXPECT_EQ(march.types[static_cast<std::size_t>(EventType::REQUEST)], 1) << "one type between two on a day is one";
  EXPECT_EQ(march.types[static_cast<std::size_t>(EventType::CONSULT)], 1);
  EXPECT_EQ(march.cooperation(), 1);
  EXPECT_EQ(march.conflict(), 1);
  ASSERT_EQ(series.days.size(), 2u);
  EXPECT_EQ(series.days[0].conflict, 1);
  EXPECT_EQ(series.days[1].day.iso(), "2017-03-03");
  EXPECT_EQ(series.days[1].cooperation, 1);
}

TEST_F(SeriesTest, OfficialIsWhatAnOrganSaysNotWhatIsToldOfIt) {
  // The actor of all rows is of sector GOV; only the first two are statements.
  add("2017-03-02", "CHN", "KOR", "ACCUSE", 3, -2), add("2017-03-03", "CHN", "KOR", "COERCE", 4, -7), add("2017-03-04", "CHN", "KOR", "COERCE", 4, -7),
      add("2017-03-05", "CHN", "KOR", "SANCTION", 4, -6);
  for (const char* speaker : {"(102, 'speaker', 'JRN')", "(102, 'speaker', 'GOV')", "(103, 'speaker', 'BUS')", "(104, 'actor', 'GOV')"})
    ASSERT_TRUE(ledger_->value().run(std::string("INSERT INTO mentions(event_id, side, sector) VALUES ") + speaker).ok());
  SeriesFilter filter;
  filter.official = true;
  EXPECT_EQ(read(filter).periods[0].quads, (Quads{0, 0, 1, 1}));
  EXPECT_NE(filter.words().find("on the word of organs of state"), std::string::npos);
}

TEST_F(SeriesTest, EventsOfAThirdPartyCanBeLeftOut) {
  add("2017-03-02", "CHN", "KOR", "ACCUSE", 3, -2, true, 1), add("2017-03-02", "CHN", "USA", "ACCUSE", 3, -2, true, 1);
  add("2017-03-05", "CHN", "KOR", "SANCTION", 4, -6);
  SeriesFilter filter;
  filter.without = {"USA"};
  EXPECT_EQ(read(filter).periods[0].quads, (Quads{0, 0, 0, 1}));
}

TEST_F(SeriesTest, SilenceWithoutCoverageIsNoZero) {
  for (int month : {1, 2, 3, 4, 6}) {
    const std::string date = "2016-0" + std::to_string(month) + "-10";
    for (const char* type : {"CONSULT", "AGREE", "SUPPORT"})
      if (month != 3) add(date.c_str(), "KOR", "CHN", type, 1, 2);
    for (const char* type : {"CONSULT", "AGREE", "SUPPORT", "REQUEST"}) add(date.c_str(), "USA", "FRA", type, 1, 2);
  }
  const Series series = read({});
  ASSERT_EQ(series.periods.size(), 6u);
  EXPECT_FALSE(series.periods[2].below_threshold) << "March was covered: nothing happened";
  EXPECT_TRUE(series.periods[4].below_threshold) << "May was not covered";
  EXPECT_EQ(series.periods[4].exposure, 0);
}

TEST_F(SeriesTest, AllDyadsAtOnceAgreeWithEachAlone) {
  add("2016-01-10", "KOR", "CHN", "CONSULT", 1, 2), add("2016-01-10", "CHN", "KOR", "CONSULT", 1, 2), add("2016-03-10", "CHN", "KOR", "ASSAULT", 4, -9);
  add("2016-02-01", "USA", "CHN", "SANCTION", 4, -5);
  const auto panel = read_all_dyads(ledger_->value(), {}, 1);
  ASSERT_TRUE(panel.ok());
  ASSERT_EQ(panel.value().dyads.size(), 2u);
  ASSERT_EQ(panel.value().begins.size(), 3u);
  const SparseDyad& dyad = panel.value().dyads[0];
  EXPECT_EQ(dyad.a + dyad.b, "CHNKOR");
  const Series alone = read({});
  for (const SparseDyad::Cell& cell : dyad.cells) {
    EXPECT_EQ(cell.quads, alone.periods[cell.period].quads);
  }
}

TEST(Period, LabelsAndBordersFollowTheCalendar) {
  const Date day = *Date::parse("2021-01-03");  // a Sunday of the last ISO week of 2020
  EXPECT_EQ(period_label(period_begin(day, Step::week), Step::week), "2020-W53");
  EXPECT_EQ(period_label(period_begin(day, Step::quarter), Step::quarter), "2021-Q1");
  EXPECT_EQ(periods_between(*Date::parse("2020-12-31"), day, Step::month).size(), 2u);
  EXPECT_EQ(periods_between(day, day - 1, Step::day).size(), 0u);
}

}  // namespace
}  // namespace legation
