// Words that only refer: pronouns, "who", "both", "the two sides", "the former".
#include <algorithm>
#include <array>
#include <utility>

#include "entities/reader.h"

namespace legation {
namespace {

template <std::size_t n>
bool one_of(std::string_view word, const std::array<std::string_view, n>& words) {
  return std::any_of(words.begin(), words.end(), [&](std::string_view lower) { return is_lower_case_of(word, lower); });
}

bool is_argument(Deprel deprel) {
  switch (deprel) {
    case Deprel::nsubj:
    case Deprel::nsubj_pass:
    case Deprel::obj:
    case Deprel::iobj:
    case Deprel::obl:
    case Deprel::obl_agent:
    case Deprel::nmod:
    case Deprel::nmod_poss:
      return true;
    default:
      return false;
  }
}

}  // namespace

/// Everyone the antecedents name. `states`: the countries as such instead of the persons.
Mention MentionReader::from_antecedents(TokenRange range, const std::vector<std::int32_t>& antecedents, bool states) const {
  Mention mention;
  mention.range = range;
  mention.head = head_of(parse_, range);
  mention.kind = MentionKind::pronoun;
  mention.confidence = 0.6f;
  if (antecedents.empty()) return mention;
  mention.antecedent = antecedents.back();
  for (std::int32_t index : antecedents) {
    for (const Actor& actor : mentions_.list[static_cast<std::size_t>(index)].actors) {
      Actor copy = actor;
      if (states) {
        const std::uint32_t state = base_.state(actor.code);
        if (state != no_entity) copy = base_.actor_on(state, day_);
      }
      const bool known = std::any_of(mention.actors.begin(), mention.actors.end(), [&](const Actor& a) { return a.code == copy.code && a.name == copy.name; });
      if (!known) mention.actors.push_back(std::move(copy));
    }
  }
  return mention;
}

std::optional<Mention> MentionReader::pronoun(std::uint32_t at) {
  const Token& token = parse_[at];
  if (token.upos == Upos::PUNCT || token.upos == Upos::VERB) return std::nullopt;
  if (auto relative_pronoun = relative(at)) return relative_pronoun;
  if (Referents::refers(token)) {
    const Referents::Choice choice = referents_.pronoun(at);
    std::vector<std::int32_t> antecedents = referents_.mentions_of(choice.referent);
    if (antecedents.empty() && token.has(morph_plural)) antecedents = coreference_.pair_before(at);
    Mention mention = from_antecedents({at, at + 1}, antecedents, false);
    if (mention.antecedent >= 0) mention.confidence = std::clamp(choice.probability, 0.3f, 0.95f);
    for (Actor& actor : mention.actors) actor.why = "pronoun; " + actor.why;
    return mention;
  }
  // "I", "we": nobody in the text before; whoever is quoted, which the coder finds out
  if (token.upos == Upos::PRON && (token.lemma == "I" || token.lemma == "we")) return from_antecedents({at, at + 1}, {}, false);
  if (auto pair = former_or_latter(at)) return pair;
  return the_two(at);
}

/// "who", "which": what the clause hangs on.
std::optional<Mention> MentionReader::relative(std::uint32_t at) {
  const Token& token = parse_[at];
  if (token.upos != Upos::PRON || !one_of(token.form, std::array<std::string_view, 5>{"who", "which", "that", "whom", "whose"})) return std::nullopt;
  std::int32_t up = token.head;
  for (int steps = 0; steps < 4 && up >= 0; ++steps) {
    const Token& over = parse_[static_cast<std::uint32_t>(up)];
    if (over.deprel == Deprel::acl_relcl || over.deprel == Deprel::acl) {
      const std::int32_t antecedent = over.head < 0 ? -1 : mentions_.of_token[static_cast<std::size_t>(over.head)];
      if (antecedent < 0) return std::nullopt;
      return from_antecedents({at, at + 1}, {antecedent}, false);
    }
    up = over.head;
  }
  return std::nullopt;
}

std::optional<Mention> MentionReader::former_or_latter(std::uint32_t at) {
  const Token& token = parse_[at];
  const bool former = is_lower_case_of(token.form, "former");
  if ((!former && !is_lower_case_of(token.form, "latter")) || !is_argument(token.deprel) || mentions_.of_token[at] >= 0) return std::nullopt;
  std::vector<std::int32_t> both = coreference_.latest_coordination(at);
  if (both.empty()) both = last_two_people(token.sentence);
  if (both.empty()) return std::nullopt;
  return from_antecedents({at, at + 1}, {former ? both.front() : both.back()}, false);
}

/// "a pair of shoes", "the trio of states" say of whom.
bool MentionReader::no_complement(std::uint32_t at) const {
  return std::ranges::none_of(parse_.children(at), [&](std::uint32_t child) { return parse_[child].deprel == Deprel::nmod; });
}

/// "Arland called on both sides": whoever speaks to the two is none of them; -1 = nobody does.
std::int32_t MentionReader::subject_beside(std::uint32_t at) const {
  std::int32_t up = parse_[at].head;
  std::uint32_t below = at;
  for (; up >= 0 && parse_[static_cast<std::uint32_t>(up)].upos != Upos::VERB; up = parse_[below].head) below = static_cast<std::uint32_t>(up);
  if (up < 0 || is_subject(parse_[below].deprel)) return -1;
  for (const std::uint32_t child : parse_.children(static_cast<std::uint32_t>(up)))
    if (is_subject(parse_[child].deprel)) return mentions_.of_token[child];
  return -1;
}

/// "Arland and Belmar fought. Ana Roe and Ben Moe urged peace. Both countries agreed": before those who speak for some country, countries themselves.
std::vector<std::int32_t> MentionReader::the_states(std::uint32_t sentence, std::size_t number, const std::function<bool(std::int32_t)>& fits) const {
  const auto no_person = [&](std::int32_t mention) { return fits(mention) && mentions_.list[static_cast<std::size_t>(mention)].kind != MentionKind::person; };
  const std::vector<std::int32_t> states = coreference_.pair(sentence, number, false, no_person);
  return states.empty() ? coreference_.pair(sentence, number, false, fits) : states;
}

/// "both sides", "the two countries", "the pair", and "both" or "the two" by themselves.
std::optional<Mention> MentionReader::the_two(std::uint32_t at) {
  const Token& token = parse_[at];
  const bool three = words_.trios.has_in_any_case(token.form);
  const bool group = (three || words_.pairs.has_in_any_case(token.form)) && token.deprel == Deprel::nsubj && no_complement(at);
  const std::size_t number = group && three ? 3 : 2;
  const bool alone = group || (one_of(token.form, std::array<std::string_view, 2>{"both", "two"}) && is_argument(token.deprel) &&
                               (token.upos == Upos::PRON || token.upos == Upos::DET || token.upos == Upos::NUM));
  const bool sides = words_.sides.has_in_any_case(token.form);
  const bool parties = token.upos == Upos::NOUN && (sides || words_.counted_parties.has_in_any_case(token.form));
  if (!alone && !parties) return std::nullopt;
  std::uint32_t first = at;
  bool counted = false, definite = is_lower_case_of(token.form, "both");
  const std::uint32_t begin = parse_.sentences[token.sentence].tokens.first;
  while (first > begin) {
    const Token& before = parse_[first - 1];
    if (one_of(before.form, std::array<std::string_view, 4>{"two", "both", "either", "2"}))
      counted = true;
    else if (is_lower_case_of(before.form, "the") || is_lower_case_of(before.form, "these"))
      definite = true;
    else if (before.upos != Upos::ADJ)
      break;
    if (mentions_.of_token[first - 1] >= 0) break;
    --first;
  }
  if (parties ? !counted && !(definite && sides) : !definite) return std::nullopt;
  const bool persons =
      alone && coreference_.pair(token.sentence, number, true).size() > 0 && coreference_.last(Traits::Being::person, token.sentence, true) >= 0;
  const std::int32_t bystander = subject_beside(at);
  const auto fits = [&](std::int32_t mention) { return mention != bystander; };
  const std::vector<std::int32_t> back = persons ? coreference_.pair(token.sentence, number, true, fits) : the_states(token.sentence, number, fits);
  if (back.empty()) return std::nullopt;
  Mention mention = from_antecedents({first, at + 1}, back, !persons);
  mention.head = at;
  mention.kind = persons ? MentionKind::pronoun : MentionKind::state;
  for (Actor& actor : mention.actors) actor.why = "both parties spoken of";
  return mention;
}

}  // namespace legation
