// The corpus reader, on small files.
#include "eval/corpus.h"

#include <gtest/gtest.h>

#include <filesystem>
#include <fstream>

namespace legation {
namespace {

class Corpus : public ::testing::Test {
 protected:
  std::string write(const std::string& text) {
    const auto folder = std::filesystem::temp_directory_path() / ("corpus_test_" + std::to_string(::getpid()));
    std::filesystem::create_directories(folder);
    const auto path = folder / "x.corpus";
    std::ofstream(path) << text;
    return path.string();
  }
};

TEST_F(Corpus, ABlockIsADocumentWithItsGold) {
  const auto blocks =
      read_corpus(write("# x0001 wire 2019-03-12 intl\nRussia on Tuesday expelled\ntwo Estonian diplomats.\n"
                        "E COERCE:deport aux=historical,negation actor=Russia:RUS: recipient=two Estonian diplomats:EST:GOV,MIL trigger=expelled "
                        "date=Tuesday>2019-03-12 ctx=diplomatic speaker=the ministry:EST:GOV < a source:RUS:\n\n"
                        "# x0002 headline 2020-01-02 none\nGold slips\n"));
  ASSERT_TRUE(blocks.ok()) << blocks.error().what;
  ASSERT_EQ(blocks.value().size(), 2u);
  const CorpusBlock& block = blocks.value()[0];
  EXPECT_EQ(block.document.text(), "Russia on Tuesday expelled two Estonian diplomats.");
  ASSERT_EQ(block.gold.events.size(), 1u);
  const GoldEvent& event = block.gold.events[0];
  EXPECT_EQ(event.type, EventType::COERCE);
  EXPECT_EQ(event.modes, std::vector<std::string>{"deport"});
  EXPECT_EQ(event.auxiliary, auxiliary_historical | auxiliary_negation);
  ASSERT_EQ(event.recipients.size(), 1u);
  EXPECT_EQ(event.recipients[0].code, "EST");
  EXPECT_EQ(event.recipients[0].sector, "GOV");
  ASSERT_EQ(event.speakers.size(), 2u);
  EXPECT_EQ(event.speakers[1].text, "a source");
  EXPECT_EQ(event.triggers[0].begin, 18u);
  EXPECT_EQ(event.begin->iso(), "2019-03-12");
  EXPECT_TRUE(blocks.value()[1].gold.events.empty());
  EXPECT_EQ(blocks.value()[1].document.title(), "Gold slips");
}

TEST_F(Corpus, AnEventWithoutADayHasThatOfPublication) {
  const auto blocks =
      read_corpus(write("# x0001 wire 2019-03-12 intl\nRussia raged.\nE ACCUSE aux= actor=Russia:RUS: recipient= trigger=raged date=> ctx= speaker=\n"));
  ASSERT_TRUE(blocks.ok()) << blocks.error().what;
  EXPECT_EQ(blocks.value()[0].gold.events[0].begin->iso(), "2019-03-12");
}

TEST_F(Corpus, FaultsNameFileAndLine) {
  const auto unknown =
      read_corpus(write("# x0001 wire 2019-03-12 intl\nRussia raged.\nE RAGE aux= actor=Russia:RUS: recipient= trigger=raged date=> ctx= speaker=\n"));
  ASSERT_FALSE(unknown.ok());
  EXPECT_NE(unknown.error().what.find("x.corpus:3"), std::string::npos) << unknown.error().what;
  EXPECT_NE(unknown.error().what.find("RAGE"), std::string::npos);
  const auto header = read_corpus(write("\n# x0001 wire yesterday intl\nRussia raged.\n"));
  ASSERT_FALSE(header.ok());
  EXPECT_NE(header.error().what.find("x.corpus:2"), std::string::npos) << header.error().what;
  EXPECT_FALSE(read_corpus("no-such-folder.corpus").ok());
}

}  // namespace
}  // namespace legation
