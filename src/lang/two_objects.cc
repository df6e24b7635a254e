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
static_assert(std::ranges::is_sorted(naming) && std::ranges::is_sorted(giving));

}  // namespace

void tell_objects_apart(std::span<Token> sentence) {
  constexpr std::int32_t none = -1;
  std::vector<std::int32_t> first;  // object of each verb; made when a sentence has any
  for (std::size_t i = 0; i < sentence.size(); ++i) {
    Token& second = sentence[i];
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
