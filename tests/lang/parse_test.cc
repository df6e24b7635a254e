#include "legation/parse.h"

#include <gtest/gtest.h>

namespace legation {
namespace {

TEST(Parse, EveryRelationReadsBackFromItsName) {
  for (std::size_t i = 0; i < deprel_count; ++i) {
    const auto deprel = static_cast<Deprel>(i);
    EXPECT_EQ(parse_deprel(name(deprel)), deprel) << name(deprel);
  }
  EXPECT_EQ(name(Deprel::nsubj_pass), "nsubj:pass");
  EXPECT_EQ(name(Deprel::xcomp), "xcomp");
}

TEST(Parse, UnknownSubtypeFallsBackToItsMainRelation) {
  EXPECT_EQ(parse_deprel("nmod:tmod"), Deprel::nmod);
  EXPECT_FALSE(parse_deprel("nonsense"));
  EXPECT_FALSE(parse_deprel("nonsense:pass"));
}

TEST(Parse, EveryPartOfSpeechReadsBackFromItsName) {
  for (std::size_t i = 0; i < upos_count; ++i) EXPECT_EQ(parse_upos(name(static_cast<Upos>(i))), static_cast<Upos>(i));
  EXPECT_FALSE(parse_upos("NN"));
}

TEST(Parse, FeatureStringBecomesBits) {
  EXPECT_EQ(morph_bits("Tense=Past|VerbForm=Part|Voice=Pass"), morph_past | morph_participle | morph_passive);
  EXPECT_EQ(morph_bits(""), 0u);
  EXPECT_EQ(morph_bits("Foo=Bar"), 0u);
}

TEST(Parse, ChildrenComeInTextOrder) {
  Parse parse;
  parse.tokens.resize(4);
  parse.tokens[0].head = 2;
  parse.tokens[1].head = 2;
  parse.tokens[3].head = 2;
  parse.build_children();
  const auto children = parse.children(2);
  EXPECT_EQ(std::vector<std::uint32_t>(children.begin(), children.end()), (std::vector<std::uint32_t>{0, 1, 3}));
  EXPECT_TRUE(parse.children(3).empty());
}

TEST(Parse, LemmasOfACopyOutliveTheOriginal) {
  Parse copy;
  {
    Parse parse;
    parse.tokens.resize(1);
    parse.tokens[0].lemma = parse.strings.keep("a lemma long enough to live on the heap");
    copy = parse;
  }
  EXPECT_EQ(copy[0].lemma, "a lemma long enough to live on the heap");
}

}  // namespace
}  // namespace legation
