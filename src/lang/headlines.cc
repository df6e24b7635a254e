#include "lang/headlines.h"

#include <algorithm>
#include <array>
#include <string_view>

namespace legation {
namespace {

constexpr std::array<std::string_view, 40> want_object = {"abduct",    "accuse",    "acquit", "arrest",    "assassinate", "behead",     "condemn", "convict",
                                                          "criticise", "criticize", "deport", "detain",    "evict",       "execute",    "expel",   "extradite",
                                                          "hang",      "imprison",  "indict", "injure",    "jail",        "kidnap",     "kill",    "lambast",
                                                          "lambaste",  "murder",    "oust",   "overthrow", "poison",      "quarantine", "release", "sack",
                                                          "sentence",  "slam",      "stab",   "summon",    "suspend",     "topple",     "torture", "wound"};
static_assert(std::ranges::is_sorted(want_object));

}  // namespace

void raise_announced_verb(std::span<Token> sentence) {
  const auto root = std::ranges::find(sentence, -1, &Token::head);
  if (root == sentence.end() || root->upos != Upos::PROPN) return;
  const auto name = static_cast<std::int32_t>(root - sentence.begin());
  const auto on_the_name = [&](const Token& token) {
    if (token.head == name) return true;
    return token.head >= 0 && sentence[static_cast<std::size_t>(token.head)].head == name &&
           sentence[static_cast<std::size_t>(token.head)].deprel == Deprel::conj;
  };
  const auto verb = std::ranges::find_if(sentence, [&](const Token& token) {
    return token.upos == Upos::VERB && token.has(morph_infinitive) && (token.deprel == Deprel::acl || token.deprel == Deprel::xcomp) && on_the_name(token);
  });
  if (verb == sentence.end() || std::ranges::any_of(sentence, [](const Token& token) { return token.has(morph_finite); })) return;
  const auto at = static_cast<std::int32_t>(verb - sentence.begin());
  const bool marked =
      std::ranges::any_of(sentence, [at](const Token& token) { return token.head == at && token.deprel == Deprel::mark && token.lemma == "to"; });
  if (!marked) return;
  verb->head = -1, verb->deprel = Deprel::root;
  root->head = at, root->deprel = verb->has(morph_passive) ? Deprel::nsubj_pass : Deprel::nsubj;
  // what closed the headline closes the clause
  for (Token& token : sentence)
    if (token.head == name && token.upos == Upos::PUNCT && &token > &*verb) token.head = at;
}

void tell_passive(std::span<Token> headline) {
  for (std::size_t verb = 0; verb < headline.size(); ++verb) {
    const Token& token = headline[verb];
    if ((token.xpos != "VBD" && token.xpos != "VBN") || !std::ranges::binary_search(want_object, token.lemma)) continue;
    Token* subject = nullptr;
    bool other = false;  // an object, an auxiliary, or a second verb that may have the object of both
    for (Token& dependent : headline) {
      if (dependent.head != static_cast<std::int32_t>(verb)) continue;
      const Deprel deprel = dependent.deprel;
      if (deprel == Deprel::nsubj) subject = &dependent;
      other = other || deprel == Deprel::obj || deprel == Deprel::ccomp || deprel == Deprel::xcomp || deprel == Deprel::aux || deprel == Deprel::conj;
    }
    if (subject != nullptr && !other) subject->deprel = Deprel::nsubj_pass;
  }
}

}  // namespace legation
