// Taking in noun phrases and telling which are the same; the choice of pronouns is in pronoun_choice.cc.
#include "entities/referents.h"

#include <algorithm>

#include "entities/normal_form.h"
#include "entities/units.h"

namespace legation {
namespace {

constexpr std::size_t longest_list = 8;

/// Parts of a longer name or compound head no phrase of their own.
bool is_part(Deprel deprel) {
  switch (deprel) {
    case Deprel::flat:
    case Deprel::compound:
    case Deprel::amod:
    case Deprel::fixed:
    case Deprel::goeswith:
    case Deprel::nummod:
    case Deprel::case_:
    case Deprel::cc:
    case Deprel::advmod:
      return true;
    default:
      return false;
  }
}

bool is_plural(const Token& token) { return token.has(morph_plural) || token.xpos == "NNS" || token.xpos == "NNPS"; }

/// "someone", "everybody": people, though nobody named.
bool is_somebody(const Token& token) { return token.form.ends_with("body") || token.form.ends_with("one"); }

std::uint64_t key_of(std::string_view word, char salt) {
  KnowledgeBase::Digest digest;
  KnowledgeBase::extend(digest, word);
  return KnowledgeBase::step(digest.value, salt);
}

char gender_by_title(const WordLists& words, std::string_view form) {
  if (words.mens_titles.has_in_any_case(form)) return 'm';
  return words.womens_titles.has_in_any_case(form) ? 'f' : 0;
}

}  // namespace

void Referents::advance(std::uint32_t token) {
  for (; next_ < token; ++next_) {
    const std::string_view form = parse_[next_].form;
    if (next_ > 0 && parse_.sentences[parse_[next_].sentence].paragraph != parse_.sentences[parse_[next_ - 1].sentence].paragraph) in_quotes_now_ = false;
    if (form == "\u201C" || form == "``") in_quotes_now_ = true;
    if (form == "\u201D" || form == "''") in_quotes_now_ = false;
    if (form == "\"") in_quotes_now_ = !in_quotes_now_;
    quoted_.push_back(in_quotes_now_);
    if (refers(parse_[next_])) {
      if (list_.empty() || list_.back().head != next_) pronoun(next_);
    } else if (heads_a_nominal(next_)) {
      take_in(next_);
    }
    if (parse_[next_].deprel == Deprel::conj) take_in_list(next_);
  }
}

bool Referents::heads_a_nominal(std::uint32_t at) const {
  const Token& token = parse_[at];
  const std::int32_t mention = mentions_.of_token[at];
  if (mention >= 0) {
    const Mention& known = mentions_.list[static_cast<std::size_t>(mention)];
    if (known.kind == MentionKind::pronoun) return false;
    if (known.head == at) return token.upos != Upos::ADJ || token.deprel != Deprel::amod;
  }  // else within a longer one, as the country in "president of the United States"
  if (token.upos == Upos::NOUN || token.upos == Upos::PROPN) return !is_part(token.deprel);
  return token.upos == Upos::PRON && is_somebody(token);
}

void Referents::take_in(std::uint32_t token) {
  Referent referent;
  referent.head = token;
  referent.mention = mentions_.of_token[token];
  if (referent.mention >= 0 && mentions_.list[static_cast<std::size_t>(referent.mention)].head != token) referent.mention = -1;
  describe(referent);
  const std::int32_t antecedent = same_as(referent);
  add(referent, antecedent);
  learn_name(referent, static_cast<std::int32_t>(list_.size()) - 1);
}

std::vector<std::uint32_t> Referents::conjuncts(std::uint32_t first) const {
  std::vector<std::uint32_t> members{first};
  for (std::uint32_t child : parse_.children(first))
    if (parse_[child].deprel == Deprel::conj && members.size() < longest_list) members.push_back(child);
  return members;
}

/// "Yoon and Kishida", once its last member is there.
void Referents::take_in_list(std::uint32_t at) {
  if (parse_[at].head < 0 || (parse_[at].upos != Upos::NOUN && parse_[at].upos != Upos::PROPN && parse_[at].upos != Upos::PRON)) return;
  const auto first = static_cast<std::uint32_t>(parse_[at].head);
  if (first > at || conjuncts(first).back() != at) return;
  const auto known = std::find_if(list_.rbegin(), list_.rend(), [&](const Referent& r) { return r.head <= first; });
  if (known == list_.rend() || known->head != first) return;
  Referent list = *known;
  list.form = Referent::Form::list;
  list.number = Referent::Number::plural;
  list.gender = 0;
  list.mention = -1;
  add(list, -1);
}

void Referents::describe(Referent& referent) const {
  const Token& token = parse_[referent.head];
  referent.sentence = token.sentence;
  referent.subject = is_subject(token.deprel);
  referent.form = token.upos == Upos::PROPN ? Referent::Form::name : Referent::Form::noun;
  referent.number = is_plural(token) ? Referent::Number::plural : Referent::Number::singular;
  if (referent.mention >= 0) describe_mention(referent, mentions_.list[static_cast<std::size_t>(referent.mention)]);
  if (referent.being == Being::unknown) describe_noun(referent);
  if (referent.being != Being::person && referent.being != Being::unknown) return;
  for (std::uint32_t child : parse_.children(referent.head))
    if (!referent.gender) referent.gender = gender_by_title(words_, parse_[child].form);
  const bool named = referent.mention >= 0 && mentions_.list[static_cast<std::size_t>(referent.mention)].actors.front().entity != no_entity;
  if (!referent.gender && referent.form == Referent::Form::name && !named) {
    referent.gender = model_.given_name(token.form);
    if (referent.gender) referent.being = Being::person;
  }
}

void Referents::describe_mention(Referent& referent, const Mention& mention) const {
  const std::uint32_t entity = mention.actors.front().entity;
  switch (mention.kind) {
    case MentionKind::person:
      referent.being = Being::person;
      break;
    case MentionKind::agent:
      referent.being = Being::person;
      break;
    case MentionKind::collective:
      referent.being = Being::person, referent.number = Referent::Number::plural;
      break;
    case MentionKind::state:
      referent.being = Being::state, referent.number = Referent::Number::singular;
      break;
    case MentionKind::place:
      referent.being = Being::place;
      break;
    case MentionKind::organisation:
      referent.being = Being::group;
      break;
    default:
      break;
  }
  if (mention.actors.size() > 1) referent.number = Referent::Number::plural;
  const bool known = entity != no_entity && base_.entity(entity).kind == Entity::Kind::person;
  if (known) referent.gender = base_.entity(entity).gender;
  if (referent.being != Being::person || referent.gender || known) return;
  for (std::uint32_t t = mention.range.first; t < mention.range.last && !referent.gender; ++t) referent.gender = gender_by_title(words_, parse_[t].form);
  for (std::uint32_t t = mention.range.first; t < mention.range.last && !referent.gender; ++t)
    referent.gender = parse_[t].upos == Upos::PROPN ? model_.given_name(parse_[t].form) : model_.noun(parse_[t].lemma).gender;
}

void Referents::describe_noun(Referent& referent) const {
  const Token& token = parse_[referent.head];
  if (token.upos == Upos::PRON) {
    referent.being = Being::person;
    return;
  }
  if (token.upos != Upos::NOUN) return;
  const NounClass known = model_.noun(token.lemma);
  referent.being = known.being;
  referent.gender = known.gender;
  if (token.lemma == "people") referent.being = Being::person, referent.number = Referent::Number::plural;
}

void Referents::add(Referent referent, std::int32_t antecedent) {
  const auto index = static_cast<std::int32_t>(list_.size());
  referent.antecedent = antecedent;
  if (antecedent >= 0) {
    referent.chain = list_[static_cast<std::size_t>(antecedent)].chain;
  } else {
    referent.chain = static_cast<std::uint32_t>(chains_.size());
    chains_.emplace_back();
  }
  Chain& chain = chains_[referent.chain];
  ++chain.size;
  chain.last = index;
  if (!chain.gender) chain.gender = referent.gender;
  if (referent.subject) chain.last_subject_sentence = referent.sentence;
  list_.push_back(referent);
}

/// The earlier referent that a name or description repeats; -1 when none.
std::int32_t Referents::same_as(const Referent& referent) {
  if (referent.mention >= 0) {
    const Mention& mention = mentions_.list[static_cast<std::size_t>(referent.mention)];
    if (mention.antecedent >= 0) {
      const std::uint32_t head = mentions_.list[static_cast<std::size_t>(mention.antecedent)].head;
      for (std::size_t i = list_.size(); i-- > 0;)
        if (list_[i].head == head && list_[i].form != Referent::Form::list) return static_cast<std::int32_t>(i);
    }
    const Actor& actor = mention.actors.front();
    if (mention.actors.size() == 1 && actor.entity != no_entity && mention.kind != MentionKind::place) {
      const auto found = by_entity_.find(actor.entity);
      if (found != by_entity_.end()) return found->second;
    }
  }
  const Token& token = parse_[referent.head];
  if (token.deprel == Deprel::appos && token.head >= 0)
    for (std::size_t i = list_.size(); i-- > 0 && list_[i].sentence == referent.sentence;)
      if (list_[i].head == static_cast<std::uint32_t>(token.head) && list_[i].form != Referent::Form::list) return static_cast<std::int32_t>(i);
  if (const std::int32_t subject = subject_of_predicate(referent); subject >= 0) return subject;
  if (const std::int32_t same = same_words(referent); same >= 0) return same;
  return place_spoken_of(referent);
}

/// "Athens is the capital": the capital is Athens.
std::int32_t Referents::subject_of_predicate(const Referent& referent) const {
  std::int32_t subject = -1;
  bool copula = false;
  for (std::uint32_t child : parse_.children(referent.head)) {
    copula = copula || parse_[child].deprel == Deprel::cop;
    if (is_subject(parse_[child].deprel)) subject = static_cast<std::int32_t>(child);
    if (parse_[child].deprel == Deprel::advmod && parse_[child].has(morph_negative)) return -1;
  }
  if (!copula || subject < 0) return -1;
  for (std::size_t i = list_.size(); i-- > 0 && list_[i].sentence == referent.sentence;)
    if (list_[i].head == static_cast<std::uint32_t>(subject) && list_[i].form != Referent::Form::list) return static_cast<std::int32_t>(i);
  return -1;
}

/// "the city", "the island": the last place with a name, when nothing of that word stood before.
std::int32_t Referents::place_spoken_of(const Referent& referent) const {
  constexpr std::uint32_t window_sentences = 6;
  if (referent.form != Referent::Form::noun || referent.number == Referent::Number::plural || article(referent) != 2 ||
      !words_.nouns_of_places.has_in_any_case(parse_[referent.head].lemma))
    return -1;
  for (std::uint32_t child : parse_.children(referent.head))
    if (parse_[child].deprel == Deprel::nmod || parse_[child].deprel == Deprel::amod || parse_[child].deprel == Deprel::acl_relcl) return -1;
  for (std::size_t i = list_.size(); i-- > 0;) {
    const Referent& other = list_[i];
    if (other.sentence + window_sentences < referent.sentence) return -1;
    if (other.form == Referent::Form::name && (other.being == Being::place || other.being == Being::state)) return static_cast<std::int32_t>(i);
  }
  return -1;
}

/// "the report" after "a report": the same noun, told as known, with no new word.
std::int32_t Referents::same_words(const Referent& referent) {
  const Token& token = parse_[referent.head];
  const bool name = token.upos == Upos::PROPN;
  const auto found = by_noun_.find(key_of(name ? token.form : token.lemma, is_plural(token) ? 's' : '1'));
  if (found == by_noun_.end()) return -1;
  const Referent& earlier = list_[static_cast<std::size_t>(found->second)];
  const std::size_t told = article(referent);
  if (!name && told != 2 && told != 4) return -1;
  return says_no_more(referent.head, earlier.head) ? found->second : -1;
}

/// Has every adjective, noun and name that hangs on a head a like one on the earlier head?
bool Referents::says_no_more(std::uint32_t token, std::uint32_t earlier) const {
  const auto tells = [&](std::uint32_t child) {
    const Deprel deprel = parse_[child].deprel;
    return deprel == Deprel::amod || deprel == Deprel::compound || deprel == Deprel::flat || deprel == Deprel::nummod || deprel == Deprel::nmod;
  };
  for (std::uint32_t child : parse_.children(token)) {
    if (!tells(child)) continue;
    bool found = false;
    for (std::uint32_t other : parse_.children(earlier)) found = found || parse_[other].lemma == parse_[child].lemma;
    if (!found) return false;
  }
  return true;
}

void Referents::learn_name(const Referent& referent, std::int32_t index) {
  const Token& token = parse_[referent.head];
  if (referent.mention >= 0) {
    const Mention& mention = mentions_.list[static_cast<std::size_t>(referent.mention)];
    if (mention.actors.size() == 1 && mention.actors.front().entity != no_entity && mention.kind != MentionKind::place)
      by_entity_[mention.actors.front().entity] = index;
  }
  const bool name = token.upos == Upos::PROPN;
  by_noun_[key_of(name ? token.form : token.lemma, is_plural(token) ? 's' : '1')] = index;
  if (!name || referent.being == Being::place || referent.being == Being::state) return;
  for (std::uint32_t child : parse_.children(referent.head))  // "Baker" after "Harriet Baker"
    if (parse_[child].deprel == Deprel::flat && parse_[child].upos == Upos::PROPN) by_noun_[key_of(parse_[child].form, '1')] = index;
}

std::vector<std::int32_t> Referents::mentions_of(std::int32_t index) const {
  std::vector<std::int32_t> found;
  if (index < 0) return found;
  const Referent& referent = list_[static_cast<std::size_t>(index)];
  if (referent.form == Referent::Form::list) {
    for (std::uint32_t head : conjuncts(referent.head))
      if (mentions_.of_token[head] >= 0) found.push_back(mentions_.of_token[head]);
    return found;
  }
  for (std::int32_t at = index; at >= 0;) {
    const Referent& same = list_[static_cast<std::size_t>(at)];
    if (same.form == Referent::Form::list) return mentions_of(at);
    const bool pronoun = same.form == Referent::Form::pronoun;  // its mention was made after it was taken in
    const std::int32_t mention = pronoun ? mentions_.of_token[same.head] : same.mention;
    if (mention >= 0) {
      const Mention& known = mentions_.list[static_cast<std::size_t>(mention)];
      if (known.kind != MentionKind::pronoun || known.antecedent >= 0) return {mention};
    }
    at = same.antecedent;
  }
  return found;
}

}  // namespace legation
