// The walk over the document: phrases and pronouns in text order, each seeing what came before.
#include "entities/reader.h"

#include <algorithm>
#include <array>

#include "base/table.h"
#include "entities/metonymy.h"
#include "entities/normal_form.h"
#include "entities/roles.h"

namespace legation {
namespace {

/// Through appositions and lists up to a subject: "the president, Lee, said" has Lee for a subject too.
bool stands_for_subject(const Parse& parse, std::uint32_t at) {
  for (int steps = 0; steps < 4 && parse[at].head >= 0 && (parse[at].deprel == Deprel::appos || parse[at].deprel == Deprel::conj); ++steps)
    at = static_cast<std::uint32_t>(parse[at].head);
  return is_subject(parse[at].deprel);
}

/// "in the city of Jilin": the name hangs on the noun that tells where.
bool names_a_locative(const WordLists& words, const Parse& parse, std::uint32_t head) {
  const Token& token = parse[head];
  if (token.head < 0) return false;
  const auto noun = static_cast<std::uint32_t>(token.head);
  return parse[noun].upos == Upos::NOUN && (token.deprel == Deprel::nmod || token.deprel == Deprel::appos || token.deprel == Deprel::flat) &&
         is_locative(words, parse, noun);
}

/// "leader of the opposition", "head of the rebels": what somebody who left an office does now.
bool heads_party(const WordLists& words, const Actor& actor) {
  return (actor.sector == "OPP" || actor.sector == "PTY" || actor.sector == "REB") && words.party_heads.has_part_of(actor.role);
}

/// Roles by which a text may call a person later: "president" for "president of South Korea".
std::string_view bare_role(std::string_view role) {
  if (role.starts_with("former ")) role.remove_prefix(7);
  return role.substr(0, role.find(" of "));
}

}  // namespace

MentionReader::MentionReader(const KnowledgeBase& base, const ReferenceModel& references, const Parse& parse, std::optional<Date> published,
                             const std::vector<Unit>& units, const std::vector<Phrase>& phrases)
    : base_(base),
      words_(base.words()),
      parse_(parse),
      published_(published),
      day_(published.value_or(Date::from_civil(2100, 1, 1))),
      units_(units),
      phrases_(phrases),
      coreference_(parse, mentions_),
      referents_(parse, mentions_, base, references) {}

Mentions MentionReader::read(ReferenceTrace* trace) {
  if (trace) referents_.keep_trials(&trace->trials);
  mentions_.of_token.assign(parse_.tokens.size(), -1);
  mention_of_phrase_.assign(phrases_.size(), -1);
  register_names();
  register_bodies();
  take_census();
  std::size_t phrase = 0;
  for (std::uint32_t sentence = 0; sentence < parse_.sentences.size(); ++sentence) read_sentence(sentence, phrase);
  if (trace) {
    referents_.finish();
    trace->referents = referents_.list();
  }
  return std::move(mentions_);
}

/// Full names first, so that a headline's "Lee" finds the "Lee Jae-myung" of the lead.
void MentionReader::register_names() {
  for (std::uint32_t i = 0; i < phrases_.size(); ++i) {
    const Unit& core = units_[phrases_[i].core];
    if (!core.is(NameKind::person) && !(core.unknown() && core.range.size() > 1 && names_person(phrases_[i]))) continue;
    if (core.is(NameKind::person) && core.range.size() == 1) {
      phrases_by_part_[KnowledgeBase::digest_of(parse_[core.range.first].form)].push_back(i);
      continue;
    }
    for (std::uint32_t t = core.range.first; t < core.range.last; ++t) {
      const bool outer = t == core.range.first || t + 1 == core.range.last;
      const bool middle = core.is(NameKind::person) && parse_[t].form.size() >= 5;  // "Waheed" after "Mohammed Waheed Hassan"
      if ((outer || middle) && case_of(parse_[t].form) != Case::lower) phrases_by_part_[KnowledgeBase::digest_of(parse_[t].form)].push_back(i);
    }
  }
}

void MentionReader::read_sentence(std::uint32_t sentence, std::size_t& phrase) {
  const TokenRange tokens = parse_.sentences[sentence].tokens;
  read_places(sentence, phrase);
  read_countries(sentence, phrase);
  for (std::uint32_t at = tokens.first; at < tokens.last;) {
    while (phrase < phrases_.size() && phrases_[phrase].range.last <= at) ++phrase;
    if (phrase < phrases_.size() && phrases_[phrase].range.first == at) {
      emit_phrase(phrases_[phrase], phrase);
      at = phrases_[phrase++].range.last;
      continue;
    }
    if (auto mention = pronoun(at)) emit(std::move(*mention), {});
    ++at;
  }
}

/// Where the sentence plays, and where the text was written.
void MentionReader::read_places(std::uint32_t sentence, std::size_t phrase) {
  sentence_place_.clear();
  bool several = false;
  for (; phrase < phrases_.size() && phrases_[phrase].sentence == sentence; ++phrase) {
    const Unit& core = units_[phrases_[phrase].core];
    if (!core.is(NameKind::place) && !core.is(NameKind::capital) && !core.is(NameKind::state)) continue;
    const bool dateline = is_dateline(phrases_[phrase]);
    if (!dateline && !is_locative(words_, parse_, phrases_[phrase].head) && !names_a_locative(words_, parse_, phrases_[phrase].head)) continue;
    const std::string code = country_of_unit(core).code;
    if (dateline) {
      if (dateline_.empty()) dateline_ = code;
      continue;
    }
    several = several || (!sentence_place_.empty() && code != sentence_place_);
    sentence_place_ = code;
  }
  if (several) sentence_place_.clear();
  if (several || !sentence_place_.empty()) passage_place_ = sentence_place_;
}

/// The country a unit names by itself, without looking around; empty when it names none or may be several.
std::string_view MentionReader::code_told_by(const Unit& unit) const {
  std::string_view code;
  if (unit.is(NameKind::organisation)) {
    code = base_.entity(unit.best->target).code;
    for (const Name& name : unit.names)
      if (name.kind == NameKind::organisation && name.in_use(day_) && base_.entity(name.target).code != code) return {};
  } else if (unit.country() || unit.is(NameKind::person)) {
    code = base_.entity(unit.best->target).code;
  }
  if (unit.is(NameKind::place))
    for (const Name& name : unit.names) {
      if (name.kind != NameKind::place) continue;
      const std::string_view country = base_.places()[name.target].country;
      if (!code.empty() && country != code) return {};
      code = country;
    }
  return is_international(code) ? std::string_view() : code;
}

/// The country of the person whose full name elsewhere in the text a lone part stands for; empty when
/// unknown.
std::string_view MentionReader::code_of_name(const Unit& unit) const {
  if (unit.range.size() != 1 || (!unit.unknown() && !unit.is(NameKind::name_part))) return {};
  const auto found = phrases_by_part_.find(KnowledgeBase::digest_of(parse_[unit.range.first].form));
  if (found == phrases_by_part_.end()) return {};
  const Unit& full = units_[phrases_[found->second.front()].core];
  return full.is(NameKind::person) ? code_told_by(full) : std::string_view();
}

/// Which countries the document is about: what tells whose "the police" are.
void MentionReader::take_census() {
  std::vector<std::pair<std::string_view, int>> counts;
  for (const Unit& unit : units_) {
    const std::string_view code = code_told_by(unit);
    if (code.empty()) continue;
    ++times_told_[code];
    if (unit.is(NameKind::person)) ++people_told_[unit.best->target];
    const auto known = std::find_if(counts.begin(), counts.end(), [&](const auto& count) { return count.first == code; });
    if (known == counts.end())
      counts.emplace_back(code, 1);
    else
      ++known->second;
  }
  for (const auto& count : counts) census_.push_back(count.first);
  if (counts.empty()) return;
  std::stable_sort(counts.begin(), counts.end(), [](const auto& a, const auto& b) { return a.second > b.second; });
  if (counts.size() == 1 || counts[0].second > counts[1].second) lead_country_ = counts.front().first;
  if (counts.size() == 1) sole_country_ = counts.front().first;
  if (counts.size() == 1 || (counts[0].second >= 3 && counts[0].second >= 2 * counts[1].second)) main_country_ = counts.front().first;
}

void MentionReader::read_countries(std::uint32_t sentence, std::size_t phrase) {
  sentence_country_.clear();
  if (phrase >= phrases_.size() || phrases_[phrase].sentence != sentence) return;
  const TokenRange tokens = parse_.sentences[sentence].tokens;
  const auto begins_before = [](const Unit& unit, std::uint32_t at) { return unit.range.first < at; };
  for (auto unit = std::lower_bound(units_.begin(), units_.end(), tokens.first, begins_before); unit != units_.end() && unit->range.first < tokens.last;
       ++unit) {
    std::string_view code = code_told_by(*unit);
    if (code.empty()) code = code_of_name(*unit);
    if (code.empty() || code == sentence_country_) continue;
    if (!sentence_country_.empty()) {
      sentence_country_.clear();
      return;
    }
    sentence_country_ = code;
  }
}

/// "SEOUL, June 10 -", "BEIJING (AP)", "Seoul, Dec. 20": first in its sentence, a comma, dash or bracket
/// behind it.
bool MentionReader::is_dateline(const Phrase& phrase) const {
  const TokenRange tokens = parse_.sentences[phrase.sentence].tokens;
  if (phrase.range.first != tokens.first || phrase.range.last + 2 >= tokens.last) return false;
  const Token& next = parse_[phrase.range.last];
  const Token& after = parse_[phrase.range.last + 1];
  if (next.upos != Upos::PUNCT && next.form != "(") return false;
  const bool upper = case_of(parse_[phrase.range.last - 1].form) == Case::upper && parse_[phrase.range.first].form.size() > 3;
  return (upper && case_of(after.form) != Case::upper) || words_.calendar_words.has_in_any_case(after.form) || next.form == "\u2014" ||
         (upper && next.form == "(");
}

void MentionReader::emit_phrase(const Phrase& phrase, std::size_t index) {
  const Unit& core = units_[phrase.core];
  Mention mention;
  if (names_water_or_mountain(phrase))
    mention = unknown_name(phrase);
  else if (!core.best)
    mention = names_person(phrase) ? person(phrase, index) : unknown_name(phrase);
  else
    switch (core.best->kind) {
      case NameKind::person:
      case NameKind::name_part:
        mention = person(phrase, index);
        break;
      case NameKind::organisation:
        mention = organisation(phrase);
        break;
      case NameKind::agent:
        mention = agent(phrase);
        break;
      case NameKind::place:
        mention = place(phrase);
        break;
      case NameKind::vague:
        mention = vague(phrase);
        break;
      default:
        mention = state(phrase);
    }
  emit(std::move(mention), {});
  mention_of_phrase_[index] = latest();
  learn_nouns(mentions_.list.back(), &phrase);
  merge_apposition(latest());
}

void MentionReader::emit(Mention mention, Traits traits) {
  write_words(mention);
  if (mention.actors.empty()) mention.actors.emplace_back(), write_words(mention);
  traits = traits_of(mention);
  const auto index = static_cast<std::int32_t>(mentions_.list.size());
  for (std::uint32_t t = mention.range.first; t < mention.range.last; ++t) mentions_.of_token[t] = index;
  if (mention.kind != MentionKind::pronoun)
    for (const Actor& actor : mention.actors)
      if (!actor.code.empty()) ++codes_seen_[actor.code];
  mentions_.list.push_back(std::move(mention));
  coreference_.add(traits);
}

Mention MentionReader::shell(const Phrase& phrase, MentionKind kind) const {
  Mention mention;
  mention.range = phrase.range;
  mention.head = phrase.head;
  mention.kind = kind;
  mention.former = phrase.former;
  return mention;
}

void MentionReader::write_words(Mention& mention) const {
  const Span span = parse_.span(mention.range);
  for (Actor& actor : mention.actors) {
    actor.span = span;
    actor.text = std::string(parse_.document->words(span));
  }
}

Traits MentionReader::traits_of(const Mention& mention) const {
  const Token& head = parse_[mention.head];
  Traits traits;
  traits.sentence = head.sentence;
  traits.subject = stands_for_subject(parse_, mention.head);
  traits.plural = mention.actors.size() > 1;
  const auto entity = mention.actors.front().entity;
  switch (mention.kind) {
    case MentionKind::person:
      traits.being = Traits::Being::person;
      break;
    case MentionKind::agent:
      traits.being = Traits::Being::person;
      traits.plural = traits.plural || head.has(morph_plural) || head.xpos == "NNS" || head.xpos == "NNPS";
      break;
    case MentionKind::collective:
      traits.being = Traits::Being::group, traits.plural = true;
      break;
    case MentionKind::state:
      traits.being = Traits::Being::state;
      break;
    case MentionKind::place:
      traits.being = Traits::Being::place;
      break;
    case MentionKind::pronoun:
      if (mention.antecedent >= 0) {
        const bool subject = traits.subject;
        traits = coreference_.traits(static_cast<std::size_t>(mention.antecedent));
        traits.sentence = head.sentence;
        traits.subject = subject;
        traits.plural = traits.plural || mention.actors.size() > 1;
      }
      break;
    default:
      traits.being = Traits::Being::body;
  }
  if (entity != no_entity && base_.entity(entity).kind == Entity::Kind::person) traits.gender = base_.entity(entity).gender;
  if (mention.kind == MentionKind::agent || mention.kind == MentionKind::person) {
    for (std::uint32_t t = mention.range.first; t < mention.range.last && !traits.gender; ++t) {
      const std::string_view form = parse_[t].form;
      if (form == "Mr" || form == "Mr." || form == "Sir" || form.ends_with("man") || form == "king" || form == "King") traits.gender = 'm';
      if (form == "Mrs." || form == "Ms." || form == "Mrs" || form == "Ms" || form.ends_with("woman") || form == "queen" || form == "Queen")
        traits.gender = 'f';
    }
  }
  return traits;
}

/// "general of Bolivia" says less than the apposition "commander of the armed forces".
bool MentionReader::is_rank(std::string_view role) const {
  const auto rest = words_.ranks.behind_first_words_of(role);
  return rest && (rest->empty() || rest->starts_with("of "));
}

/// Under which nouns later text may take this mention up.
void MentionReader::learn_nouns(const Mention& mention, const Phrase* phrase) {
  const std::int32_t index = latest();
  const Actor& actor = mention.actors.front();
  if (mention.actors.size() != 1) return;
  const bool named = actor.entity != no_entity || !actor.code.empty() || mention.kind == MentionKind::organisation;
  if (mention.kind == MentionKind::unknown && mention.range.size() > 1) coreference_.name_by("unknown body", index);
  if (!named) return;
  if (mention.kind == MentionKind::person && !actor.role.empty()) {
    coreference_.name_by(bare_role(actor.role), index);
    if (role_weight(bare_role(actor.role)) >= 85 && !actor.role.starts_with("former ")) coreference_.name_by("leader of " + actor.code, index);
    if (phrase && phrase->title != no_unit) coreference_.name_by(term(units_[phrase->title]).term, index);
    return;
  }
  if (!phrase) return;
  const Unit& core = units_[phrase->core];
  if (core.is(NameKind::agent)) {
    coreference_.name_by(term(core).term, index);
    const Token& last = parse_[core.range.last - 1];
    if (term(core).kind == AgentTerm::Kind::body) coreference_.name_by(last.lemma.empty() ? last.form : last.lemma, index);
  } else if (mention.kind == MentionKind::organisation) {
    coreference_.name_by(parse_[phrase->range.last - 1].form, index);
    const auto take_up_by = [&](const WordList& nouns) {
      for (std::string_view noun : nouns) coreference_.name_by(noun, index);
    };
    take_up_by(words_.nouns_of_bodies);
    if (actor.sector == "BUS" || actor.code == "MNC") take_up_by(words_.nouns_of_firms);
    if (actor.sector == "PTY") take_up_by(words_.nouns_of_parties);
    if (actor.sector == "REB") take_up_by(words_.nouns_of_rebels);
    if (actor.code == "IGO" || actor.code == "EUR" || actor.code == "UNO") take_up_by(words_.nouns_of_leagues);
  }
}

/// "Mao Ning, a spokeswoman for China's foreign ministry,": what one of the two knows the other learns.
void MentionReader::merge_apposition(std::int32_t index) {
  Mention& later = mentions_.list[static_cast<std::size_t>(index)];
  const Token& head = parse_[later.head];
  if (head.deprel != Deprel::appos || head.head < 0) return;
  const std::int32_t first = mentions_.of_token[static_cast<std::size_t>(head.head)];
  if (first < 0 || first == index) return;
  Mention& earlier = mentions_.list[static_cast<std::size_t>(first)];
  if (later.actors.size() != 1 || earlier.actors.size() != 1) return;
  const bool named_first = earlier.kind == MentionKind::state || (earlier.kind == MentionKind::organisation && earlier.actors.front().entity != no_entity);
  if (named_first && (later.kind == MentionKind::organisation || later.kind == MentionKind::collective) && later.actors.front().entity == no_entity &&
      later.actors.front().name.empty()) {
    for (Actor& actor : later.actors) {
      const std::string text = actor.text;
      const Span span = actor.span;
      actor = earlier.actors.front();
      actor.text = text;
      actor.span = span;
    }
    later.antecedent = first;
    return;
  }
  // "the Free Brotherhood, a rebel group": what the text calls an unknown body
  Actor& named = earlier.actors.front();
  if (earlier.kind == MentionKind::organisation && named.entity == no_entity && !named.name.empty() && later.kind == MentionKind::organisation &&
      later.actors.front().entity == no_entity && !later.actors.front().sector.empty()) {
    const Actor& told = later.actors.front();
    named.sector = told.sector;
    named.other_sectors = told.other_sectors;
    if (named.code.empty()) named.code = told.code;
    named.why += "; apposition";
    later.antecedent = first;
    return;
  }
  // "through Luc Oursel, its chief executive": a name of several words that looked like a place
  const auto is_person = [](const Mention& m) {
    return m.kind == MentionKind::person || m.kind == MentionKind::unknown ||
           (m.kind == MentionKind::place && m.range.size() > 1 && m.actors.front().why.starts_with("unknown name"));
  };
  if (is_person(earlier) == is_person(later) || (later.kind != MentionKind::agent && earlier.kind != MentionKind::agent)) return;
  Mention& person = is_person(earlier) ? earlier : later;
  Mention& agent = is_person(earlier) ? later : earlier;
  Actor& who = person.actors.front();
  Actor& what = agent.actors.front();
  // "Mrs Clinton, the US secretary of state": the holder of the office is called so
  if (who.entity == no_entity && what.entity != no_entity && !agent.former && bears_name(base_.entity(what.entity).name, parse_[person.range.last - 1].form)) {
    who.entity = what.entity;
    who.code = what.code;
    who.name = what.name;
    who.wikidata = what.wikidata;
    who.sector = what.sector;
    who.other_sectors = what.other_sectors;
    who.role = what.role;
    who.why = what.why + "; apposition";
    person.confidence = std::max(person.confidence, 0.9f);
  }
  if (person.kind == MentionKind::place) who.code.clear(), person.can_act = true;
  person.kind = MentionKind::person;
  // "Lieutenant General Gaid Salah, the army's chief of staff": of his offices the one that the text tells
  if (published_ && who.entity != no_entity && what.entity == no_entity && !agent.former && !what.sector.empty())
    take_office_like(who, bare_role(what.role), {});
  static constexpr std::array<std::string_view, 5> offices = {"GOV", "LEG", "JUD", "MIL", "COP"};
  const bool party_only = who.sector == "PTY" || who.sector == "OPP";
  const auto ruled_what = words_.rulers.behind_first_words_of(what.role);
  const bool ruled = ruled_what && ruled_what->starts_with("of") && who.sector == "ELI" &&
                     who.role.starts_with("former president");  // "Compaore, ruler of the country for 27 years, has resigned"
  if (who.entity != no_entity && what.entity == no_entity && (who.sector == "ELI" || (party_only && (what.code.empty() || what.code == who.code))) &&
      !agent.former && !ruled &&
      (std::find(offices.begin(), offices.end(), what.sector) != offices.end() || (who.sector == "ELI" && heads_party(words_, what)))) {
    who.sector = what.sector;
    who.other_sectors = what.other_sectors;
    who.role = what.role;
    who.why.append(told_by_text);
  }
  if (who.entity == no_entity || who.sector.empty()) {  // nobody the tables know, or without an office on the day
    if (who.code.empty() || (person.country_inferred && !agent.country_inferred && !what.code.empty())) who.code = what.code;
    if (who.sector.empty()) who.sector = what.sector, who.other_sectors = what.other_sectors;
    if (who.role.empty() || (is_rank(who.role) && !what.role.empty())) who.role = what.role;
    who.why += "; apposition";
  }
  what.entity = who.entity;
  what.name = who.name;
  what.wikidata = who.wikidata;
  const bool kin = !what.sector.empty() && what.sector == "CVL" && who.entity != no_entity && !who.sector.empty();  // "the premier's father"
  if (what.code.empty() || (who.entity != no_entity && !who.code.empty() && (agent.country_inferred || kin))) what.code = who.code;
  if (kin) what.sector = who.sector, what.other_sectors = who.other_sectors;
  if (who.entity != no_entity && who.sector == "MIL" && what.sector == "GOV" && what.role.starts_with("chief of staff"))
    what.sector = "MIL", what.other_sectors.clear();  // of an army, not of an office
  later.antecedent = first;
}

}  // namespace legation
