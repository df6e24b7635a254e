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

TEST_F(Corpus, ATriggerStandsInTheLinesAboveItsEvent) {
  const auto blocks =
      read_corpus(write("# x0001 wire 2019-03-12 intl\nT Talks in Oslo\nR 1 trigger=Talks\nThe talks were to begin.\nNorway held talks with Chad.\n"
                        "E CONSULT aux= actor=Norway:NOR: + Chad:TCD: recipient= trigger=held ... talks date=> ctx= speaker=\n"
                        "Norway held a vote.\nA raid killed two.\nE ASSAULT aux= actor=~::UNK recipient=two:NOR: trigger=raid date=> ctx= speaker=\n"
                        "The talks end.\nR 1 trigger=talks\n"));
  ASSERT_TRUE(blocks.ok()) << blocks.error().what;
  const CorpusBlock& block = blocks.value()[0];
  EXPECT_EQ(block.document.title(), "Talks in Oslo");
  EXPECT_EQ(block.document.text(), "The talks were to begin. Norway held talks with Chad. Norway held a vote. A raid killed two. The talks end.");
  ASSERT_EQ(block.gold.events.size(), 2u);
  const auto& talks = block.gold.events[0].triggers;
  ASSERT_EQ(talks.size(), 3u);
  EXPECT_EQ(block.document.text().substr(talks[0].begin, 4), "held");
  EXPECT_EQ(talks[0].begin, 32u);
  EXPECT_TRUE(talks[1].in_title);
  EXPECT_EQ(talks[1].begin, 0u);
  EXPECT_EQ(talks[2].begin, 97u);
  EXPECT_EQ(block.gold.events[1].sentence, "Norway held a vote. A raid killed two.");
}

TEST_F(Corpus, AnEventIsToldAgainOnlyWhereItsWordsStand) {
  const std::string event = "# x0001 wire 2019-03-12 intl\nRussia raged.\nE ACCUSE aux= actor=Russia:RUS: recipient= trigger=raged date=> ctx= speaker=\n";
  const auto elsewhere = read_corpus(write(event + "It calmed down.\nR 1 trigger=raged\n"));
  ASSERT_FALSE(elsewhere.ok());
  EXPECT_NE(elsewhere.error().what.find("x.corpus:5"), std::string::npos) << elsewhere.error().what;
  EXPECT_FALSE(read_corpus(write(event + "It raged.\nR 2 trigger=raged\n")).ok());
  EXPECT_FALSE(read_corpus(write(event + "It raged.\nR trigger=raged\n")).ok());
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
