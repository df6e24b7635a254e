#include "lang/conllu.h"

#include <gtest/gtest.h>

#include "lang/conllu_score.h"

namespace legation {
namespace {

constexpr std::string_view sample =
    "# newpar\n"
    "# text = He didn't go.\n"
    "1\tHe\the\tPRON\tPRP\tCase=Nom\t4\tnsubj\t_\t_\n"
    "2-3\tdidn't\t_\t_\t_\t_\t_\t_\t_\t_\n"
    "2\tdid\tdo\tAUX\tVBD\t_\t4\taux\t_\t_\n"
    "3\tn't\tnot\tPART\tRB\tPolarity=Neg\t4\tadvmod\t_\t_\n"
    "4\tgo\tgo\tVERB\tVB\tVerbForm=Inf\t0\troot\t_\tSpaceAfter=No\n"
    "5\t.\t.\tPUNCT\t.\t_\t4\tpunct\t_\t_\n"
    "\n";

Parse parse_of(std::string_view bytes, std::vector<ConlluText>& keep) {
  auto text = read_conllu("test.conllu", bytes);
  EXPECT_TRUE(text) << (text ? "" : text.error().what);
  keep.push_back(std::move(text).value());
  return keep.back().parse;
}

TEST(Conllu, TextIsRebuiltFromTheTokens) {
  const auto text = read_conllu("test.conllu", sample);
  ASSERT_TRUE(text);
  EXPECT_EQ(text.value().document->buffer, "He didn't go. ");
  const Parse& parse = text.value().parse;
  ASSERT_EQ(parse.tokens.size(), 5u);
  EXPECT_EQ(parse[2].form, "n't");
  EXPECT_EQ(text.value().document->words({parse[2].begin, parse[2].end}), "n't");
  EXPECT_EQ(parse.sentences[0].root, 3u);
  EXPECT_EQ(parse[0].head, 3);
}

TEST(Conllu, WrittenFileReadsBackTheSame) {
  const auto text = read_conllu("test.conllu", sample);
  std::string first, second;
  write_conllu(text.value().parse, first);
  const auto again = read_conllu("again.conllu", first);
  ASSERT_TRUE(again) << again.error().what;
  write_conllu(again.value().parse, second);
  EXPECT_EQ(first, second);
  EXPECT_NE(first.find("2-3\tdidn't"), std::string::npos);
}

TEST(Conllu, DocumentsAreToldApart) {
  const auto text = read_conllu("test.conllu", sample);
  std::string out;
  write_conllu(text.value().parse, out, "wire\n7");
  write_conllu(text.value().parse, out, "wire 8");
  EXPECT_EQ(out.find("# newdoc id = wire 7\n# sent_id = wire 7-1\n"), 0u);
  EXPECT_NE(out.find("\n\n# newdoc id = wire 8\n# sent_id = wire 8-1\n"), std::string::npos);
  EXPECT_TRUE(read_conllu("again.conllu", out));
}

TEST(Conllu, BadRowIsReportedWithItsLine) {
  const auto text = read_conllu("bad.conllu", "1\tHe\the\n\n");
  ASSERT_FALSE(text);
  EXPECT_EQ(text.error().what.substr(0, 13), "bad.conllu:1:");
  EXPECT_FALSE(read_conllu("bad.conllu", "1\ta\ta\tX\t_\t_\t9\tdep\t_\t_\n\n"));
  EXPECT_FALSE(read_conllu("bad.conllu", "2\ta\ta\tX\t_\t_\t0\troot\t_\t_\n\n"));
}

TEST(ConlluScore, GoldAgainstItselfIsPerfect) {
  std::vector<ConlluText> keep;
  const Parse gold = parse_of(sample, keep);
  const auto score = score_conllu(gold, gold);
  ASSERT_TRUE(score);
  EXPECT_DOUBLE_EQ(score.value().tokens.f1(), 100);
  EXPECT_DOUBLE_EQ(score.value().las.f1(), 100);
  EXPECT_EQ(score.value().tokens.gold, 4u);
  EXPECT_EQ(score.value().words.gold, 5u);
}

TEST(ConlluScore, UnsplitContractionLosesItsWords) {
  // The system keeps "didn't" whole: 4 words, of which He, go and . are aligned; aux and advmod are lost.
  const std::string_view system =
      "1\tHe\the\tPRON\tPRP\tCase=Nom\t3\tnsubj\t_\t_\n"
      "2\tdidn't\tdo\tAUX\tVBD\t_\t3\taux\t_\t_\n"
      "3\tgo\tgo\tVERB\tVB\t_\t0\troot\t_\tSpaceAfter=No\n"
      "4\t.\t.\tPUNCT\t.\t_\t3\tpunct\t_\t_\n\n";
  std::vector<ConlluText> keep;
  const Parse gold = parse_of(sample, keep), guess = parse_of(system, keep);
  const auto score = score_conllu(gold, guess).value();
  EXPECT_DOUBLE_EQ(score.tokens.f1(), 100);
  EXPECT_EQ(score.words.correct, 3u);
  EXPECT_NEAR(score.words.f1(), 200.0 * 3 / 9, 1e-9);
  EXPECT_NEAR(score.las.f1(), 200.0 * 3 / 9, 1e-9);
  EXPECT_EQ(score.feats.correct, 2u);  // go: Inf is missing
}

TEST(ConlluScore, WrongHeadAndWrongLabelCountApart) {
  const std::string_view gold_text =
      "1\tA\ta\tDET\tDT\t_\t2\tdet\t_\t_\n2\tman\tman\tNOUN\tNN\t_\t3\tnsubj:pass\t_\t_\n3\tleft\tleave\tVERB\tVBD\t_\t0\troot\t_\t_\n\n";
  const std::string_view system_text =
      "1\tA\ta\tDET\tDT\t_\t3\tdet\t_\t_\n2\tman\tman\tPROPN\tNN\t_\t3\tnsubj\t_\t_\n3\tleft\tleft\tVERB\tVBD\t_\t0\troot\t_\t_\n\n";
  std::vector<ConlluText> keep;
  const Parse gold = parse_of(gold_text, keep), guess = parse_of(system_text, keep);
  const auto score = score_conllu(gold, guess).value();
  EXPECT_EQ(score.uas.correct, 2u);
  EXPECT_EQ(score.las.correct, 2u);  // main relations: nsubj:pass = nsubj
  EXPECT_EQ(score.las_subtypes.correct, 1u);
  EXPECT_EQ(score.upos.correct, 2u);
  EXPECT_EQ(score.lemmas.correct, 2u);
}

TEST(ConlluScore, MissedSentenceEndCostsTwoSentences) {
  const std::string_view two = "1\tGo\tgo\tVERB\tVB\t_\t0\troot\t_\t_\n\n1\tStay\tstay\tVERB\tVB\t_\t0\troot\t_\t_\n\n";
  const std::string_view one = "1\tGo\tgo\tVERB\tVB\t_\t0\troot\t_\t_\n2\tStay\tstay\tVERB\tVB\t_\t1\tparataxis\t_\t_\n\n";
  std::vector<ConlluText> keep;
  const Parse gold = parse_of(two, keep), guess = parse_of(one, keep);
  const auto score = score_conllu(gold, guess).value();
  EXPECT_EQ(score.sentences.correct, 0u);
  EXPECT_EQ(score.uas.correct, 1u);
  EXPECT_EQ(score.words.correct, 2u);
}

TEST(ConlluScore, DifferentTextIsRefused) {
  std::vector<ConlluText> keep;
  const Parse gold = parse_of(sample, keep), other = parse_of("1\tShe\t_\tPRON\t_\t_\t0\troot\t_\t_\n\n", keep);
  EXPECT_FALSE(score_conllu(gold, other));
}

}  // namespace
}  // namespace legation
