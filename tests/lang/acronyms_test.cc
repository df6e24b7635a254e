// Short names that look like pronouns.
#include "lang/acronyms.h"

#include <gtest/gtest.h>

namespace legation {
namespace {

Token word(std::string_view form, Upos upos, std::string_view lemma) {
  Token token;
  token.form = form;
  token.upos = upos;
  token.lemma = lemma;
  token.xpos = upos == Upos::PRON ? "PRP" : "NN";
  return token;
}

TEST(Acronyms, ShortNamesInCapitalsAreNames) {
  for (const std::string_view form : {"US", "WHO"}) {
    std::vector<Token> s{word(form, Upos::PRON, "we"), word("warns", Upos::VERB, "warn"), word("Iran", Upos::PROPN, "Iran")};
    name_acronyms(s);
    EXPECT_EQ(s[0].upos, Upos::PROPN) << form;
    EXPECT_EQ(s[0].lemma, form);
    EXPECT_EQ(s[0].xpos, "NNP") << form;
  }
}

TEST(Acronyms, PronounsStayPronouns) {
  std::vector<Token> small{word("joined", Upos::VERB, "join"), word("us", Upos::PRON, "we")};
  name_acronyms(small);
  EXPECT_EQ(small[1].upos, Upos::PRON);
  std::vector<Token> loud{word("JOIN", Upos::VERB, "join"), word("US", Upos::PRON, "we")};
  name_acronyms(loud);
  EXPECT_EQ(loud[1].upos, Upos::PRON) << "all is in capitals";
}

}  // namespace
}  // namespace legation
