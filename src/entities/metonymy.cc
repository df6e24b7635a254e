// Capitals and countries as governments, decided by relation, preposition and the governing word.
#include "entities/metonymy.h"

#include <algorithm>
#include <array>

#include "entities/units.h"

namespace legation {
namespace {

template <std::size_t n>
bool one_of(std::string_view word, const std::array<std::string_view, n>& words) {
  return std::any_of(words.begin(), words.end(), [&](std::string_view lower) { return is_lower_case_of(word, lower); });
}

constexpr std::array<std::string_view, 18> where = {"in",      "at",  "near",  "inside", "outside", "around",  "across", "throughout", "within",
                                                    "through", "via", "above", "below",  "under",   "beneath", "off",    "along",      "north"};
/// Verbs whose object is a spot on the map.
constexpr std::array<std::string_view, 44> of_place = {"visit",    "leave",     "reach",   "enter",    "tour",     "hit",    "strike",    "bomb",    "shell",
                                                       "attack",   "capture",   "seize",   "rock",     "flood",    "cross",  "depart",    "storm",   "besiege",
                                                       "surround", "bombard",   "pound",   "encircle", "liberate", "retake", "recapture", "occupy",  "evacuate",
                                                       "flee",     "approach",  "inhabit", "live",     "locate",   "hold",   "raid",      "blanket", "engulf",
                                                       "ravage",   "devastate", "damage",  "destroy",  "shake",    "batter", "host",      "base"};
/// Words of motion: "to Seoul" after them is a way, after "proposal" or "warn" an address.
constexpr std::array<std::string_view, 48> of_motion = {
    "travel",   "go",      "come",   "fly",      "arrive",  "return", "head",       "drive",   "move",       "walk",    "march",   "visit",
    "trip",     "journey", "flight", "way",      "road",    "depart", "leave",      "flee",    "tour",       "sail",    "route",   "train",
    "bus",      "back",    "voyage", "evacuate", "rush",    "escape", "delegation", "mission", "pilgrimage", "fleet",   "deploy",  "transport",
    "relocate", "bring",   "take",   "land",     "descend", "ride",   "transfer",   "route",   "hop",        "migrate", "advance", "push"};
constexpr std::array<std::string_view, 26> of_speech = {"accuse",  "urge",   "warn",     "ask",     "tell",   "invite", "blame",   "criticise", "criticize",
                                                        "condemn", "press",  "pressure", "praise",  "expect", "see",    "force",   "sanction",  "allow",
                                                        "summon",  "notify", "inform",   "isolate", "punish", "call",   "consult", "commit"};

const Token* governor(const Parse& parse, std::uint32_t token) {
  return parse[token].head < 0 ? nullptr : &parse[static_cast<std::uint32_t>(parse[token].head)];
}

bool has_copula(const Parse& parse, std::uint32_t token) {
  for (std::uint32_t child : parse.children(token))
    if (parse[child].deprel == Deprel::cop) return true;
  return false;
}

/// "Seoul said", not "Seoul is the capital", not "Seoul was shaken".
bool subject_acts(const Parse& parse, std::uint32_t head) {
  const Token* verb = governor(parse, head);
  if (!verb) return true;
  if (parse[head].deprel == Deprel::nsubj_pass) return one_of(verb->lemma, of_speech);
  return !has_copula(parse, static_cast<std::uint32_t>(parse[head].head)) || verb->upos == Upos::ADJ;
}

bool oblique_acts(const Parse& parse, std::uint32_t head) {
  const std::string_view word = preposition(parse, head);
  const Token* over = governor(parse, head);
  if (word.empty() || one_of(word, where)) return false;
  if (is_lower_case_of(word, "to") || is_lower_case_of(word, "from") || is_lower_case_of(word, "into") || is_lower_case_of(word, "for") ||
      is_lower_case_of(word, "over"))
    return over && !one_of(over->lemma, of_motion);
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

bool capital_acts(const Parse& parse, TokenRange range, std::uint32_t head) {
  switch (parse[head].deprel) {
    case Deprel::nsubj:
    case Deprel::nsubj_pass:
    case Deprel::nsubj_outer:
      return subject_acts(parse, head);
    case Deprel::obl_agent:
      return true;
    case Deprel::nmod_poss:
      return range.last < parse.tokens.size() && parse[range.last].upos == Upos::PART;
    case Deprel::obj:
    case Deprel::iobj: {
      const Token* verb = governor(parse, head);
      return verb && !one_of(verb->lemma, of_place) && !one_of(verb->lemma, of_motion);
    }
    case Deprel::obl:
    case Deprel::nmod:
      return oblique_acts(parse, head);
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

bool is_locative(const Parse& parse, std::uint32_t head) { return one_of(preposition(parse, head), where); }

bool can_act(const Parse& parse, TokenRange range, std::uint32_t head, bool capital) {
  const std::uint32_t first = first_of_list(parse, head);
  const TokenRange extent = first == head ? range : TokenRange{first, first + 1};
  if (capital) return capital_acts(parse, extent, first);
  return !is_locative(parse, first);
}

}  // namespace legation
