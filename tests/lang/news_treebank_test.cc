// Headlines and wire sentences: the gold is sound, and the model does not fall behind what it has reached there.
#include <gtest/gtest.h>

#include <fstream>
#include <iterator>
#include <set>

#include "english_model.h"
#include "lang/conllu.h"
#include "lang/conllu_score.h"

namespace legation {
namespace {

const std::string& gold_bytes() {
  static const std::string bytes = [] {
    std::ifstream file(std::string(LEGATION_SOURCE_DIR) + "/tests/gold/treebank/news.conllu", std::ios::binary);
    return std::string(std::istreambuf_iterator<char>(file), {});
  }();
  return bytes;
}

/// The sentences whose comments hold `mark`; all for an empty one.
std::string part(std::string_view mark) {
  std::string out;
  for (std::size_t at = 0; at < gold_bytes().size();) {
    const std::size_t end = std::min(gold_bytes().find("\n\n", at), gold_bytes().size());
    const std::string sentence = gold_bytes().substr(at, end - at);
    if (sentence.find(mark) != std::string::npos && sentence.find('\t') != std::string::npos) out += sentence + "\n\n";
    at = end + 2;
  }
  return out;
}

ConlluScore score_of(const std::string& bytes) {
  auto gold = read_conllu("news.conllu", bytes);
  EXPECT_TRUE(gold.ok()) << (gold.ok() ? "" : gold.error().what);
  Parse parse = gold.value().parse;
  Analyzer::Workspace workspace;
  english().analyze_tokens(parse, workspace);
  return score_conllu(gold.value().parse, parse).value();
}

TEST(NewsTreebank, EverySentenceIsATreeWithOneRootAndIsThereOnce) {
  auto gold = read_conllu("news.conllu", gold_bytes());
  ASSERT_TRUE(gold.ok()) << gold.error().what;
  const Parse& parse = gold.value().parse;
  EXPECT_GE(parse.sentences.size(), 150u);
  std::set<std::string> seen;
  for (const Sentence& sentence : parse.sentences) {
    int roots = 0;
    std::string words;
    for (std::uint32_t at = sentence.tokens.first; at < sentence.tokens.last; ++at) {
      roots += parse[at].head < 0;
      words += std::string(parse[at].form) + ' ';
      std::uint32_t steps = 0;
      for (auto up = static_cast<std::int32_t>(at); up >= 0 && steps <= sentence.tokens.size(); up = parse[static_cast<std::uint32_t>(up)].head) ++steps;
      EXPECT_LE(steps, sentence.tokens.size()) << "a cycle: " << words;
    }
    EXPECT_EQ(roots, 1) << words;
    EXPECT_TRUE(seen.insert(words).second) << "twice: " << words;
  }
}

TEST(NewsTreebank, TreesOfNewsAreAsRightAsTheyWere) {
  const ConlluScore all = score_of(part(""));
  EXPECT_GE(all.upos.f1(), 97.5);
  EXPECT_GE(all.uas.f1(), 94.0);
  EXPECT_GE(all.las.f1(), 92.5);
  const ConlluScore headlines = score_of(part("# kind = headline"));
  EXPECT_GE(headlines.upos.f1(), 93.5);
  EXPECT_GE(headlines.las.f1(), 85.0);
}

}  // namespace
}  // namespace legation
