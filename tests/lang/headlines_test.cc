// Headlines whose verb stands in the infinitive.
#include "lang/headlines.h"

#include <gtest/gtest.h>

namespace legation {
namespace {

Token word(std::string_view lemma, Upos upos, std::int32_t head, Deprel deprel, std::uint32_t morph = 0) {
  Token token;
  token.form = token.lemma = lemma;
  token.upos = upos;
  token.head = head;
  token.deprel = deprel;
  token.morph = static_cast<decltype(token.morph)>(morph);
  return token;
}

std::vector<Token> arland_and_belmar_to_talk() {
  return {word("Arland", Upos::PROPN, -1, Deprel::root), word(",", Upos::PUNCT, 2, Deprel::punct), word("Belmar", Upos::PROPN, 0, Deprel::conj),
          word("to", Upos::PART, 4, Deprel::mark), word("talk", Upos::VERB, 2, Deprel::acl, morph_infinitive)};
}

TEST(Headlines, WhoIsToDoSomethingIsTheSubject) {
  std::vector<Token> s = arland_and_belmar_to_talk();
  raise_announced_verb(s);
  EXPECT_EQ(s[4].deprel, Deprel::root);
  EXPECT_EQ(s[4].head, -1);
  EXPECT_EQ(s[0].deprel, Deprel::nsubj);
  EXPECT_EQ(s[0].head, 4);
  EXPECT_EQ(s[2].head, 0) << "the second name stays beside the first";
}

TEST(Headlines, NothingIsAnnouncedBesideAFiniteVerb) {
  std::vector<Token> s = arland_and_belmar_to_talk();
  s.push_back(word("fail", Upos::VERB, 0, Deprel::acl_relcl, morph_finite));
  raise_announced_verb(s);
  EXPECT_EQ(s[0].deprel, Deprel::root);
}

TEST(Headlines, APlanToDoSomethingIsAPlan) {
  std::vector<Token> s = arland_and_belmar_to_talk();
  s[0].upos = Upos::NOUN;
  raise_announced_verb(s);
  EXPECT_EQ(s[0].deprel, Deprel::root);
  s = arland_and_belmar_to_talk();
  s[3].deprel = Deprel::advmod;  // no "to"
  raise_announced_verb(s);
  EXPECT_EQ(s[0].deprel, Deprel::root);
}

TEST(Headlines, AVerbThatWantsAnObjectAndHasNoneIsPassive) {
  std::vector<Token> s{word("Arland", Upos::PROPN, 1, Deprel::nsubj), word("condemn", Upos::VERB, -1, Deprel::root), word("raid", Upos::NOUN, 1, Deprel::obl)};
  s[1].xpos = "VBD";
  tell_passive(s);
  EXPECT_EQ(s[0].deprel, Deprel::nsubj_pass);
  s[0].deprel = Deprel::nsubj, s[2].deprel = Deprel::obj;
  tell_passive(s);
  EXPECT_EQ(s[0].deprel, Deprel::nsubj) << "it has an object";
  s[1].lemma = "meet", s[2].deprel = Deprel::obl;
  tell_passive(s);
  EXPECT_EQ(s[0].deprel, Deprel::nsubj) << "this one needs none";
}

}  // namespace
}  // namespace legation
