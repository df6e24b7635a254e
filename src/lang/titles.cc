// Door: join_titles().
#include "lang/titles.h"

namespace legation {
namespace {

bool takes_one(Deprel deprel) { return deprel == Deprel::nsubj || deprel == Deprel::nsubj_pass || deprel == Deprel::obj || deprel == Deprel::obl; }

bool is_noun(Upos upos) { return upos == Upos::NOUN || upos == Upos::PROPN; }

/// What stands before a phrase and belongs to its head.
bool opens_phrase(Deprel deprel) {
  return deprel == Deprel::case_ || deprel == Deprel::det || deprel == Deprel::cc || deprel == Deprel::mark || deprel == Deprel::punct;
}

/// The names that may follow a title begin right behind it: nothing of theirs stands to their left.
bool begins_phrase(std::span<const Token> sentence, std::size_t name) {
  for (std::size_t i = 0; i < name; ++i) {
    if (sentence[i].head == static_cast<std::int32_t>(name)) return false;
  }
  return true;
}

void join(std::span<Token> sentence, std::size_t title, std::size_t name) {
  for (std::size_t i = 0; i < title; ++i) {
    if (sentence[i].head == static_cast<std::int32_t>(title) && opens_phrase(sentence[i].deprel)) {
      sentence[i].head = static_cast<std::int32_t>(name);
    }
  }
  sentence[title].head = static_cast<std::int32_t>(name);
  sentence[title].deprel = Deprel::nmod_desc;
}

}  // namespace

void join_titles(std::span<Token> sentence) {
  for (std::size_t name = 1; name < sentence.size(); ++name) {
    const Token& second = sentence[name];
    const Token& first = sentence[name - 1];
    const bool siblings = first.head == second.head && first.deprel == second.deprel && second.head >= 0;
    if (!siblings || !takes_one(second.deprel) || second.upos != Upos::PROPN || !is_noun(first.upos)) continue;
    if (begins_phrase(sentence, name)) join(sentence, name - 1, name);
  }
}

}  // namespace legation
