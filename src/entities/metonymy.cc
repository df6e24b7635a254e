// Capitals and countries as governments, decided by relation, preposition and the governing word.
#include "entities/metonymy.h"

#include "entities/units.h"

namespace legation {
namespace {

const Token* governor(const Parse& parse, std::uint32_t token) {
  return parse[token].head < 0 ? nullptr : &parse[static_cast<std::uint32_t>(parse[token].head)];
}

bool has_copula(const Parse& parse, std::uint32_t token) {
  for (std::uint32_t child : parse.children(token))
    if (parse[child].deprel == Deprel::cop) return true;
  return false;
}

/// "Seoul said", not "Seoul is the capital", not "Seoul was shaken".
bool subject_acts(const WordLists& words, const Parse& parse, std::uint32_t head) {
  const Token* verb = governor(parse, head);
  if (!verb) return true;
  if (parse[head].deprel == Deprel::nsubj_pass) return words.verbs_to_somebody.has_in_any_case(verb->lemma);
  return !has_copula(parse, static_cast<std::uint32_t>(parse[head].head)) || verb->upos == Upos::ADJ;
}

bool oblique_acts(const WordLists& words, const Parse& parse, std::uint32_t head) {
  const std::string_view word = preposition(parse, head);
  const Token* over = governor(parse, head);
  if (word.empty() || words.place_prepositions.has_in_any_case(word)) return false;
  if (is_lower_case_of(word, "to") || is_lower_case_of(word, "from") || is_lower_case_of(word, "into") || is_lower_case_of(word, "for") ||
      is_lower_case_of(word, "over"))
    return over && !words.words_of_motion.has_in_any_case(over->lemma);
  // The mayor, the streets, a suburb of Seoul: "of" makes no government of a city by itself.
  if (is_lower_case_of(word, "of")) return false;
  return true;
}

/// "in Lahore, Pakistan": the second hangs on the first and is where the first is.
bool in_series(Deprel deprel) {
  return deprel == Deprel::conj || deprel == Deprel::appos || deprel == Deprel::list || deprel == Deprel::flat || deprel == Deprel::nmod_unmarked;
}

/// The first member of a list tells what the others are.
std::uint32_t first_of_list(const Parse& parse, std::uint32_t head) {
  for (int steps = 0; steps < 20 && in_series(parse[head].deprel) && parse[head].head >= 0; ++steps) head = static_cast<std::uint32_t>(parse[head].head);
  return head;
}

bool capital_acts(const WordLists& words, const Parse& parse, TokenRange range, std::uint32_t head) {
  switch (parse[head].deprel) {
    case Deprel::nsubj:
    case Deprel::nsubj_pass:
    case Deprel::nsubj_outer:
      return subject_acts(words, parse, head);
    case Deprel::obl_agent:
      return true;
    case Deprel::nmod_poss:
      return range.last < parse.tokens.size() && parse[range.last].upos == Upos::PART;
    case Deprel::obj:
    case Deprel::iobj: {
      const Token* verb = governor(parse, head);
      return verb && !words.verbs_of_place.has_in_any_case(verb->lemma) && !words.words_of_motion.has_in_any_case(verb->lemma);
    }
    case Deprel::obl:
    case Deprel::nmod:
      return oblique_acts(words, parse, head);
    default:
      return false;
  }
}

}  // namespace

std::string_view preposition(const Parse& parse, std::uint32_t head) {
  for (std::uint32_t child : parse.children(head))
    if (parse[child].deprel == Deprel::case_ && parse[child].upos == Upos::ADP) return parse[child].form;
  return {};
}

bool is_locative(const WordLists& words, const Parse& parse, std::uint32_t head) { return words.place_prepositions.has_in_any_case(preposition(parse, head)); }

bool can_act(const WordLists& words, const Parse& parse, TokenRange range, std::uint32_t head, bool capital) {
  const std::uint32_t first = first_of_list(parse, head);
  const TokenRange extent = first == head ? range : TokenRange{first, first + 1};
  if (capital) return capital_acts(words, parse, extent, first);
  return !is_locative(words, parse, first);
}

}  // namespace legation
