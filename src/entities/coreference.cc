// Salience: recency, grammar, agreement. Weights were set by hand; tests/entities measures them on GUM.
#include "entities/coreference.h"

#include <algorithm>
#include <array>

#include "entities/knowledge_base.h"
#include "entities/units.h"

namespace legation {
namespace {

constexpr std::uint32_t window_sentences = 2;
constexpr std::size_t window_mentions = 40;

struct PronounForm {
  std::string_view form;
  bool person, plural;
  char gender;
};
constexpr std::array<PronounForm, 18> pronouns = {{{"he", true, false, 'm'},
                                                   {"him", true, false, 'm'},
                                                   {"his", true, false, 'm'},
                                                   {"himself", true, false, 'm'},
                                                   {"she", true, false, 'f'},
                                                   {"her", true, false, 'f'},
                                                   {"hers", true, false, 'f'},
                                                   {"herself", true, false, 'f'},
                                                   {"it", false, false, 0},
                                                   {"its", false, false, 0},
                                                   {"itself", false, false, 0},
                                                   {"they", false, true, 0},
                                                   {"them", false, true, 0},
                                                   {"their", false, true, 0},
                                                   {"theirs", false, true, 0},
                                                   {"themselves", false, true, 0},
                                                   {"it's", false, false, 0},
                                                   {"'em", false, true, 0}}};

const PronounForm* form_of(const Token& token) {
  for (const PronounForm& pronoun : pronouns)
    if (is_lower_case_of(token.form, pronoun.form)) return &pronoun;
  return nullptr;
}

std::uint64_t key_of(std::string_view noun) {
  KnowledgeBase::Digest digest;
  KnowledgeBase::extend(digest, noun);
  return digest.value;
}

bool has_code(const Mention& mention) {
  return !mention.actors.empty() && !mention.actors.front().code.empty();
}

}  // namespace

bool is_international(std::string_view code) {
  static constexpr std::array<std::string_view, 7> codes = {"UNO", "EUR", "IGO", "NGO", "ISM", "IMG", "MNC"};
  return std::find(codes.begin(), codes.end(), code) != codes.end();
}

bool refers(const Token& token) {
  if (token.deprel == Deprel::expl) return false;
  return (token.upos == Upos::PRON || token.upos == Upos::DET) && form_of(token) != nullptr;
}

void Coreference::name_by(std::string_view noun, std::int32_t mention) { by_noun_[key_of(noun)] = mention; }

std::int32_t Coreference::called(std::string_view noun) const {
  const auto found = by_noun_.find(key_of(noun));
  return found == by_noun_.end() ? -1 : found->second;
}

/// "Xi told him": subject and object of one verb are not the same, unless reflexive.
bool Coreference::argument_of_same_verb(std::size_t mention, std::uint32_t token) const {
  return parse_[mentions_.list[mention].head].head == parse_[token].head && parse_[token].head >= 0 &&
         parse_[mentions_.list[mention].head].deprel != Deprel::conj;
}

/// The first mention of a chain of references.
std::int32_t Coreference::root_of(std::int32_t mention) const {
  for (int steps = 0; steps < 16 && mention >= 0; ++steps) {
    const std::int32_t back = mentions_.list[static_cast<std::size_t>(mention)].antecedent;
    if (back < 0 || back == mention) break;
    mention = back;
  }
  return mention;
}

/// Who does what a verb says: its subject, or that of the verb it continues ("flew in and met him", "asked
/// Xi to help him": Xi helps). -1 when nobody is told so far.
std::int32_t Coreference::doer_of(std::uint32_t verb) const {
  for (int steps = 0; steps < 3; ++steps) {
    for (std::uint32_t child : parse_.children(verb))
      if (parse_[child].deprel == Deprel::nsubj) return mentions_.of_token[child];
    const Token& token = parse_[verb];
    if (token.head < 0) return -1;
    const auto above = static_cast<std::uint32_t>(token.head);
    if (token.deprel == Deprel::xcomp) {
      for (std::uint32_t child : parse_.children(above))
        if (parse_[child].deprel == Deprel::obj || parse_[child].deprel == Deprel::iobj)
          return mentions_.of_token[child];
    } else if (token.deprel != Deprel::conj && token.deprel != Deprel::advcl) {
      return -1;
    }
    verb = above;
  }
  return -1;
}

/// Roots of those who share a verb with this pronoun, and so are others: "Xi, who congratulated him".
std::vector<std::int32_t> Coreference::fellow_arguments(std::uint32_t token) const {
  std::vector<std::int32_t> fellows;
  const Deprel deprel = parse_[token].deprel;
  if (parse_[token].head < 0 || (deprel != Deprel::obj && deprel != Deprel::iobj && deprel != Deprel::obl))
    return fellows;
  const std::int32_t doer = doer_of(static_cast<std::uint32_t>(parse_[token].head));
  if (doer >= 0) fellows.push_back(root_of(doer));
  return fellows;
}

/// "Xi telephoned Moon. They agreed ...": the two persons whom the sentence before brought together, one of
/// them its subject, when it names just these two countries' people. Empty when unsure.
std::vector<std::int32_t> Coreference::pair_before(std::uint32_t token) const {
  const std::uint32_t sentence = parse_[token].sentence;
  std::vector<std::int32_t> pair;
  bool subject = false;
  for (std::size_t i = traits_.size(), seen = 0; i-- > 0 && seen < window_mentions; ++seen) {
    if (traits_[i].sentence + 1 < sentence) break;
    const Mention& mention = mentions_.list[i];
    if (traits_[i].being != Traits::Being::person || traits_[i].plural || !has_code(mention) ||
        (mention.kind == MentionKind::pronoun && mention.antecedent < 0) ||
        parse_[mention.head].deprel == Deprel::nmod_poss)
      continue;
    const bool known = std::any_of(pair.begin(), pair.end(), [&](std::int32_t other) {
      return mentions_.list[static_cast<std::size_t>(other)].actors.front().code ==
             mention.actors.front().code;
    });
    subject = subject || traits_[i].subject;
    if (!known) pair.push_back(static_cast<std::int32_t>(i));
  }
  if (pair.size() != 2 || !subject) return {};
  std::sort(pair.begin(), pair.end());
  return pair;
}

/// "Xi congratulated Lee on his victory": these verbs judge the object for what is the object's.
bool Coreference::judged_for_own(std::size_t mention, std::uint32_t token) const {
  static constexpr std::array<std::string_view, 12> verbs = {
      "congratulate", "thank",   "praise", "accuse",  "blame",  "criticize",
      "criticise",    "condemn", "fault",  "applaud", "punish", "reward"};
  const Token& object = parse_[mentions_.list[mention].head];
  if (object.deprel != Deprel::obj || object.head < 0 || parse_[token].head < 0) return false;
  const Token& thing = parse_[static_cast<std::uint32_t>(parse_[token].head)];
  const std::string_view verb = parse_[static_cast<std::uint32_t>(object.head)].lemma;
  return thing.head == object.head && std::find(verbs.begin(), verbs.end(), verb) != verbs.end();
}

/// "It is clear that", "it was a near thing": subject of a copula, hardly ever an actor.
bool Coreference::says_nothing(std::uint32_t token) const {
  if (parse_[token].head < 0 || parse_[token].deprel == Deprel::nmod_poss) return false;
  const auto governor = static_cast<std::uint32_t>(parse_[token].head);
  for (std::uint32_t child : parse_.children(governor))
    if (parse_[child].deprel == Deprel::cop || parse_[child].deprel == Deprel::csubj) return true;
  return false;
}

int Coreference::fit(std::size_t index, const Wish& wish, std::uint32_t token) const {
  const Mention& mention = mentions_.list[index];
  const Traits& traits = traits_[index];
  const bool person = traits.being == Traits::Being::person;
  if (mention.actors.empty() || (mention.kind == MentionKind::pronoun && mention.antecedent < 0)) return -1;
  if (wish.person) {
    if (!person || traits.plural || (traits.gender && traits.gender != wish.gender)) return -1;
  } else if (wish.plural) {
    if (!traits.plural && (person || traits.being == Traits::Being::place)) return -1;
  } else if (person || traits.plural || traits.being == Traits::Being::group) {
    return -1;
  }
  if (!wish.possessive && argument_of_same_verb(index, token)) return -1;
  int score = 10;
  score -= 4 * static_cast<int>(parse_[token].sentence - traits.sentence);
  if (traits.subject) score += 4;
  if (wish.possessive && judged_for_own(index, token)) score += 6;
  if (wish.person && traits.gender == wish.gender) score += 3;
  if (wish.plural) score += traits.plural ? 5 : -3;
  if (mention.kind == MentionKind::pronoun) score += 1;
  if (!mention.actors.front().code.empty()) score += 2;
  if (mention.actors.size() > 1) score += 2;
  if (parse_[mention.head].head >= 0 &&
      parse_[static_cast<std::uint32_t>(parse_[mention.head].head)].deprel == Deprel::root)
    score += 1;
  if (!mention.can_act) score -= 5;
  if (mention.kind == MentionKind::unknown) score -= 3;
  if (parse_[mention.head].deprel == Deprel::compound || parse_[mention.head].deprel == Deprel::amod)
    score -= 3;
  return score;
}

/// All members of the list that ends with this mention; empty when it ends none.
std::vector<std::int32_t> Coreference::members(std::size_t last) const {
  const Token& head = parse_[mentions_.list[last].head];
  if (head.deprel != Deprel::conj || head.head < 0) return {};
  const std::int32_t first = mentions_.of_token[static_cast<std::size_t>(head.head)];
  if (first < 0 || first >= static_cast<std::int32_t>(last)) return {};
  std::vector<std::int32_t> members{first};
  for (std::size_t i = std::max(static_cast<std::size_t>(first) + 1, last < 8 ? 0 : last - 8); i <= last;
       ++i) {
    const Token& other = parse_[mentions_.list[i].head];
    if (other.deprel == Deprel::conj && other.head == head.head)
      members.push_back(static_cast<std::int32_t>(i));
  }
  return members;
}

int Coreference::fit_list(const std::vector<std::int32_t>& members, std::uint32_t token) const {
  const auto first = static_cast<std::size_t>(members.front());
  const auto last = static_cast<std::size_t>(members.back());
  if (traits_[first].being != traits_[last].being || !mentions_.list[first].can_act) return -1;
  if (traits_[first].being != Traits::Being::person && !has_code(mentions_.list[last])) return -1;
  const bool possessive = parse_[token].deprel == Deprel::nmod_poss;
  if (!possessive && argument_of_same_verb(first, token)) return -1;
  return 19 - 4 * static_cast<int>(parse_[token].sentence - traits_[first].sentence) +
         (traits_[first].subject ? 4 : 0);
}

std::vector<std::int32_t> Coreference::pronoun(std::uint32_t token) const {
  const PronounForm* form = form_of(parse_[token]);
  if (!form) return {};
  const bool possessive = parse_[token].deprel == Deprel::nmod_poss || parse_[token].has(morph_reflexive);
  const Wish wish{form->person, form->plural, possessive, form->gender};
  if (!wish.person && !wish.plural && says_nothing(token)) return {};
  std::vector<std::int32_t> best;
  int best_score = wish.person ? 0 : 36;  // "it" and "they" often mean no actor at all
  const std::uint32_t sentence = parse_[token].sentence;
  const std::vector<std::int32_t> fellows =
      possessive ? std::vector<std::int32_t>() : fellow_arguments(token);
  for (std::size_t i = traits_.size(), seen = 0; i-- > 0 && seen < window_mentions; ++seen) {
    if (traits_[i].sentence + window_sentences < sentence) break;
    if (!fellows.empty() && root_of(static_cast<std::int32_t>(i)) == fellows.front()) continue;
    const int recency = static_cast<int>(seen);  // breaks ties
    if (const int score = 4 * fit(i, wish, token) - recency; score > best_score)
      best = {static_cast<std::int32_t>(i)}, best_score = score;
    if (!wish.plural) continue;
    std::vector<std::int32_t> list = members(i);
    if (list.empty()) continue;
    if (const int score = 4 * fit_list(list, token) - recency; score > best_score)
      best = std::move(list), best_score = score;
  }
  if (best.empty() && wish.plural && parse_[token].deprel != Deprel::obj) return pair_before(token);
  return best;
}

std::int32_t Coreference::last(Traits::Being being, std::uint32_t sentence, bool subject_first) const {
  std::int32_t any = -1;
  for (std::size_t i = traits_.size(), seen = 0; i-- > 0 && seen < window_mentions; ++seen) {
    if (traits_[i].sentence + window_sentences < sentence) break;
    if (traits_[i].being != being || !has_code(mentions_.list[i])) continue;
    if (!subject_first || traits_[i].subject) return static_cast<std::int32_t>(i);
    if (any < 0) any = static_cast<std::int32_t>(i);
  }
  return any;
}

std::int32_t Coreference::country(std::uint32_t sentence) const {
  std::int32_t best = -1;
  int best_score = 0;
  for (std::size_t i = traits_.size(), seen = 0; i-- > 0 && seen < window_mentions; ++seen) {
    if (traits_[i].sentence + window_sentences < sentence) break;
    if (!has_code(mentions_.list[i]) || mentions_.list[i].actors.size() != 1) continue;
    if (is_international(mentions_.list[i].actors.front().code)) continue;
    const bool state = traits_[i].being == Traits::Being::state || traits_[i].being == Traits::Being::place;
    const int score = 20 - 4 * static_cast<int>(sentence - traits_[i].sentence) +
                      (traits_[i].subject ? 3 : 0) + (state ? 2 : 0);
    if (score > best_score) best = static_cast<std::int32_t>(i), best_score = score;
  }
  return best;
}

std::vector<std::int32_t> Coreference::pair(std::uint32_t sentence, std::size_t number, bool persons) const {
  struct Party {
    std::string_view code;
    std::int32_t mention;
    int weight;
    std::size_t order;
  };
  std::vector<Party> parties;
  for (std::size_t i = traits_.size(), seen = 0; i-- > 0 && seen < 3 * window_mentions; ++seen) {
    const Mention& mention = mentions_.list[i];
    const bool near = traits_[i].sentence + window_sentences >= sentence;
    if (!near && parties.size() >= number) break;
    if (!has_code(mention) || traits_[i].being == Traits::Being::place) continue;
    if (persons && (traits_[i].being != Traits::Being::person || traits_[i].plural)) continue;
    if (mention.actors.size() == number) return {static_cast<std::int32_t>(i)};  // told together already
    const int weight = (near ? 4 : 1) + (mention.can_act ? 2 : 0) + (traits_[i].subject ? 2 : 0);
    const auto same = std::find_if(parties.begin(), parties.end(),
                                   [&](const Party& p) { return p.code == mention.actors.front().code; });
    if (same == parties.end())
      parties.push_back({mention.actors.front().code, static_cast<std::int32_t>(i), weight, parties.size()});
    else
      same->weight += weight;
  }
  if (parties.size() < number) return {};
  std::stable_sort(parties.begin(), parties.end(),
                   [](const Party& a, const Party& b) { return a.weight > b.weight; });
  std::vector<std::int32_t> chosen;
  for (std::size_t i = 0; i < number; ++i) chosen.push_back(parties[i].mention);
  std::sort(chosen.begin(), chosen.end());
  return chosen;
}

std::vector<std::int32_t> Coreference::latest_coordination(std::uint32_t token) const {
  for (std::size_t i = traits_.size(), seen = 0; i-- > 0 && seen < window_mentions; ++seen) {
    if (traits_[i].sentence + window_sentences < parse_[token].sentence) break;
    const Token& head = parse_[mentions_.list[i].head];
    if (head.deprel != Deprel::conj || head.head < 0) continue;
    const std::int32_t first = mentions_.of_token[static_cast<std::size_t>(head.head)];
    if (first >= 0 && first != static_cast<std::int32_t>(i)) return {first, static_cast<std::int32_t>(i)};
  }
  return {};
}

}  // namespace legation
