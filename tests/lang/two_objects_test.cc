// Which of two objects is whom something is given, and which is what somebody is called.
#include "lang/two_objects.h"

#include <gtest/gtest.h>

namespace legation {
namespace {

Token word(std::string_view lemma, std::int32_t head, Deprel deprel) {
  Token token;
  token.form = token.lemma = lemma;
  token.head = head;
  token.deprel = deprel;
  return token;
}

TEST(TwoObjects, WhoIsGivenSomethingIsTheIndirectOne) {
  std::vector<Token> s{word("bank", 1, Deprel::nsubj), word("lend", -1, Deprel::root), word("Arland", 1, Deprel::obj), word("million", 1, Deprel::obj)};
  tell_objects_apart(s);
  EXPECT_EQ(s[2].deprel, Deprel::iobj);
  EXPECT_EQ(s[3].deprel, Deprel::obj);
}

TEST(TwoObjects, TheThingMayStandBeforeTheVerb) {
  std::vector<Token> s{word("that", 2, Deprel::obj), word("they", 2, Deprel::nsubj), word("give", -1, Deprel::root), word("she", 2, Deprel::obj)};
  tell_objects_apart(s);
  EXPECT_EQ(s[0].deprel, Deprel::obj);
  EXPECT_EQ(s[3].deprel, Deprel::iobj);
  s = {word("whom", 2, Deprel::obj), word("they", 2, Deprel::nsubj), word("give", -1, Deprel::root), word("medal", 2, Deprel::obj)};
  tell_objects_apart(s);
  EXPECT_EQ(s[0].deprel, Deprel::iobj);
  EXPECT_EQ(s[3].deprel, Deprel::obj);
}

TEST(TwoObjects, WhatSomebodyIsCalledIsAComplement) {
  std::vector<Token> s{word("he", 1, Deprel::nsubj), word("call", -1, Deprel::root), word("raid", 1, Deprel::obj), word("insult", 1, Deprel::obj)};
  tell_objects_apart(s);
  EXPECT_EQ(s[2].deprel, Deprel::obj);
  EXPECT_EQ(s[3].deprel, Deprel::xcomp);
}

TEST(TwoObjects, ANameBeforeACompoundIsGivenIt) {
  std::vector<Token> s{word("union", 1, Deprel::nsubj), word("grant", -1, Deprel::root), word("Arland", 4, Deprel::compound),
                       word("candidate", 4, Deprel::compound), word("status", 1, Deprel::obj)};
  s[2].upos = Upos::PROPN;
  s[4].upos = Upos::NOUN;
  std::vector<Token> offered = s;
  offered[1].lemma = "offer";
  tell_objects_apart(s);
  EXPECT_EQ(s[2].deprel, Deprel::iobj);
  EXPECT_EQ(s[2].head, 1);
  EXPECT_EQ(s[4].deprel, Deprel::obj);
  tell_objects_apart(offered);
  EXPECT_EQ(offered[2].deprel, Deprel::compound);
}

TEST(TwoObjects, OtherVerbsAndOneObjectStayAsTheyAre) {
  std::vector<Token> s{word("reject", -1, Deprel::root), word("word", 0, Deprel::obj), word("genocide", 0, Deprel::obj)};
  tell_objects_apart(s);
  EXPECT_EQ(s[1].deprel, Deprel::obj);
  EXPECT_EQ(s[2].deprel, Deprel::obj);
  s = {word("give", -1, Deprel::root), word("medal", 0, Deprel::obj)};
  tell_objects_apart(s);
  EXPECT_EQ(s[1].deprel, Deprel::obj);
}

}  // namespace
}  // namespace legation
