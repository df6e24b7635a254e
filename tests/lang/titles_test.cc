// Titles before names in trees where the parser cut the phrase in two.
#include "lang/titles.h"

#include <gtest/gtest.h>

namespace legation {
namespace {

Token word(std::string_view form, Upos upos, std::int32_t head, Deprel deprel) {
  Token token;
  token.form = form;
  token.upos = upos;
  token.head = head;
  token.deprel = deprel;
  return token;
}

TEST(Titles, TitleAndNameAsTwoObliquesBecomeOnePhraseWithItsPreposition) {
  std::vector<Token> s{word("spoke", Upos::VERB, -1, Deprel::root), word("with", Upos::ADP, 3, Deprel::case_), word("Foreign", Upos::ADJ, 3, Deprel::amod),
                       word("Minister", Upos::PROPN, 0, Deprel::obl), word("Barrot", Upos::PROPN, 0, Deprel::obl)};
  join_titles(s);
  EXPECT_EQ(s[3].head, 4);
  EXPECT_EQ(s[3].deprel, Deprel::nmod_desc);
  EXPECT_EQ(s[1].head, 4);
  EXPECT_EQ(s[2].head, 3);
  EXPECT_EQ(s[4].head, 0);
}

TEST(Titles, TwoObliquesOfTheirOwnStayApart) {
  std::vector<Token> s{word("flew", Upos::VERB, -1, Deprel::root), word("on", Upos::ADP, 2, Deprel::case_), word("Monday", Upos::PROPN, 0, Deprel::obl),
                       word("to", Upos::ADP, 4, Deprel::case_), word("Paris", Upos::PROPN, 0, Deprel::obl)};
  join_titles(s);
  EXPECT_EQ(s[2].head, 0);
  EXPECT_EQ(s[3].head, 4);
}

TEST(Titles, IndirectAndDirectObjectStayApart) {
  std::vector<Token> s{word("gave", Upos::VERB, -1, Deprel::root), word("China", Upos::PROPN, 0, Deprel::iobj), word("Taiwan", Upos::PROPN, 0, Deprel::obj)};
  join_titles(s);
  EXPECT_EQ(s[1].head, 0);
}

}  // namespace
}  // namespace legation
