#include "english_model.h"

namespace legation {
namespace {

using Lines = std::vector<std::string>;

Lines sentences(std::string_view text) { return Analysed(text).sentences(); }

TEST(Tokens, ContractionsAreSeveralWordsOfOneToken) {
  const Analysed text("They don't and can't say it's China's.");
  EXPECT_EQ(text.sentence(0), "They do n't and ca n't say it 's China 's .");
  ASSERT_EQ(text.parse.multiwords.size(), 4u);
  EXPECT_EQ(text.document.words(text.parse.multiwords[0].span), "don't");
}

TEST(Tokens, TypographicApostropheSplitsLikeThePlainOne) {
  EXPECT_EQ(sentences("They don\xE2\x80\x99t know Xi\xE2\x80\x99s plan."), (Lines{"They do n\xE2\x80\x99t know Xi \xE2\x80\x99s plan ."}));
}

TEST(Tokens, PluralPossessiveIsTheNounAndItsMark) {
  EXPECT_EQ(sentences("The workers' union met."), (Lines{"The workers ' union met ."}));
  EXPECT_EQ(Analysed("The workers' union met.").parse.multiwords.size(), 1u);
}

TEST(Tokens, QuotationInSingleQuotesIsNoPossessive) { EXPECT_EQ(Analysed("He called it 'bad news' twice.").parse.multiwords.size(), 0u); }

TEST(Tokens, MoneyPercentAndNumbersAreCutAsInTheTreebank) {
  EXPECT_EQ(sentences("It cost $300 billion, 4.5% more than in 2,017 cases."), (Lines{"It cost $ 300 billion , 4.5 % more than in 2,017 cases ."}));
  EXPECT_EQ(sentences("At 5pm 35mm fell."), (Lines{"At 5 pm 35 mm fell ."}));
}

TEST(Tokens, HyphenSplitsWordsButNotPrefixesOrTelephones) {
  EXPECT_EQ(sentences("The Seoul-based non-member sent an e-mail."), (Lines{"The Seoul - based non-member sent an e-mail ."}));
  EXPECT_EQ(sentences("Call 713-853-3989 in 2016-2018."), (Lines{"Call 713-853-3989 in 2016 - 2018 ."}));
}

TEST(Tokens, AddressesStayWhole) {
  EXPECT_EQ(sentences("See https://www.mofa.go.kr/eng?x=1, or write to press@mofa.go.kr."),
            (Lines{"See https://www.mofa.go.kr/eng?x=1 , or write to press@mofa.go.kr ."}));
}

TEST(Tokens, PlacesInTheBufferAreExact) {
  const Analysed text("Xi\xE2\x80\x99s visit (in \xC3\x9Cr\xC3\xBCmqi) didn't end.");
  for (const Token& token : text.parse.tokens) EXPECT_EQ(text.document.words({token.begin, token.end}), token.form);
}

TEST(Sentences, AbbreviationsDoNotEndThem) {
  EXPECT_EQ(sentences("Gen. J. R. Smith met Mr. Wang, e.g. in St. Petersburg. They left.").size(), 2u);
  EXPECT_EQ(sentences("No. 3 was hurt on Jan. 5 near the border.").size(), 1u);
}

TEST(Sentences, UsAtASentenceEndIsSeenByTheNextWord) {
  EXPECT_EQ(sentences("He left the U.S. The talks went on."), (Lines{"He left the U.S.", "The talks went on ."}));
  EXPECT_EQ(sentences("He met U.S. President Joe Biden in the U.S. Capitol.").size(), 1u);
}

TEST(Sentences, ClosingQuoteBelongsToItsSentence) {
  EXPECT_EQ(sentences("\"We will go.\" The crowd left."), (Lines{"\" We will go . \"", "The crowd left ."}));
  EXPECT_EQ(sentences("\"Will you go?\" he said. Nobody spoke.").size(), 2u);
  EXPECT_EQ(sentences("\"Why now?\" Wang asked."), (Lines{"\" Why now ? \" Wang asked ."}));
}

TEST(Sentences, DatelineStandsApart) {
  EXPECT_EQ(sentences("SEOUL, June 10 (Agency) -- The leaders spoke.")[1], "The leaders spoke .");
  EXPECT_EQ(sentences("SEOUL, June 10, 2025 (own dispatch) - The leaders spoke.")[1], "The leaders spoke .");
  EXPECT_EQ(sentences("BEIJING \xE2\x80\x94 China condemned it.")[1], "China condemned it .");
  EXPECT_EQ(sentences("Xi - the leader - spoke.").size(), 1u);
}

TEST(Sentences, EllipsisEndsOneOnlyBeforeACapital) { EXPECT_EQ(sentences("They waited... and left. They said so... But no.").size(), 3u); }

TEST(Sentences, SmallLettersBeginOneAfterAWholeWord) {
  EXPECT_EQ(Analysed("The service was awful. we left early! never again").sentences().size(), 3u);
  EXPECT_EQ(Analysed("The firm of Smith et al. was fined, i.e. punished.").sentences().size(), 1u);
  EXPECT_EQ(Analysed("\"Will they withdraw?\" asked Wang.").sentences().size(), 1u);
}

TEST(Sentences, WireCopyHasAParagraphALine) {
  const Analysed text("The first line ends here.\nThe second does too.\nAnd a third.");
  EXPECT_EQ(text.parse.sentences.size(), 3u);
  EXPECT_EQ(text.parse.sentences[2].paragraph, 2u);
}

TEST(Sentences, HardWrappedLinesAreOneParagraph) {
  const Analysed text(
      "The president of the republic said on Tuesday that talks between\nthe two countries would continue in the coming weeks, and that a\nvisit was planned.");
  EXPECT_EQ(text.parse.sentences.size(), 1u);
}

TEST(Sentences, ListItemsAreSentences) {
  EXPECT_EQ(sentences("Agreed:\n- more trade\n- fewer tariffs"), (Lines{"Agreed :", "- more trade", "- fewer tariffs"}));
}

TEST(Sentences, TitleIsMarked) {
  const Analysed text("They talked.", "Leaders Hold Talks");
  ASSERT_EQ(text.parse.sentences.size(), 2u);
  EXPECT_TRUE(text.parse.sentences[0].in_title);
  EXPECT_FALSE(text.parse.sentences[1].in_title);
}

TEST(Sentences, EmptyTextGivesNone) {
  EXPECT_TRUE(sentences("").empty());
  EXPECT_TRUE(sentences(" \n\n \xC2\xA0 ").empty());
}

}  // namespace
}  // namespace legation
