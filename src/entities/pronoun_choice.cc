// Whom a pronoun stands for: candidates in a window, features of each, and the likeliest by weights that
// train/coreference.py learnt. Part of Referents.
#include <algorithm>
#include <array>
#include <cmath>

#include "entities/referents.h"
#include "entities/units.h"

namespace legation {
namespace {

constexpr std::uint32_t window_sentences = 3;
constexpr std::size_t window_candidates = 48;

struct PronounForm {
  std::string_view form;
  PronounKind kind;
  char gender;
};
constexpr std::array<PronounForm, 20> pronouns = {
    {{"he", PronounKind::he, 'm'},         {"him", PronounKind::he, 'm'},      {"his", PronounKind::he, 'm'},   {"himself", PronounKind::he, 'm'},
     {"she", PronounKind::he, 'f'},        {"her", PronounKind::he, 'f'},      {"hers", PronounKind::he, 'f'},  {"herself", PronounKind::he, 'f'},
     {"it", PronounKind::it, 0},           {"its", PronounKind::it, 0},        {"itself", PronounKind::it, 0},  {"it's", PronounKind::it, 0},
     {"they", PronounKind::they, 0},       {"them", PronounKind::they, 0},     {"their", PronounKind::they, 0}, {"theirs", PronounKind::they, 0},
     {"themselves", PronounKind::they, 0}, {"themself", PronounKind::they, 0}, {"'em", PronounKind::they, 0},   {"em", PronounKind::they, 0}}};

const PronounForm* form_of(const Token& token) {
  for (const PronounForm& pronoun : pronouns)
    if (is_lower_case_of(token.form, pronoun.form)) return &pronoun;
  return nullptr;
}

/// Subject, object, oblique, modifier, possessor, member of a list, apposition, root, part of a compound, other.
std::size_t role_of(Deprel deprel) {
  switch (deprel) {
    case Deprel::nsubj:
    case Deprel::nsubj_pass:
    case Deprel::nsubj_outer:
      return 0;
    case Deprel::obj:
    case Deprel::iobj:
      return 1;
    case Deprel::obl:
    case Deprel::obl_agent:
    case Deprel::obl_unmarked:
      return 2;
    case Deprel::nmod:
    case Deprel::nmod_desc:
    case Deprel::nmod_unmarked:
      return 3;
    case Deprel::nmod_poss:
      return 4;
    case Deprel::conj:
      return 5;
    case Deprel::appos:
      return 6;
    case Deprel::root:
      return 7;
    case Deprel::compound:
      return 8;
    default:
      return 9;
  }
}

/// Of the ten roles those that pronouns have: subject, object, oblique, possessor, other.
std::size_t pronoun_role(std::size_t role) { return role < 3 ? role : role == 4 ? 3 : 4; }

bool has_child(const Parse& parse, std::uint32_t token, Deprel deprel) {
  for (std::uint32_t child : parse.children(token))
    if (parse[child].deprel == deprel) return true;
  return false;
}

std::uint32_t governor(const Parse& parse, std::uint32_t token) { return parse[token].head < 0 ? token : static_cast<std::uint32_t>(parse[token].head); }

/// The clause a sentence is about: its root, or what the root only reports ("Lee flew home, his office said").
bool is_main(const Parse& parse, std::uint32_t verb) {
  const Token& token = parse[verb];
  if (token.head < 0) return true;
  const auto above = static_cast<std::uint32_t>(token.head);
  return token.deprel == Deprel::ccomp && verb < above && parse[above].head < 0;
}

/// Persons, bodies that act (states among them), places, other things, unknown.
int coarse_of(Being being) {
  switch (being) {
    case Being::person:
      return 0;
    case Being::group:
    case Being::state:
      return 1;
    case Being::place:
      return 2;
    case Being::unknown:
      return 4;
    default:
      return 3;
  }
}

bool is_known(const Referent& referent) { return referent.being != Being::unknown; }

}  // namespace

bool Referents::refers(const Token& token) {
  if (token.deprel == Deprel::expl) return false;
  return (token.upos == Upos::PRON || token.upos == Upos::DET) && form_of(token) != nullptr;
}

bool Referents::in_quotes(std::uint32_t token) const { return token < quoted_.size() ? quoted_[token] : in_quotes_now_; }

Referents::Wish Referents::wish_of(std::uint32_t token) const {
  const PronounForm* form = form_of(parse_[token]);
  Wish wish;
  wish.token = token;
  if (form) wish.kind = form->kind, wish.gender = form->gender;
  wish.possessive = parse_[token].deprel == Deprel::nmod_poss;
  wish.reflexive = parse_[token].form.ends_with("self") || parse_[token].form.ends_with("selves");
  wish.role = role_of(parse_[token].deprel);
  wish.says = wish.role == 0 && parse_[token].head >= 0 && words_.saying_verbs.has(parse_[governor(parse_, token)].lemma);
  find_commanders(wish);
  find_fellows(wish);
  find_subject_ahead(wish);
  return wish;
}

/// Subjects of the clauses that the pronoun stands in, from its own outwards.
void Referents::find_commanders(Wish& wish) const {
  std::uint32_t at = wish.token;
  for (int steps = 0; steps < 12 && parse_[at].head >= 0; ++steps) {
    at = static_cast<std::uint32_t>(parse_[at].head);
    for (std::uint32_t child : parse_.children(at))
      if (child != wish.token && role_of(parse_[child].deprel) == 0) {
        wish.commanders.push_back(child);
        wish.command_chains.push_back(static_cast<std::uint32_t>(chain_of(child)));
      }
  }
}

/// The chain of the referent at a token, -1 when none is there.
std::int32_t Referents::chain_of(std::uint32_t token) const {
  for (std::size_t i = list_.size(), seen = 0; i-- > 0 && seen < window_candidates; ++seen)
    if (list_[i].head == token && list_[i].form != Referent::Form::list) return static_cast<std::int32_t>(list_[i].chain);
  return -1;
}

/// Who does what a verb says: its subject ("who" is what its clause hangs on), or that of the verb it continues
/// ("flew in and met him"; "asked Xi to help him": Xi helps). -1 when nobody is told so far.
std::int32_t Referents::doer_of(std::uint32_t verb) const {
  for (int steps = 0; steps < 3; ++steps) {
    const Token& token = parse_[verb];
    for (std::uint32_t child : parse_.children(verb))
      if (role_of(parse_[child].deprel) == 0)
        return token.deprel == Deprel::acl_relcl && parse_[child].has(morph_relative) ? token.head : static_cast<std::int32_t>(child);
    if (token.head < 0) return -1;
    const auto above = static_cast<std::uint32_t>(token.head);
    if (token.deprel == Deprel::acl || token.deprel == Deprel::acl_relcl) return token.head;
    if (token.deprel == Deprel::xcomp) {
      for (std::uint32_t child : parse_.children(above))
        if (role_of(parse_[child].deprel) == 1) return static_cast<std::int32_t>(child);
    } else if (token.deprel != Deprel::conj && token.deprel != Deprel::advcl) {
      return -1;
    }
    verb = above;
  }
  return -1;
}

/// "Xi, who congratulated him", "Bush thanked him": whoever does it is somebody else, by whatever name.
void Referents::find_fellows(Wish& wish) const {
  if (wish.possessive || wish.reflexive || (wish.role != 1 && wish.role != 2) || parse_[wish.token].head < 0) return;
  const std::int32_t doer = doer_of(governor(parse_, wish.token));
  if (doer < 0) return;
  for (std::uint32_t member : conjuncts(static_cast<std::uint32_t>(doer)))
    if (const std::int32_t chain = chain_of(member); chain >= 0) wish.fellow_chains.push_back(static_cast<std::uint32_t>(chain));
}

void Referents::find_subject_ahead(Wish& wish) const {
  std::uint32_t at = wish.token;
  for (int steps = 0; steps < 6 && parse_[at].head >= 0; ++steps) {
    at = static_cast<std::uint32_t>(parse_[at].head);
    for (std::uint32_t child : parse_.children(at))
      if (child > wish.token && role_of(parse_[child].deprel) == 0 && parse_[child].upos == Upos::PROPN && at > wish.token)
        return void(wish.subject_ahead = static_cast<std::int32_t>(child));
  }
}

/// Is one the whole or a part of the other's name: "Xi" of "Xi Jinping"?
bool Referents::shares_a_name(std::uint32_t token, std::uint32_t other) const {
  const std::string_view form = parse_[token].form;
  if (parse_[other].form == form) return true;
  for (std::uint32_t child : parse_.children(other))
    if (parse_[child].deprel == Deprel::flat && parse_[child].form == form) return true;
  return false;
}

/// Could it be meant at all? Gender and number where they are sure.
bool Referents::agrees(const Referent& referent, const Wish& wish) const {
  const char gender = referent.gender ? referent.gender : chains_[referent.chain].gender;
  if (wish.kind == PronounKind::he) {
    if (referent.number == Referent::Number::plural) return false;
    if (gender && gender != wish.gender) return false;
    return referent.being == Being::person || referent.being == Being::unknown || referent.being == Being::animal || referent.form == Referent::Form::pronoun ||
           (referent.being == Being::abstract && referent.form == Referent::Form::name);
  }
  if (wish.kind == PronounKind::it)
    return referent.number != Referent::Number::plural && !(referent.being == Being::person && (gender || referent.form == Referent::Form::name));
  return !(referent.form == Referent::Form::pronoun && referent.number == Referent::Number::singular && gender);
}

/// Does it agree by knowledge rather than for want of it?
bool Referents::fits_well(const Referent& referent, const Wish& wish) const {
  switch (wish.kind) {
    case PronounKind::he:
      return referent.being == Being::person;
    case PronounKind::it:
      return is_known(referent) && referent.being != Being::person && referent.being != Being::time && referent.being != Being::measure;
    default:
      return referent.number == Referent::Number::plural || referent.being == Being::group;
  }
}

std::size_t Referents::command(const Referent& referent, const Wish& wish) const {
  for (std::size_t i = 0; i < wish.commanders.size(); ++i)
    if (wish.commanders[i] == referent.head || wish.command_chains[i] == referent.chain) return i + 1;
  return 0;
}

/// Where the tree forbids or suggests that two are the same: fellow arguments of a verb, one within the other.
std::size_t Referents::binding(const Referent& referent, const Wish& wish) const {
  if (referent.sentence != parse_[wish.token].sentence) return 0;
  const std::uint32_t verb = governor(parse_, wish.token);
  if (governor(parse_, referent.head) == verb && verb != referent.head && referent.form != Referent::Form::list)
    return wish.reflexive ? 1 : wish.possessive ? 2 : 3;
  std::uint32_t at = wish.token;
  for (int steps = 0; steps < 8 && parse_[at].head >= 0; ++steps) {
    at = static_cast<std::uint32_t>(parse_[at].head);
    if (at == referent.head) return wish.possessive ? 4 : 5;
    if (parse_[at].upos == Upos::VERB && wish.possessive && governor(parse_, referent.head) == at) return 6;
  }
  return 7;
}

/// "Xi congratulated Lee on his victory": these verbs judge the object for what is the object's.
bool Referents::judged_for_own(const Referent& referent, const Wish& wish) const {
  if (!wish.possessive || role_of(parse_[referent.head].deprel) != 1) return false;
  const std::uint32_t verb = governor(parse_, referent.head), thing = governor(parse_, wish.token);
  return governor(parse_, thing) == verb && words_.judging_verbs.has(parse_[verb].lemma);
}

/// Pronoun, name, definite, indefinite, demonstrative or possessed, bare.
std::size_t Referents::article(const Referent& referent) const {
  if (referent.form == Referent::Form::pronoun) return 0;
  if (referent.form == Referent::Form::name) return 1;
  for (std::uint32_t child : parse_.children(referent.head)) {
    const Token& token = parse_[child];
    if (token.deprel == Deprel::nmod_poss) return 4;
    if (token.deprel != Deprel::det) continue;
    if (is_lower_case_of(token.form, "the")) return 2;
    if (is_lower_case_of(token.form, "a") || is_lower_case_of(token.form, "an")) return 3;
    if (token.has(morph_demonstrative) || is_lower_case_of(token.form, "this") || is_lower_case_of(token.form, "that") ||
        is_lower_case_of(token.form, "these") || is_lower_case_of(token.form, "those"))
      return 4;
  }
  return 5;
}

void Referents::features_of(const Referent& referent, const Wish& wish, std::size_t between, std::size_t rivals, std::vector<std::uint16_t>& features) const {
  using F = FeatureSpace;
  const auto put = [&](F::Group group, std::size_t value) { features.push_back(F::index(group, value)); };
  const Chain& chain = chains_[referent.chain];
  const char gender = referent.gender ? referent.gender : chain.gender;
  put(F::kind, static_cast<std::size_t>(referent.being) * 4 + static_cast<std::size_t>(referent.form));
  put(F::number, static_cast<std::size_t>(referent.number) * 2 + (referent.being == Being::person));
  put(F::gender, !wish.gender ? 3 : !gender ? 1 : gender == wish.gender ? 0 : 2);
  put(F::between, between < 4 ? between : between < 6 ? 4 : between < 9 ? 5 : between < 14 ? 6 : 7);
  put(F::rivals, rivals);
  put(F::article, article(referent));
  put(F::chain, chain.size < 4 ? chain.size - 1 : chain.size < 7 ? 3 : 4);
  if (list_[static_cast<std::size_t>(chain.last)].head != referent.head) put(F::chain, 5);
  put(F::subject_before, chain.last_subject_sentence + 1 == parse_[wish.token].sentence);
  if (referent.form == Referent::Form::pronoun) {
    const PronounForm* form = form_of(parse_[referent.head]);
    put(F::fit, form && form->kind == wish.kind ? 0 : 1);
  }
  if (fits_well(referent, wish)) put(F::fit, 2);
  features_of_place(referent, wish, features);
}

/// Features of where the two stand.
void Referents::features_of_place(const Referent& referent, const Wish& wish, std::vector<std::uint16_t>& features) const {
  using F = FeatureSpace;
  const auto put = [&](F::Group group, std::size_t value) { features.push_back(F::index(group, value)); };
  const Token& pronoun = parse_[wish.token];
  const Token& head = parse_[referent.head];
  const std::size_t sentences = pronoun.sentence - referent.sentence, role = role_of(head.deprel);
  put(F::distance, std::min<std::size_t>(sentences, 3) * 10 + role);
  put(F::roles, ((sentences == 0) * 5 + pronoun_role(wish.role)) * 10 + role);
  put(F::command, command(referent, wish));
  put(F::binding, binding(referent, wish));
  put(F::paragraph, parse_.sentences[pronoun.sentence].paragraph == parse_.sentences[referent.sentence].paragraph);
  put(F::quotes, in_quotes(wish.token) == in_quotes(referent.head) ? 0 : in_quotes(wish.token) ? 1 : 2);
  put(F::speaker, referent.subject && words_.saying_verbs.has(parse_[governor(parse_, referent.head)].lemma));
  if (referent.subject && words_.wishing_verbs.has(parse_[governor(parse_, referent.head)].lemma)) put(F::speaker, 2);
  put(F::judged, judged_for_own(referent, wish));
  put(F::says, !wish.says ? 0 : referent.being <= Being::state ? 1 : 2);
  put(F::coarse, static_cast<std::size_t>(coarse_of(referent.being)) * 4 + static_cast<std::size_t>(referent.form));
  if (wish.subject_ahead >= 0 && referent.form == Referent::Form::name)
    put(F::ahead, shares_a_name(static_cast<std::uint32_t>(wish.subject_ahead), referent.head) ? 1 : 2);
  if (std::count(wish.fellow_chains.begin(), wish.fellow_chains.end(), referent.chain)) put(F::fit, 7);
  if (has_child(parse_, referent.head, Deprel::cop)) put(F::fit, 3);
  if (referent.subject && is_main(parse_, governor(parse_, referent.head))) put(F::fit, 4);
  if (referent.head == parse_.sentences[referent.sentence].tokens.first) put(F::fit, 5);
  if (has_child(parse_, referent.head, Deprel::acl_relcl)) put(F::fit, 6);
  if (referent.mention < 0) return put(F::actor, 0);
  const Mention& mention = mentions_.list[static_cast<std::size_t>(referent.mention)];
  put(F::actor, !mention.can_act ? 1 : mention.actors.front().code.empty() ? 2 : 3);
  if (mention.can_act && !mention.actors.front().code.empty()) put(F::actor, command(referent, wish) ? 4 : referent.subject ? 5 : 6);
}

/// "It is clear that", "it rained": features of meaning nothing that stands before.
void Referents::features_of_nobody(const Wish& wish, std::size_t rivals, std::vector<std::uint16_t>& features) const {
  using F = FeatureSpace;
  const auto put = [&](F::Group group, std::size_t value) { features.push_back(F::index(group, value)); };
  put(F::none, 0);
  put(F::none_role, wish.role);
  put(F::none_left, rivals);
  const std::uint32_t over = governor(parse_, wish.token);
  if (over == wish.token || wish.possessive) return;
  if (has_child(parse_, over, Deprel::cop)) put(F::none, 1 + (parse_[over].upos == Upos::ADJ));
  if (has_child(parse_, over, Deprel::csubj)) put(F::none, 3);
  if (has_child(parse_, over, Deprel::ccomp)) put(F::none, 4);
  if (has_child(parse_, over, Deprel::xcomp) || has_child(parse_, over, Deprel::advcl)) put(F::none, 5);
  if (has_child(parse_, over, Deprel::aux_pass)) put(F::none, 6);
  if (in_quotes(wish.token)) put(F::none, 7);
  if (words_.saying_verbs.has(parse_[over].lemma)) put(F::none, 8);
  if (words_.empty_verbs.has(parse_[over].lemma)) put(F::none, 9);
  if (wish.role == 1) put(F::none, parse_[over].lemma == "do" ? 10 : parse_[over].lemma == "make" ? 11 : 12);
}

float Referents::score(const Wish& wish, const std::vector<std::uint16_t>& features) const {
  float sum = 0;
  for (std::uint16_t feature : features) sum += model_.weight(wish.kind, feature);
  return sum;
}

Referents::Choice Referents::pronoun(std::uint32_t token) {
  if (next_ < token) advance(token);
  const Wish wish = wish_of(token);
  ReferenceTrial trial{token, wish.kind, {}, {}};
  std::vector<float> scores;
  std::vector<std::uint16_t> features;
  std::size_t rivals = 0, between = 0;
  const auto consider = [&](std::int32_t candidate) {
    scores.push_back(score(wish, features));
    trial.candidates.push_back(candidate);
    if (trials_) trial.features.push_back(features);
    features.clear();
  };
  for (std::size_t i = list_.size(); i-- > 0 && between < window_candidates; ++between) {
    const Referent& referent = list_[i];
    if (referent.sentence + window_sentences < parse_[token].sentence) break;
    if (!agrees(referent, wish)) continue;
    if (wish.role == 1 && std::count(wish.fellow_chains.begin(), wish.fellow_chains.end(), referent.chain)) continue;
    features_of(referent, wish, between, rivals, features);
    consider(static_cast<std::int32_t>(i));
    rivals += fits_well(referent, wish);
  }
  features_of_nobody(wish, rivals, features);
  consider(-1);

  const auto best = static_cast<std::size_t>(std::max_element(scores.begin(), scores.end()) - scores.begin());
  float total = 0, chosen_chain = 0;
  const std::int32_t choice = trial.candidates[best];
  for (std::size_t i = 0; i < scores.size(); ++i) {
    const float part = std::exp(scores[i] - scores[best]);
    total += part;
    const std::int32_t other = trial.candidates[i];
    if (other == choice || (other >= 0 && choice >= 0 && list_[static_cast<std::size_t>(other)].chain == list_[static_cast<std::size_t>(choice)].chain))
      chosen_chain += part;
  }
  Referent self;
  self.head = token;
  self.sentence = parse_[token].sentence;
  self.form = Referent::Form::pronoun;
  self.number = wish.kind == PronounKind::they ? Referent::Number::plural : Referent::Number::singular;
  self.gender = wish.gender;
  self.subject = wish.role == 0;
  self.being = wish.kind == PronounKind::he ? Being::person : choice >= 0 ? list_[static_cast<std::size_t>(choice)].being : Being::unknown;
  add(self, choice);
  if (trials_) trials_->push_back(std::move(trial));
  return {choice, chosen_chain / total};
}

}  // namespace legation
