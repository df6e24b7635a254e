#include "lang/acronyms.h"

#include <algorithm>
#include <array>
#include <string_view>

#include "base/ascii.h"

namespace legation {

void name_acronyms(std::span<Token> sentence) {
  // not "IT" and "WE": these are pronouns more often than names when somebody writes them large
  constexpr std::array<std::string_view, 2> names = {"US", "WHO"};
  const auto in_small_letters = [](const Token& token) { return std::ranges::any_of(token.form, ascii::is_lower); };
  bool looked = false;
  for (Token& token : sentence) {
    if (token.upos != Upos::PRON || std::ranges::find(names, token.form) == names.end()) continue;
    if (!looked && std::ranges::none_of(sentence, in_small_letters)) return;
    looked = true;
    token.upos = Upos::PROPN;
    token.xpos = "NNP", token.feats = "Number=Sing", token.morph = 0;
    token.lemma = token.form;
  }
}

}  // namespace legation
