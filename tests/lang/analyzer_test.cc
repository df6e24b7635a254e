#include "lang/analyzer.h"

#include <random>
#include <thread>

#include "english_model.h"
#include "lang/conllu.h"

namespace legation {
namespace {

/// One root a sentence, heads inside it, no cycle, tokens in order.
void expect_trees(const Parse& parse) {
  for (std::uint32_t s = 0; s < parse.sentences.size(); ++s) {
    const Sentence& sentence = parse.sentences[s];
    std::uint32_t roots = 0;
    ASSERT_GT(sentence.tokens.size(), 0u);
    ASSERT_LE(sentence.tokens.size(), Analyzer::longest_sentence);
    for (std::uint32_t i = sentence.tokens.first; i < sentence.tokens.last; ++i) {
      ASSERT_EQ(parse[i].sentence, s);
      ASSERT_EQ(parse[i].deprel == Deprel::root, parse[i].head < 0);
      roots += parse[i].head < 0;
      std::uint32_t steps = 0;
      for (std::int32_t above = parse[i].head; above >= 0; above = parse[static_cast<std::uint32_t>(above)].head) {
        ASSERT_TRUE(sentence.tokens.contains(static_cast<std::uint32_t>(above)));
        ASSERT_LE(++steps, sentence.tokens.size());
      }
    }
    ASSERT_EQ(roots, 1u);
    ASSERT_EQ(parse[sentence.root].head, -1);
  }
}

TEST(Analyzer, PassiveWithAgentIsRead) {
  const Analysed text("Two reporters were detained by Kenyan police.");
  EXPECT_EQ(text.word("reporters").deprel, Deprel::nsubj_pass);
  EXPECT_EQ(text.word("were").deprel, Deprel::aux_pass);
  EXPECT_EQ(text.word("police").deprel, Deprel::obl_agent);
  EXPECT_EQ(text.head_of("police"), "detained");
  EXPECT_EQ(text.word("detained").lemma, "detain");
  EXPECT_TRUE(text.word("detained").has(morph_participle | morph_passive));
}

TEST(Analyzer, PossessorAndObjectAreRead) {
  const Analysed text("China's president visited Seoul.");
  EXPECT_EQ(text.word("China").deprel, Deprel::nmod_poss);
  EXPECT_EQ(text.word("president").deprel, Deprel::nsubj);
  EXPECT_EQ(text.word("Seoul").deprel, Deprel::obj);
  EXPECT_EQ(text.parse.sentences[0].root, 3u);
}

TEST(Analyzer, VerbsAgreeWithTheirSubject) {
  EXPECT_TRUE(Analysed("The talks were short.").word("were").has(morph_past | morph_finite));
  EXPECT_EQ(Analysed("The leaders met.").word("met").feats, "Mood=Ind|Number=Plur|Person=3|Tense=Past|VerbForm=Fin");
}

TEST(Analyzer, UnknownWordWithAnObjectIsAVerb) {
  const Analysed text("North Korea test-fired ballistic missiles several times in 2024.");
  EXPECT_EQ(text.word("test-fired").upos, Upos::VERB);
  EXPECT_EQ(text.word("test-fired").lemma, "test-fire");
}

TEST(Analyzer, IrregularPastsLeadToTheirVerb) {
  EXPECT_EQ(Analysed("Thousands fled the city on Monday.").word("fled").lemma, "flee");
  EXPECT_EQ(Analysed("Washington froze the tariffs for a year.").word("froze").lemma, "freeze");
  EXPECT_EQ(Analysed("The navy sank two boats.").word("sank").lemma, "sink");
  EXPECT_EQ(Analysed("Talks were overshadowed by what militias have wrought.").word("wrought").lemma, "work");
}

TEST(Analyzer, AFormThatIsAlsoAnIrregularPastStaysAVerbOfItsOwn) {
  EXPECT_EQ(Analysed("They want to found a party.").word("found").lemma, "found");
  EXPECT_EQ(Analysed("They found the missing ship.").word("found").lemma, "find");
}

TEST(Analyzer, UnknownPastsAreSpelledBackByRule) {
  EXPECT_EQ(Analysed("The minister lied to the parliament.").word("lied").lemma, "lie");
  EXPECT_EQ(Analysed("Both parties are vying for the north.").word("vying").lemma, "vie");
  EXPECT_EQ(Analysed("The ministry axed the programme.").word("axed").lemma, "axe");
}

TEST(Analyzer, AnyBytesGiveTrees) {
  std::mt19937 random(7);
  const std::string alphabet = "aB .,!?'\"()-\n\t0$%/@\xE2\x80\x99\xC3\xFF\x80\xF0\x9F\x98\x80:;nTs";
  for (int round = 0; round < 400; ++round) {
    std::string text;
    for (std::uint32_t i = random() % 300; i > 0; --i) text += alphabet[random() % alphabet.size()];
    const Analysed analysed(text);
    expect_trees(analysed.parse);
    for (const Token& token : analysed.parse.tokens) {
      ASSERT_LT(token.begin, token.end);
      ASSERT_EQ(analysed.document.words({token.begin, token.end}), token.form);
    }
  }
}

TEST(Analyzer, EndlessSentenceIsCutWithAWarning) {
  std::string text;
  for (int i = 0; i < 9000; ++i) text += i % 7 == 0 ? "don't " : "word ";
  const Analysed analysed(text);
  expect_trees(analysed.parse);
  EXPECT_GE(analysed.parse.sentences.size(), 9000 / Analyzer::longest_sentence);
  EXPECT_EQ(analysed.parse.warnings.size(), 1u) << "one line a sentence, however often it is cut";
}

TEST(Analyzer, OneMegabyteWithoutABlankIsFast) {
  const Analysed analysed(std::string(1 << 20, '.') + std::string(1 << 20, 'a') + std::string(1 << 16, '('));
  expect_trees(analysed.parse);
  for (std::string_view unit : {"1-", "1/", "a.", "a&", "a'", "1,", "n't"}) {
    std::string text;
    while (text.size() < (1 << 19)) text += unit;
    expect_trees(Analysed(text).parse);
  }
}

TEST(Analyzer, ThreadsAgree) {
  const std::string text = "SEOUL, June 10 -- Lee spoke with Xi. \"We agreed,\" he said. Troops were sent by Moscow.";
  const Analysed alone(text);
  std::vector<std::string> out(4);
  std::vector<std::thread> threads;
  for (std::string& written : out) {
    threads.emplace_back([&] {
      for (int i = 0; i < 20; ++i) {
        const Analysed analysed(text);
        written.clear();
        write_conllu(analysed.parse, written);
      }
    });
  }
  for (std::thread& thread : threads) thread.join();
  std::string expected;
  write_conllu(alone.parse, expected);
  for (const std::string& written : out) EXPECT_EQ(written, expected);
}

TEST(Model, CutOffOrFlippedBytesAreReported) {
  const std::string bytes(english_model_bytes());
  ASSERT_GT(bytes.size(), 1000u);
  for (std::size_t size : {std::size_t{0}, std::size_t{7}, std::size_t{31}, bytes.size() / 2, bytes.size() - 1}) {
    EXPECT_FALSE(Analyzer::load(std::string_view(bytes).substr(0, size))) << size;
  }
  for (std::size_t at : {std::size_t{0}, std::size_t{9}, std::size_t{40}, bytes.size() / 3, bytes.size() - 1}) {
    std::string broken = bytes;
    broken[at] = static_cast<char>(broken[at] ^ 0x20);
    EXPECT_FALSE(Analyzer::load(broken)) << at;
  }
}

TEST(Model, NewerVersionSaysSo) {
  std::string bytes(english_model_bytes());
  bytes[4] = 99;
  const auto analyzer = Analyzer::load(bytes);
  ASSERT_FALSE(analyzer);
  EXPECT_EQ(analyzer.error().code, Error::Code::newer_version);
}

}  // namespace
}  // namespace legation
