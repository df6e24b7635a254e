// Contexts of a paragraph by its terms, on a table of a few rows.
#include "events/context.h"

#include <gtest/gtest.h>

#include "sentence_builder.h"

namespace legation {
namespace {

using Names = std::vector<std::string_view>;

std::vector<Names> contexts(BuiltText& built) {
  static const Resources resources = [] {
    Resources made;
    made.put("data/contexts/terms.tsv",
             "context\tterm\tweight\n"
             "military\tnavy\t1\nmilitary\tair force\t1\nintelligence\tspy\t1\neconomic\ttrade\t0.5\neconomic\ttariff\t0.5\n");
    return made;
  }();
  static const auto reader = ContextReader::load(resources);
  EXPECT_TRUE(reader.ok());
  return reader.value().read(built.parse);
}

TEST(Context, OneStrongTermSuffices) {
  const auto built = build("The the DET 2 det\nnavy navy NOUN 3 nsubj\nsailed sail VERB 0 root\n");
  EXPECT_EQ(contexts(*built), std::vector<Names>{Names{"military"}});
}

TEST(Context, CapitalsDoNotHideATerm) {
  const auto built = build("The the DET 2 det\nNavy Navy PROPN 3 nsubj\nsailed sail VERB 0 root\n");
  EXPECT_EQ(contexts(*built), std::vector<Names>{Names{"military"}});
}

TEST(Context, PhraseNeedsAllItsWords) {
  const auto whole = build("Air air NOUN 2 compound\nforce force NOUN 0 root\n");
  EXPECT_EQ(contexts(*whole), std::vector<Names>{Names{"military"}});
  const auto half = build("Air air NOUN 2 compound\nfare fare NOUN 0 root\n");
  EXPECT_EQ(contexts(*half), std::vector<Names>{Names{}});
}

TEST(Context, PhraseDoesNotRunOverTheEndOfASentence) {
  const auto built = build("air air NOUN 0 root\n\nforce force NOUN 0 root\n");
  EXPECT_EQ(contexts(*built), std::vector<Names>{Names{}});
}

TEST(Context, WeakTermsAddUpButOneSaidTwiceDoesNot) {
  const auto two = build("trade trade NOUN 0 root\ntariff tariff NOUN 1 conj\n");
  EXPECT_EQ(contexts(*two), std::vector<Names>{Names{"economic"}});
  const auto twice = build("trade trade NOUN 0 root\ntrade trade NOUN 1 conj\n");
  EXPECT_EQ(contexts(*twice), std::vector<Names>{Names{}});
}

TEST(Context, ParagraphsAreJudgedApartAndNamesSorted) {
  const auto built = build("spy spy NOUN 0 root\nnavy navy NOUN 1 conj\n\ntrade trade NOUN 0 root\n");
  built->parse.sentences[1].paragraph = 1;
  EXPECT_EQ(contexts(*built), (std::vector<Names>{{"intelligence", "military"}, {}}));
}

TEST(Context, EmptyDocumentHasNone) {
  BuiltText empty;
  EXPECT_TRUE(contexts(empty).empty());
}

TEST(Context, FaultInTheTableIsNamed) {
  Resources resources;
  resources.put("data/contexts/terms.tsv", "context\tterm\tweight\nmilitary\tnavy\tmuch\n");
  const auto reader = ContextReader::load(resources);
  ASSERT_FALSE(reader.ok());
  EXPECT_NE(reader.error().what.find("terms.tsv:2"), std::string::npos) << reader.error().what;
}

}  // namespace
}  // namespace legation
