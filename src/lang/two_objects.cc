#include "lang/two_objects.h"

#include <algorithm>
#include <array>
#include <string_view>
#include <vector>

namespace legation {
namespace {

// Sorted. Verbs of naming have what they name and its name; verbs of giving whom and what.
constexpr std::array<std::string_view, 17> naming = {"appoint", "brand", "call",  "consider", "crown",    "declare", "deem",  "designate", "dub",
                                                     "elect",   "judge", "label", "name",     "proclaim", "rule",    "style", "term"};
constexpr std::array<std::string_view, 35> giving = {"accord", "afford", "allot", "allow", "assign",  "assure", "award",   "bring",     "buy",
                                                     "cede",   "cost",   "deal",  "deny",  "forgive", "give",   "grant",   "guarantee", "hand",
                                                     "lend",   "loan",   "offer", "owe",   "pass",    "pay",    "promise", "refuse",    "sell",
                                                     "send",   "serve",  "show",  "spare", "supply",  "teach",  "tell",    "wish"};
// Of these, behind which a name is who gets what follows ("granted Arland candidate status"); "offered Arland peace talks" may be talks about it.
constexpr std::array<std::string_view, 7> granting = {"accord", "assure", "award", "deny", "give", "grant", "guarantee"};
static_assert(std::ranges::is_sorted(naming) && std::ranges::is_sorted(giving) && std::ranges::is_sorted(granting));

/// A name that the parser took for the first noun of a compound of three or more.
bool is_given_something(std::span<const Token> sentence, std::size_t name) {
  const Token& token = sentence[name];
  if (name == 0 || token.upos != Upos::PROPN || token.deprel != Deprel::compound) return false;
  std::size_t at = name;  // parsers hang each noun on the next one, or all on the last
  while (sentence[at].deprel == Deprel::compound && sentence[at].head > static_cast<std::int32_t>(at)) at = static_cast<std::size_t>(sentence[at].head);
  const Token& thing = sentence[at];
  return at >= name + 2 && thing.upos == Upos::NOUN && thing.deprel == Deprel::obj && thing.head == static_cast<std::int32_t>(name) - 1 &&
         std::ranges::binary_search(granting, sentence[name - 1].lemma);
}

}  // namespace

void tell_objects_apart(std::span<Token> sentence) {
  constexpr std::int32_t none = -1;
  std::vector<std::int32_t> first;  // object of each verb; made when a sentence has any
  for (std::size_t i = 0; i < sentence.size(); ++i) {
    Token& second = sentence[i];
    if (is_given_something(sentence, i)) {
      second.head = static_cast<std::int32_t>(i) - 1;
      second.deprel = Deprel::iobj;
      continue;
    }
    if (second.deprel != Deprel::obj || second.head < 0) continue;
    if (first.empty()) first.assign(sentence.size(), none);
    const auto verb = static_cast<std::size_t>(second.head);
    if (first[verb] == none) {
      first[verb] = static_cast<std::int32_t>(i);
      continue;
    }
    Token& earlier = sentence[static_cast<std::size_t>(first[verb])];
    if (std::ranges::binary_search(naming, sentence[verb].lemma))
      second.deprel = Deprel::xcomp;
    else if (std::ranges::binary_search(giving, sentence[verb].lemma))
      // "the medal that they gave her": what stands before the verb is the thing, unless it is "whom"
      (static_cast<std::size_t>(first[verb]) < verb && i > verb && earlier.lemma != "who" && earlier.lemma != "whom" ? second : earlier).deprel = Deprel::iobj;
  }
}

}  // namespace legation
