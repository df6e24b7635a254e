#include "ledger/ledger.h"

#include <gtest/gtest.h>

#include <cstdio>
#include <filesystem>

#include "../store/coded_by_hand.h"

namespace legation {
namespace {

/// A path that holds nothing, and nothing afterwards.
class LedgerTest : public ::testing::Test {
 protected:
  LedgerTest() { std::filesystem::remove(path_); }
  ~LedgerTest() override { std::filesystem::remove(path_); }
  std::int64_t count(const std::string& sql) const {
    auto read = Ledger::open_to_read(path_);
    EXPECT_TRUE(read.ok()) << (read.ok() ? "" : read.error().what);
    const auto rows = read.value().query(sql);
    EXPECT_TRUE(rows.ok()) << (rows.ok() ? "" : rows.error().what);
    return rows.ok() ? rows.value().number(0, 0) : -1;
  }
  std::string path_ = ::testing::TempDir() + "legation_" + ::testing::UnitTest::GetInstance()->current_test_info()->name() + ".db";
};

void keep(Ledger& ledger, const CodedDocument& coded) {
  const Status kept = ledger.add(coded, document_digest(coded.document), engine(), {"ingest", "", "by hand"});
  ASSERT_TRUE(kept.ok()) << kept.error().what;
}

TEST_F(LedgerTest, KeepsADocumentWithItsEventsPartiesAndEvidence) {
  {
    auto ledger = Ledger::open(path_);
    ASSERT_TRUE(ledger.ok()) << ledger.error().what;
    keep(ledger.value(), *coded_by_hand());
    ASSERT_TRUE(ledger.value().finish().ok());
  }
  EXPECT_EQ(count("SELECT count(*) FROM events WHERE actor = 'KOR' AND recipient = 'CHN' AND date = '2025-06-09' AND modes = 'expel'"), 1);
  EXPECT_EQ(count("SELECT count(*) FROM mentions"), 2);
  EXPECT_EQ(count("SELECT count(*) FROM sentences WHERE text LIKE '%Élan%'"), 1);
  EXPECT_EQ(count("SELECT material_conflict FROM dyad_days"), 1);
  EXPECT_EQ(count("SELECT events FROM runs WHERE finished IS NOT NULL"), 1);
}

TEST_F(LedgerTest, KnowsADocumentAfterItIsOpenedAgain) {
  const auto coded = coded_by_hand();
  {
    auto ledger = Ledger::open(path_);
    keep(ledger.value(), *coded);
    ASSERT_TRUE(ledger.value().finish().ok());
  }
  auto ledger = Ledger::open(path_);
  ASSERT_TRUE(ledger.ok());
  EXPECT_TRUE(ledger.value().held_at_start(document_digest(coded->document)));
}

TEST_F(LedgerTest, ABatchThatWasNotCommittedLeavesNothing) {
  {
    auto ledger = Ledger::open(path_);
    keep(ledger.value(), *coded_by_hand());
  }
  EXPECT_EQ(count("SELECT count(*) FROM documents"), 0);
}

TEST_F(LedgerTest, TwoWhoCondemnAreNoPairAndTwoWhoMeetAre) {
  const auto coded = coded_by_hand();
  Event& event = coded->coded.events.front();
  event.actors.push_back(event.recipients.front());
  event.recipients.clear();
  for (const auto& [type, pairs] : {std::pair{EventType::ACCUSE, 0}, {EventType::CONSULT, 2}}) {
    event.type = type;
    event.modes.clear();
    std::filesystem::remove(path_);
    {
      auto ledger = Ledger::open(path_);
      keep(ledger.value(), *coded);
      ASSERT_TRUE(ledger.value().finish().ok());
    }
    EXPECT_EQ(count("SELECT count(*) FROM pairs"), pairs) << name(type);
  }
}

TEST(Ledger, TheDigestTellsOutletsAndDaysApart) {
  Document a, b;
  a.set_parts("T", "x");
  b.set_parts("T", "x");
  EXPECT_EQ(document_digest(a), document_digest(b));
  b.source = "Yonhap";
  EXPECT_NE(document_digest(a), document_digest(b));
}

}  // namespace
}  // namespace legation
