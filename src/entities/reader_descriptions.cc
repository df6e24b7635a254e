// Role nouns that mean somebody told before: "the ousted president", "his host", "her predecessor", "the latter".
#include "entities/reader.h"
#include "entities/roles.h"

namespace legation {
namespace {

constexpr std::size_t window_mentions = 60;

bool is_single_person(const Mention& mention) { return mention.kind == MentionKind::person && mention.actors.size() == 1; }

}  // namespace

/// Has a person ever held an office that goes by this word?
bool MentionReader::has_held(std::uint32_t person, std::string_view office) const {
  if (person == no_entity || base_.entity(person).kind != Entity::Kind::person) return false;
  const Entity& who = base_.entity(person);
  for (std::uint32_t i = who.first_office; i < who.last_office; ++i) {
    const Office& held = base_.offices()[i];
    if ((!published_ || held.from <= day_) && title_fits(words_, office, held.role)) return true;
  }
  return false;
}

Mention MentionReader::same_as_before(const Phrase& phrase, const AgentTerm& term, std::int32_t back) const {
  const Mention& antecedent = mentions_.list[static_cast<std::size_t>(back)];
  Mention mention = shell(phrase, MentionKind::agent);
  mention.antecedent = back;
  mention.actors = antecedent.actors;
  mention.confidence = 0.7f;
  for (Actor& actor : mention.actors) actor.why = base_.row(term.table, term.line) + " refers back; " + actor.why;
  return mention;
}

/// Ousted on the very day, or by rebels whom the tables do not count: the words say that the office is lost.
void MentionReader::take_office_away(Actor& actor) {
  if (actor.sector == "GOV") actor.sector = "ELI", actor.other_sectors.clear();
  if (!actor.role.empty() && !actor.role.starts_with("former ")) actor.role = "former " + actor.role;
}

/// "the ousted leader", "the former premier": the last person told who has held that office.
std::optional<Mention> MentionReader::former_holder(const Phrase& phrase, const AgentTerm& term) const {
  const std::string_view lost = office_lost(words_, term.term);
  if (units_[phrase.core].plural || phrase.indefinite || !phrase.definite || phrase.pronoun != no_unit || (lost.empty() && !phrase.former)) return std::nullopt;
  const std::string_view office = lost.empty() ? term.term : lost;
  std::string code;
  if (!phrase.countries.empty()) code = country_of_unit(units_[phrase.countries.front()]).code;
  for (std::size_t i = mentions_.list.size(), seen = 0; i-- > 0 && seen < window_mentions; ++seen) {
    const Mention& mention = mentions_.list[i];
    if (!is_single_person(mention)) continue;
    const Actor& actor = mention.actors.front();
    const Office* held = actor.entity == no_entity ? nullptr : base_.office_on(actor.entity, day_);
    const bool in_office = held && title_fits(words_, office, held->role) && held->to.days > day_.days + 30;
    if ((!code.empty() && actor.code != code) || in_office || !has_held(actor.entity, office)) continue;
    Mention same = same_as_before(phrase, term, static_cast<std::int32_t>(i));
    take_office_away(same.actors.front());
    return same;
  }
  return std::nullopt;
}

/// "the general", "the lawmaker", "the minister": the last person told whose sector or office the noun fits.
std::optional<Mention> MentionReader::described_person(const Phrase& phrase, const AgentTerm& term) const {
  const bool bare = phrase.countries.empty() && phrase.organisation == no_unit && phrase.body == no_unit && phrase.person == no_unit &&
                    phrase.pronoun == no_unit && !phrase.former && !phrase.acting;
  if (!bare || !phrase.definite || phrase.number || units_[phrase.core].plural || term.kind != AgentTerm::Kind::person || term.sectors.empty() ||
      term.sectors.front() == "CVL" || speaks_for_body(words_, term))
    return std::nullopt;
  constexpr std::uint32_t window_sentences = 3;
  for (std::size_t i = mentions_.list.size(); i-- > 0;) {
    const Mention& mention = mentions_.list[i];
    if (parse_[mention.head].sentence + window_sentences < phrase.sentence) break;
    if (!is_single_person(mention) || mention.actors.front().code.empty()) continue;
    const Actor& actor = mention.actors.front();
    if (actor.sector != term.sectors.front()) continue;
    const bool office = actor.sector == "GOV" || actor.sector == "LEG" || actor.sector == "JUD";
    if (office && actor.entity != no_entity && !has_held(actor.entity, term.term)) continue;
    if (parse_[mention.head].sentence == phrase.sentence && coreference_.traits(i).subject) continue;
    return same_as_before(phrase, term, static_cast<std::int32_t>(i));
  }
  return std::nullopt;
}

/// "his host", "her guest": the other person of the sentences just before.
std::optional<Mention> MentionReader::other_party(const Phrase& phrase, const AgentTerm& term) const {
  if (phrase.pronoun == no_unit || units_[phrase.core].plural || !words_.hosts.has(term.term)) return std::nullopt;
  const std::int32_t self = mentions_.of_token[phrase.pronoun];
  const Actor* own = self < 0 ? nullptr : &mentions_.list[static_cast<std::size_t>(self)].actors.front();
  for (std::size_t i = mentions_.list.size(), seen = 0; i-- > 0 && seen < window_mentions; ++seen) {
    const Mention& mention = mentions_.list[i];
    if (parse_[mention.head].sentence + 2 < phrase.sentence) break;
    if (!is_single_person(mention) || mention.actors.front().code.empty()) continue;
    if (own && (mention.actors.front().name == own->name || mention.actors.front().code == own->code)) continue;
    return same_as_before(phrase, term, static_cast<std::int32_t>(i));
  }
  return std::nullopt;
}

/// "his successor", "her predecessor": whoever held the same office after or before, by the table of offices.
std::optional<Mention> MentionReader::office_neighbour(const Phrase& phrase, const AgentTerm& term) const {
  const bool next = term.term == "successor";
  if ((!next && term.term != "predecessor") || phrase.pronoun == no_unit || units_[phrase.core].plural || !published_) return std::nullopt;
  const std::int32_t self = mentions_.of_token[phrase.pronoun];
  if (self < 0) return std::nullopt;
  const std::uint32_t person = mentions_.list[static_cast<std::size_t>(self)].actors.front().entity;
  if (person == no_entity || base_.entity(person).kind != Entity::Kind::person) return std::nullopt;
  const Office* own = base_.office_on(person, day_);
  const Entity& who = base_.entity(person);
  for (std::uint32_t i = who.first_office; !own && i < who.last_office; ++i)
    if (base_.offices()[i].from <= day_) own = &base_.offices()[i];
  if (!own) return std::nullopt;
  constexpr int gap_days = 120;
  const Office* best = nullptr;
  for (const Office& office : base_.offices()) {
    if (office.person == person || office.code != own->code || office.role != own->role) continue;
    const int gap = next ? office.from.days - own->to.days : own->from.days - office.to.days;
    if (gap < -3 || gap > gap_days) continue;
    if (!best || gap < (next ? best->from.days - own->to.days : own->from.days - best->to.days)) best = &office;
  }
  if (!best) return std::nullopt;
  Mention mention = shell(phrase, MentionKind::agent);
  mention.actors.push_back(base_.actor_on(best->person, day_));
  mention.actors.front().why = base_.row(best->table, best->line) + "; " + std::string(term.term);
  mention.confidence = 0.7f;
  return mention;
}

/// Two people told last, the earlier first, for "the former" and "the latter" where no list names them.
std::vector<std::int32_t> MentionReader::last_two_people(std::uint32_t sentence) const {
  std::vector<std::int32_t> two;
  for (std::size_t i = mentions_.list.size(), seen = 0; i-- > 0 && seen < window_mentions && two.size() < 2; ++seen) {
    const Mention& mention = mentions_.list[i];
    if (parse_[mention.head].sentence + 2 < sentence) break;
    if (!is_single_person(mention)) continue;
    if (two.empty() || mention.actors.front().name != mentions_.list[static_cast<std::size_t>(two.front())].actors.front().name)
      two.insert(two.begin(), static_cast<std::int32_t>(i));
  }
  return two.size() == 2 ? two : std::vector<std::int32_t>();
}

}  // namespace legation
