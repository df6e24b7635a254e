// People: full names, titles with surnames, bare surnames, and names nobody knows.
#include <algorithm>

#include "entities/metonymy.h"
#include "entities/normal_form.h"
#include "entities/reader.h"
#include "entities/roles.h"

namespace legation {
namespace {

/// Offices of a state, which a paper names without the state when it is its own.
bool is_home_title(const AgentTerm& term) {
  return !term.sectors.empty() && (term.sectors.front() == "GOV" || term.sectors.front() == "LEG" || term.sectors.front() == "JUD" ||
                                   term.sectors.front() == "COP" || term.sectors.front() == "MIL");
}

/// "former president", "ousted president" -> "president"
std::string_view office_word(const WordLists& words, std::string_view title) {
  if (const std::string_view lost = office_lost(words, title); !lost.empty()) return lost;
  return title.starts_with("former ") ? title.substr(7) : title;
}

bool has_flat(const Parse& parse, TokenRange range) {
  for (std::uint32_t t = range.first; t < range.last; ++t)
    if (parse[t].deprel == Deprel::flat) return true;
  return false;
}

}  // namespace

/// "Lake Albert", "Mount Kenya"
bool MentionReader::names_water_or_mountain(const Phrase& phrase) const {
  const Unit& core = units_[phrase.core];
  if (core.is(NameKind::place) || core.is(NameKind::agent) || core.is(NameKind::organisation)) return false;
  return phrase.range.size() > 1 && phrase.title == no_unit && words_.place_beginnings.has_in_any_case(parse_[phrase.range.first].form) &&
         case_of(parse_[phrase.range.first].form) == Case::capital;
}

bool MentionReader::names_person(const Phrase& phrase) const {
  if (phrase.honorific) return true;
  const Unit& core = units_[phrase.core];
  const Token& last = parse_[core.range.last - 1];
  const std::string_view first = parse_[core.range.first].form;
  if (words_.thing_beginnings.has_in_any_case(first) || words_.place_beginnings.has_in_any_case(first)) return false;
  if (words_.company_endings.has_in_any_case(last.form) || words_.press_endings.has_in_any_case(last.form)) return false;
  if (phrase.title != no_unit) return true;
  if (names_a_place(phrase)) return false;
  if (known_by_part(phrase, 0xFFFFFFFF) >= 0 && core.range.size() == 1) return true;
  if (phrase.definite || !phrase.countries.empty() || phrase.organisation != no_unit) return false;
  if (case_of(last.form) == Case::upper && core.range.size() == 1) return false;
  return core.range.size() > 1 && core.range.size() < 6 && has_flat(parse_, core.range);
}

/// "in El Alto", "the town of Zonkwa": places by what stands before them.
bool MentionReader::names_a_place(const Phrase& phrase) const {
  if (is_locative(words_, parse_, phrase.head)) return true;
  const Token& head = parse_[phrase.head];
  if (head.head < 0) return false;
  const Token& over = parse_[static_cast<std::uint32_t>(head.head)];
  return (head.deprel == Deprel::nmod || head.deprel == Deprel::nmod_desc || head.deprel == Deprel::appos) &&
         is_lower_case_of(preposition(parse_, phrase.head), "of") && words_.place_nouns.has_in_any_case(over.lemma);
}

/// The title before a name as an office: "deputy interior minister"; "former" is left out.
std::string MentionReader::title_of(const Phrase& phrase) const {
  return (phrase.deputy ? "deputy " : "") + std::string(office_word(words_, term(units_[phrase.title]).term));
}

/// "Chavez" in the weeks after his death: still the one whom the surname means.
bool MentionReader::left_head_office_lately(std::uint32_t person) const {
  constexpr int days_of_grace = 60;
  if (!published_) return false;
  const Entity& who = base_.entity(person);
  for (std::uint32_t i = who.first_office; i < who.last_office; ++i) {
    const Office& held = base_.offices()[i];
    if (held.to < day_ && held.to.days + days_of_grace >= day_.days && role_weight(held.role) >= 90) return true;
  }
  return false;
}

int MentionReader::person_score(const Name& name, const Phrase& phrase) const {
  const Office* office = published_ ? base_.office_on(name.target, day_) : nullptr;
  int score = office ? 4 + (role_weight(office->role) >= 70) : left_head_office_lately(name.target) ? 4 : 0;
  const Entity& who = base_.entity(name.target);
  if (phrase.title != no_unit) {
    bool fits = false;
    for (std::uint32_t i = who.first_office; i < who.last_office && !fits; ++i) {
      const Office& held = base_.offices()[i];
      fits = title_fits(words_, title_of(phrase), held.role) && (!published_ || held.on(day_) || (phrase.former && held.to < day_) || phrase.designate);
    }
    score += fits ? 6 : -4;
  }
  const std::string_view code = office ? office->code : who.code;
  for (std::uint32_t country : phrase.countries)
    score += country_of_unit(units_[country]).code == code || country_of_unit(units_[country]).code == who.code ? 4 : -6;
  if (codes_seen_.count(std::string(code))) score += 2;
  return score;
}

const Name* MentionReader::best_person(std::span<const Name> names, NameKind kind, const Phrase& phrase, bool must_fit) const {
  const Name* best = nullptr;
  int best_score = 0, heads = 0, in_office = 0;
  bool tie = false;
  for (const Name& name : names) {
    if (name.kind != kind) continue;
    const int score = person_score(name, phrase) + (kind == NameKind::person && name.wins(day_) ? 20 : 0);
    const Office* office = published_ ? base_.office_on(name.target, day_) : nullptr;
    heads += (office && role_weight(office->role) >= 90) || left_head_office_lately(name.target);
    in_office += office != nullptr;
    if (best && score == best_score && name.target != best->target) tie = true;
    if (best && score <= best_score) continue;
    if (best && score > best_score) tie = false;
    best = &name;
    best_score = score;
  }
  // A bare surname needs a title, a country in the text, or to be that of the only head of state or
  // government, or of nobody in office but this one foreign minister ("Kerry and Lavrov agreed").
  if (must_fit && (tie || best_score < (heads == 1 || in_office == 1 ? 5 : 6))) return nullptr;
  return best;
}

/// The full name that a lone part of it stands for: the last one told before, else the first one after.
std::int32_t MentionReader::known_by_part(const Phrase& phrase, std::size_t index) const {
  const Unit& core = units_[phrase.core];
  if (core.range.size() != 1) return -1;
  const auto found = phrases_by_part_.find(KnowledgeBase::digest_of(parse_[core.range.first].form));
  if (found == phrases_by_part_.end()) return -1;
  const auto after = std::lower_bound(found->second.begin(), found->second.end(), static_cast<std::uint32_t>(std::min<std::size_t>(index, 0xFFFFFFFE)));
  if (after == found->second.begin()) return static_cast<std::int32_t>(*after);
  const std::uint32_t last = *(after - 1);
  if (phrases_[last].sentence + 1 >= phrase.sentence || heads_state(phrases_[last])) return static_cast<std::int32_t>(last);
  for (auto earlier = after - 1; earlier != found->second.begin();)  // "Kim" is the leader again once his aide is some sentences back
    if (heads_state(phrases_[*--earlier])) return static_cast<std::int32_t>(*earlier);
  return static_cast<std::int32_t>(last);
}

/// The full name of a head of state or government on the day.
bool MentionReader::heads_state(const Phrase& phrase) const {
  const Unit& core = units_[phrase.core];
  if (!published_ || !core.is(NameKind::person)) return false;
  const Office* office = base_.office_on(core.best->target, day_);
  return office && role_weight(office->role) >= 90;
}

Actor MentionReader::actor_of_person(const Name& name) const {
  Actor actor = published_ ? base_.actor_on(name.target, day_) : base_.actor_latest(name.target);
  actor.why = base_.row(name.table, name.line);
  if (const Office* office = published_ ? base_.office_on(name.target, day_) : nullptr) actor.why += "; " + base_.row(office->table, office->line);
  return actor;
}

/// "Judge Alvin Hellerstein in New York": the country of the place right behind the name; empty when none
/// stands there.
std::string MentionReader::country_behind(const Phrase& phrase) const {
  const std::uint32_t at = phrase.range.last;
  const std::uint32_t end = parse_.sentences[phrase.sentence].tokens.last;
  if (at + 1 >= end || !(is_lower_case_of(parse_[at].form, "in") || is_lower_case_of(parse_[at].form, "of"))) return {};
  const auto unit = std::lower_bound(units_.begin(), units_.end(), at + 1, [](const Unit& one, std::uint32_t token) { return one.range.first < token; });
  if (unit == units_.end() || unit->range.first > at + 2 || unit->range.first >= end) return {};
  return unit->country() || unit->is(NameKind::place) ? country_of_unit(*unit).code : std::string();
}

/// What the words before a name say of somebody the tables know nothing of. True when the country is only
/// guessed from the context.
bool MentionReader::give_title(Actor& actor, const Phrase& phrase) {
  bool inferred = false;
  const bool titled = phrase.title != no_unit;
  std::vector<Actor> owner = owners(phrase);
  if (!owner.empty() && actor.code.empty()) actor.code = owner.front().code;
  if (titled && !owner.empty()) take_body_of_title(actor, phrase, owner.front().code);
  if (titled && phrase.pronoun != no_unit && actor.sector.empty() && term(units_[phrase.title]).term == "deputy") {  // "his deputy Ana Example"
    dress(actor, phrase, term(units_[phrase.title]), units_[phrase.title]);
    take_sector_of_superior(actor, phrase.pronoun);
  }
  if (titled && actor.code.empty() && actor.entity == no_entity && phrase.organisation == no_unit && !phrase.former &&
      is_home_title(term(units_[phrase.title])))
    actor.code = country_behind(phrase);
  const bool party = titled && !term(units_[phrase.title]).sectors.empty() &&
                     (term(units_[phrase.title]).sectors.front() == "OPP" || term(units_[phrase.title]).sectors.front() == "PTY");
  if (titled && actor.code.empty() && phrase.organisation == no_unit && (party || is_home_title(term(units_[phrase.title])))) {
    std::string_view why;
    actor.code = home_of(phrase, term(units_[phrase.title]), why);
    if (actor.entity == no_entity && !actor.code.empty() && is_taken(phrase, actor.code))
      actor.code = only_country_with_vacancy(phrase), why = "nobody else is known in that office";
    if (!actor.code.empty()) actor.why.append("; ").append(why), inferred = true;
  }
  const bool rank_only = titled && !actor.role.empty() && is_rank(term(units_[phrase.title]).term);  // "General" of an envoy of many states
  if (rank_only && actor.sector.empty() && actor.role.starts_with("former ") && !phrase.former && !is_international(actor.code)) {
    actor.sector = "MIL";  // "Army chief General Mahele" on the day after
    actor.role.erase(0, 7);
  }
  if (titled && actor.sector.empty() && !rank_only) dress(actor, phrase, term(units_[phrase.title]), units_[phrase.title]);
  if (titled && actor.entity == no_entity && phrase.pronoun != no_unit && speaks_for_body(words_, term(units_[phrase.title])))
    take_arms_of(actor, phrase.pronoun);
  return inferred;
}

/// Is somebody else known to hold the office of the title there that day? An open term may have ended since, so
/// its holder must be told in the text.
bool MentionReader::is_taken(const Phrase& phrase, std::string_view code) const {
  if (!published_ || phrase.former || phrase.deputy || phrase.acting || phrase.designate) return false;
  const std::string_view title = term(units_[phrase.title]).term;
  const std::uint32_t holder = is_sole_office(words_, title) ? base_.holder(title, code, day_) : no_entity;
  if (holder == no_entity) return false;
  const Office* office = base_.office_on(holder, day_);
  return people_told_.count(holder) > 0 || (office && title_names(title, office->role) && office->to < Date::parse("9000-01-01"));
}

/// The one country of the text whose holder of that office is not known to be somebody else; empty when several.
std::string MentionReader::only_country_with_vacancy(const Phrase& phrase) const {
  std::string_view found;
  for (std::string_view code : census_) {
    if (is_international(code) || is_taken(phrase, code)) continue;
    if (!found.empty()) return {};
    found = code;
  }
  return std::string(found);
}

/// "U.N. envoy Mohamed Sahnoun", "his envoy" of the secretary-general: who holds no office at home acts for the body
/// whose envoy the text calls him, not for the country he comes from.
void MentionReader::take_body_of_title(Actor& actor, const Phrase& phrase, std::string_view body) {
  if (actor.entity == no_entity || actor.code == body || !is_international(body) || phrase.former) return;
  if (!actor.role.empty() && actor.sector != "ELI" && !actor.role.starts_with("former ")) return;
  const std::string_view title = term(units_[phrase.title]).term;
  if (!words_.envoys.has_last_words_of(title)) return;
  actor.code = body;
  actor.role.clear();
  actor.other_sectors.clear();
  dress(actor, phrase, term(units_[phrase.title]), units_[phrase.title]);
}

/// "Gordon Brown" in a text about Britain that says nothing of the United Nations, whose envoy he is besides: the
/// former prime minister.
void MentionReader::take_home_office(Actor& actor) const {
  if (!published_ || actor.entity == no_entity || !is_international(actor.code)) return;
  const bool besides = actor.role.find("envoy") != std::string::npos || actor.role.find("mediator") != std::string::npos;
  if (!besides || spoken_of_beside(actor.code, actor.entity)) return;
  const Entity& who = base_.entity(actor.entity);
  const Office* last = nullptr;
  for (std::uint32_t i = who.first_office; i < who.last_office; ++i) {
    const Office& held = base_.offices()[i];
    if (held.to < day_ && role_weight(held.role) >= 85 && !is_international(held.code) && (!last || held.to > last->to)) last = &held;
  }
  if (!last || !spoken_of_beside(last->code, actor.entity)) return;
  actor = base_.actor_in(*last);
  actor.role = "former " + actor.role;
  actor.sector = "ELI";
  actor.other_sectors.clear();
  actor.why = base_.row(last->table, last->line) + "; the text speaks of his country";
}

/// Of several offices held at once the one that the title before the name tells: "General" of somebody who is
/// deputy minister and chief of staff.
void MentionReader::take_titled_office(Actor& actor, const Phrase& phrase) const {
  if (!published_ || phrase.title == no_unit || phrase.former || actor.entity == no_entity) return;
  const AgentTerm& title = term(units_[phrase.title]);
  if (title.sectors.empty()) return;
  take_office_like(actor, title_of(phrase), is_rank(title.term) ? std::string_view("MIL") : std::string_view());
}

/// Gives a person the office of the day that goes by a role noun (or has this sector), if another one stood
/// for him.
void MentionReader::take_office_like(Actor& actor, std::string_view role, std::string_view sector) const {
  const Entity& who = base_.entity(actor.entity);
  const Office* current = base_.office_on(actor.entity, day_);
  if (!current) return;
  const auto fits = [&](const Office& held) { return sector.empty() ? title_names(role, held.role) : !held.sectors.empty() && held.sectors.front() == sector; };
  if (fits(*current)) return;
  for (std::uint32_t i = who.first_office; i < who.last_office; ++i) {
    const Office& held = base_.offices()[i];
    if (!held.on(day_) || !fits(held)) continue;
    const Actor dated = base_.actor_in(held);
    actor.code = dated.code;
    actor.role = dated.role;
    actor.sector = dated.sector;
    actor.other_sectors = dated.other_sectors;
    actor.why += "; " + base_.row(held.table, held.line) + " as the text says";
    return;
  }
}

/// "former President Álvaro Uribe" of a senator: the office that the text tells, as one that is over.
void MentionReader::take_former_title(Actor& actor, const Phrase& phrase) const {
  if (!published_ || phrase.title == no_unit || actor.entity == no_entity) return;
  if (!phrase.former && office_lost(words_, term(units_[phrase.title]).term).empty()) return;
  const std::string title = title_of(phrase);
  const Entity& who = base_.entity(actor.entity);
  const Office* last = nullptr;
  for (std::uint32_t i = who.first_office; i < who.last_office; ++i) {
    const Office& held = base_.offices()[i];
    if (held.from <= day_ && title_names(title, held.role) && (!last || held.to > last->to)) last = &held;
  }
  if (!last || actor.role == "former " + base_.actor_in(*last).role) return;
  actor.role = "former " + base_.actor_in(*last).role;
  if (is_international(actor.code)) actor.code = base_.actor_in(*last).code;  // told as a former president, though an envoy by now
  if (last->on(day_) || actor.sector == "PTY" || actor.sector == "OPP") {     // the tables are behind the text, or he leads a party by now
    actor.other_sectors.clear();
    if (actor.sector == "PTY" || actor.sector == "OPP") actor.other_sectors.push_back(actor.sector);
    actor.sector = "ELI";
  }
  actor.why += "; " + base_.row(last->table, last->line) + " as the text says";
}

/// Left office, or leads a party only.
static bool out_of_government(const Actor& actor) { return actor.sector == "ELI" || actor.sector == "PTY" || actor.sector == "OPP"; }

/// "Deputy Interior Minister Vasilyev" of somebody whom the tables have elsewhere in the same government that
/// day: they are behind.
bool MentionReader::names_another_office(const Actor& actor, const Phrase& phrase) const {
  const std::string title = title_of(phrase);
  if (!published_ || actor.sector != "GOV" || is_international(actor.code) || role_weight(title) < 50 || title == "minister") return false;
  const Entity& who = base_.entity(actor.entity);
  for (std::uint32_t i = who.first_office; i < who.last_office; ++i)
    if (base_.offices()[i].on(day_) && title_fits(words_, title, base_.offices()[i].role)) return false;
  return true;
}

/// "President Park" ten days after her term, "Assistant Minister Liu" once a spokesman: the text knows better
/// than the tables, unless the title is that of an office left long ago ("President Carter").
bool MentionReader::title_is_current(const Actor& actor, const Phrase& phrase) const {
  constexpr int days_of_grace = 400;
  if (actor.entity == no_entity || phrase.title == no_unit || phrase.former) return false;
  const AgentTerm& title = term(units_[phrase.title]);
  if (!is_home_title(title)) return false;
  if (!out_of_government(actor)) return names_another_office(actor, phrase);
  const Entity& who = base_.entity(actor.entity);
  const Office* present = published_ ? base_.office_on(actor.entity, day_) : nullptr;
  if (present && actor.sector != "ELI" && words_.leader_titles.has(title.term) && title_names("leader", present->role)) return false;  // "Socialist leader"
  const bool rank = is_rank(title.term);  // "General Pinochet": kept for life, an office only while he commands
  bool fits = rank;
  for (std::uint32_t i = who.first_office; i < who.last_office; ++i) {
    const Office& held = base_.offices()[i];
    const bool army = rank && !held.sectors.empty() && held.sectors.front() == "MIL";
    if (!army && !title_fits(words_, title_of(phrase), held.role)) continue;
    fits = true;
    if (held.to.days + days_of_grace >= day_.days) return true;
  }
  return !fits;
}

/// What an apposition or title told of a person before holds for the bare name too.
void MentionReader::take_told_office(Actor& actor, std::int32_t earlier) const {
  if (earlier < 0 || (!out_of_government(actor) && !actor.sector.empty())) return;
  const Actor& told = mentions_.list[static_cast<std::size_t>(earlier)].actors.front();
  const bool without_office = actor.sector.empty() && actor.role.empty() && !told.role.empty();  // "President-elect Milei", then "Milei"
  if (told.entity != actor.entity || (!without_office && told.why.find(told_by_text) == std::string::npos)) return;
  actor.sector = told.sector;
  actor.other_sectors = told.other_sectors;
  actor.role = told.role;
  actor.why.append(told_by_text);
}

/// "Foreign Minister Hassoumi Massoudou" on the day after a coup: the text still calls him by the office.
bool MentionReader::lost_lately(std::uint32_t person, const Phrase& phrase) const {
  constexpr int days_of_grace = 60;
  if (phrase.title == no_unit) return false;
  const Entity& who = base_.entity(person);
  for (std::uint32_t i = who.first_office; i < who.last_office; ++i) {
    const Office& held = base_.offices()[i];
    if (held.from <= day_ && held.to.days + days_of_grace >= day_.days && title_fits(words_, title_of(phrase), held.role)) return true;
  }
  return false;
}

/// The one whose name this is in another spelling, if the text speaks of the country or tells the office:
/// names in full that the tables lack may be anybody's.
std::uint32_t MentionReader::near_person(const Phrase& phrase) const {
  const Unit& core = units_[phrase.core];
  if (core.range.size() < 2) return no_entity;
  const auto told = [&](std::uint32_t person) {
    const Actor actor = base_.actor_on(person, day_);
    for (std::uint32_t country : phrase.countries)
      if (country_of_unit(units_[country]).code != actor.code) return false;
    const bool spoken_of = !phrase.countries.empty() || codes_seen_.count(actor.code) || is_international(actor.code) ||
                           std::find(census_.begin(), census_.end(), actor.code) != census_.end();
    const bool in_office = !published_ || base_.office_on(person, day_) != nullptr || lost_lately(person, phrase);
    return spoken_of && (in_office || phrase.title == no_unit || phrase.former);
  };
  std::uint32_t found = no_entity;
  for (std::uint32_t person : base_.near_people(parse_.words(core.range))) {
    if (!told(person)) continue;
    if (found != no_entity) return no_entity;
    found = person;
  }
  return found;
}

/// "Vice President Ricardo Márquez" in a text about Peru is not the Philippine police chief: the title is
/// none that he ever had, and nothing else speaks of his country.
bool MentionReader::is_namesake(const Name& name, const Phrase& phrase) const {
  if (phrase.title == no_unit || name.table >= EntityTable::user) return false;
  const AgentTerm& title = term(units_[phrase.title]);
  const Entity& who = base_.entity(name.target);
  if (!is_home_title(title) || role_weight(title.term) < 50 || who.first_office == who.last_office) return false;
  std::string_view code = who.code;
  for (std::uint32_t i = who.first_office; i < who.last_office; ++i) {
    if (title_fits(words_, title_of(phrase), base_.offices()[i].role)) return false;
    if (code.empty()) code = base_.offices()[i].code;
  }
  return !is_international(code) && !spoken_of_beside(code, name.target);
}

/// Does anything but the names of this person speak of the country?
bool MentionReader::spoken_of_beside(std::string_view code, std::uint32_t person) const {
  const auto country = times_told_.find(code);
  const auto own = people_told_.find(person);
  return country != times_told_.end() && country->second > (own == people_told_.end() ? 0 : own->second);
}

/// "Sasa" after "Colonel Yaura Sasa" in a text about Papua New Guinea is he, though the tables call somebody
/// in Myanmar just so: the full name told before, when nothing speaks of the other one's country; -1 when
/// none.
std::int32_t MentionReader::stranger_called(const Phrase& phrase, std::size_t index) const {
  const Unit& core = units_[phrase.core];
  if (!core.is(NameKind::person) || core.range.size() != 1 || core.best->wins(day_)) return -1;
  const auto found = phrases_by_part_.find(KnowledgeBase::digest_of(parse_[core.range.first].form));
  if (found == phrases_by_part_.end()) return -1;
  constexpr int looks = 20;
  int seen = 0;
  for (auto full = found->second.rbegin(); full != found->second.rend() && seen < looks; ++full, ++seen) {
    const Unit& other = units_[phrases_[*full].core];
    const bool another = other.unknown() || (other.is(NameKind::person) && other.range.size() > 1 && other.best->target != core.best->target);
    if (*full >= index || !another || mention_of_phrase_[*full] < 0) continue;
    const Entity& alias = base_.entity(core.best->target);
    const std::string_view code = alias.code.empty() && alias.first_office < alias.last_office ? base_.offices()[alias.first_office].code : alias.code;
    return is_international(code) || spoken_of_beside(code, core.best->target) ? -1 : static_cast<std::int32_t>(*full);
  }
  return -1;
}

/// The last mention of a person whose office the text told against the tables; -1 when none.
std::int32_t MentionReader::told_before(std::uint32_t person) const {
  constexpr std::size_t window_mentions = 60;
  for (std::size_t i = mentions_.list.size(), seen = 0; i-- > 0 && seen < window_mentions; ++seen) {
    const Mention& mention = mentions_.list[i];
    if (mention.kind == MentionKind::person && mention.actors.size() == 1 && mention.actors.front().entity == person) return static_cast<std::int32_t>(i);
  }
  return -1;
}

/// "Emir Tamim", "King Hamad": who holds the office in a country the text speaks of and bears the name,
/// though nobody is called by that name alone.
std::uint32_t MentionReader::holder_called(const Phrase& phrase) const {
  const Unit& core = units_[phrase.core];
  if (!published_ || phrase.title == no_unit || phrase.former || phrase.deputy || core.range.size() != 1) return no_entity;
  const std::string_view role = term(units_[phrase.title]).term;
  if (role_weight(role) < 70) return no_entity;
  std::uint32_t found = no_entity;
  const auto ask = [&](std::string_view code) {
    const std::uint32_t holder = base_.holder(role, code, day_);
    if (holder == no_entity || holder == found || !bears_name(base_.entity(holder).name, parse_[core.range.first].form)) return true;
    if (found != no_entity) return false;
    found = holder;
    return true;
  };
  if (!phrase.countries.empty()) return ask(country_of_unit(units_[phrase.countries.front()]).code), found;
  for (std::string_view code : census_)
    if (!ask(code)) return no_entity;
  return found;
}

/// "Interior Minister Ljube Boskovski" where the tables have Ljube Boškoski in that office of a country of the text:
/// one part of the name is the same and the last begins alike.
std::uint32_t MentionReader::holder_like(const Phrase& phrase) const {
  const Unit& core = units_[phrase.core];
  if (!published_ || phrase.title == no_unit || phrase.former || phrase.deputy || phrase.acting || phrase.designate || core.range.size() < 2) return no_entity;
  const std::string_view role = term(units_[phrase.title]).term;
  if (!is_sole_office(words_, role)) return no_entity;
  std::uint32_t found = no_entity;
  const auto ask = [&](std::string_view code) {
    const std::uint32_t holder = base_.holder(role, code, day_);
    if (holder == no_entity) return;
    const std::string_view name = base_.entity(holder).name;
    const std::string last = normal_form(parse_[core.range.last - 1].form), own = normal_form(name.substr(name.rfind(' ') + 1));
    bool shared = false;
    for (std::uint32_t at = core.range.first; at + 1 < core.range.last && !shared; ++at)
      shared = parse_[at].form.size() > 2 && bears_name(name, parse_[at].form);
    if (shared && last.substr(0, 2) == own.substr(0, 2)) found = holder;
  };
  if (!phrase.countries.empty())
    ask(country_of_unit(units_[phrase.countries.front()]).code);
  else
    for (std::string_view code : census_) ask(code);
  return found;
}

/// "His brother Shahbaz" after "Nawaz Sharif": somebody with that surname whom the tables know.
std::uint32_t MentionReader::relative_called(const Phrase& phrase) const {
  const Unit& core = units_[phrase.core];
  if (core.range.size() != 1 || phrase.title == no_unit || phrase.pronoun == no_unit || !words_.kin.has_in_any_case(term(units_[phrase.title]).term))
    return no_entity;
  const std::int32_t back = mentions_.of_token[phrase.pronoun];
  if (back < 0 || mentions_.list[static_cast<std::size_t>(back)].actors.size() != 1) return no_entity;
  const Actor& relative = mentions_.list[static_cast<std::size_t>(back)].actors.front();
  const std::string surname = relative.name.substr(relative.name.rfind(' ') + 1);
  const std::string full = std::string(parse_[core.range.first].form) + " " + surname;
  for (const Candidate& candidate : base_.find(full, published_)) {
    const std::uint32_t entity = candidate.actor.entity;
    if (candidate.kind != NameKind::person || entity == no_entity || entity == relative.entity || candidate.actor.code != relative.code) continue;
    if (bears_name(base_.entity(entity).name, surname) && candidate.reason.find("near spelling") == std::string::npos) return entity;
  }
  return no_entity;
}

Mention MentionReader::person(const Phrase& phrase, std::size_t index) {
  const Unit& core = units_[phrase.core];
  Mention mention = shell(phrase, MentionKind::person);
  Actor actor;
  const Name* name = nullptr;
  std::int32_t earlier = -1, earlier_office = -1;
  bool part = false;  // of a full name elsewhere in the document
  if (const std::int32_t full = stranger_called(phrase, index); full >= 0) {
    earlier = mention_of_phrase_[static_cast<std::size_t>(full)];
    actor = mentions_.list[static_cast<std::size_t>(earlier)].actors.front();
    part = true;
  } else if (const std::uint32_t relative = relative_called(phrase); relative != no_entity) {
    actor = published_ ? base_.actor_on(relative, day_) : base_.actor_latest(relative);
    actor.why = "relative of that surname";
    mention.confidence = 0.8f;
  } else if (core.is(NameKind::person)) {
    name = best_person(core.names, NameKind::person, phrase, false);
    if (name && is_namesake(*name, phrase)) name = nullptr;
    if (name) earlier_office = told_before(name->target);
  } else if (const std::int32_t full = known_by_part(phrase, index); full >= 0) {
    earlier = mention_of_phrase_[static_cast<std::size_t>(full)];
    const Phrase& other = phrases_[static_cast<std::size_t>(full)];
    if (units_[other.core].is(NameKind::person))
      name = best_person(units_[other.core].names, NameKind::person, other, false);
    else if (earlier >= 0)
      actor = mentions_.list[static_cast<std::size_t>(earlier)].actors.front();
    else
      actor.name = std::string(parse_.words(units_[other.core].range)), actor.why = "named in full later";
    part = true;
  } else if (const std::uint32_t holder = holder_called(phrase); holder != no_entity) {
    actor = base_.actor_on(holder, day_);
    actor.why = "holds the office of the title";
    mention.confidence = 0.8f;
  } else if (core.is(NameKind::name_part)) {
    name = best_person(core.names, NameKind::name_part, phrase, true);
    mention.confidence = 0.7f;
  } else if (const std::uint32_t near = near_person(phrase); near != no_entity) {
    actor = published_ ? base_.actor_on(near, day_) : base_.actor_latest(near);
    actor.why = "near spelling of " + std::string(base_.entity(near).name);
    mention.confidence = 0.8f;
  } else if (const std::uint32_t alike = holder_like(phrase); alike != no_entity) {
    actor = base_.actor_on(alike, day_);
    actor.why = "holds the office of the title under a name like it: " + std::string(base_.entity(alike).name);
    mention.confidence = 0.8f;
  }
  if (name) actor = actor_of_person(*name);
  if (phrase.title == no_unit && phrase.organisation == no_unit) take_home_office(actor);
  if (actor.name.empty()) actor.name = std::string(parse_.words(core.range)), actor.why = "name by its form";
  if (!name && earlier < 0 && actor.entity == no_entity) mention.confidence = 0.6f;
  const bool told = title_is_current(actor, phrase);
  take_titled_office(actor, phrase);
  if (told) actor.sector.clear(), actor.other_sectors.clear();
  take_former_title(actor, phrase);
  const bool guessed = give_title(actor, phrase);
  mention.country_inferred = guessed && actor.entity == no_entity;
  if (told) actor.why.append(told_by_text);
  if (name) take_told_office(actor, earlier >= 0 ? earlier : earlier_office);
  mention.antecedent = earlier;
  if (!name && !part && phrase.title == no_unit && !phrase.honorific && core.range.size() == 1) mention.kind = MentionKind::unknown;
  mention.actors.push_back(std::move(actor));
  return mention;
}

/// "the South", "the North" in a text about Korea.
std::uint32_t MentionReader::half_of_korea(std::string_view form) const {
  if (!codes_seen_.count("KOR") && !codes_seen_.count("PRK")) return no_entity;
  if (form == "South" || form == "SOUTH") return base_.state("KOR");
  return form == "North" || form == "NORTH" ? base_.state("PRK") : no_entity;
}

/// "Munich Transport Board (MTB)": the mention right before the bracket, now and from now on.
std::int32_t MentionReader::acronym_of(const Phrase& phrase) {
  const Unit& core = units_[phrase.core];
  const std::uint32_t at = core.range.first;
  if (core.range.size() != 1 || case_of(parse_[at].form) != Case::upper) return -1;
  const std::string key = "acronym " + std::string(parse_[at].form);
  const TokenRange tokens = parse_.sentences[phrase.sentence].tokens;
  if (at >= tokens.first + 2 && at + 1 < tokens.last && parse_[at - 1].form == "(" && parse_[at + 1].form == ")") {
    const std::int32_t full = mentions_.of_token[at - 2];
    const bool named = full >= 0 && mentions_.list[static_cast<std::size_t>(full)].range.size() > 1;
    if (named) coreference_.name_by(key, full);
  }
  return coreference_.called(key);
}

/// "Orion Petroleum" need not be of Orion in the Philippines: a small town in a company's name says nothing
/// by itself.
bool MentionReader::named_like_a_town(const Phrase& phrase, const std::string& code) const {
  constexpr std::uint32_t well_known = 300'000;
  if (phrase.countries.size() != 1 || !units_[phrase.countries.front()].is(NameKind::place)) return false;
  if (codes_seen_.count(code) || code == dateline_) return false;
  for (const Name& name : units_[phrase.countries.front()].names)
    if (name.kind == NameKind::place && base_.places()[name.target].population >= well_known) return false;
  return phrase.range.first == units_[phrase.countries.front()].range.first;
}

/// "Acme" in a text that names "Acme Mining": the body whose first word this is.
const Unit* MentionReader::body_begun_by(const Unit& unit) const {
  if (unit.range.size() != 1) return nullptr;
  const auto found = bodies_by_first_.find(KnowledgeBase::digest_of(parse_[unit.range.first].form));
  return found == bodies_by_first_.end() || found->second == &unit ? nullptr : found->second;
}

/// Firms and papers nobody knows, by their first word.
void MentionReader::register_bodies() {
  for (const Unit& unit : units_) {
    if (!unit.unknown() || unit.range.size() < 2) continue;
    const std::string_view last = parse_[unit.range.last - 1].form;
    if (words_.company_endings.has_in_any_case(last) || words_.press_endings.has_in_any_case(last))
      bodies_by_first_.emplace(KnowledgeBase::digest_of(parse_[unit.range.first].form), &unit);
  }
}

/// A proper noun that is no person by its form: company, paper, ship, place.
Mention MentionReader::unknown_name(const Phrase& phrase) {
  const Unit& core = units_[phrase.core];
  if (core.unknown() && !phrase.definite && near_person(phrase) != no_entity) return person(phrase, 0xFFFFFFFF);
  Mention mention = shell(phrase, MentionKind::unknown);
  mention.confidence = 0.4f;
  Actor actor;
  if (phrase.definite && core.range.size() == 1)
    if (const std::uint32_t half = half_of_korea(parse_[core.range.first].form); half != no_entity) {
      mention.kind = MentionKind::state;
      mention.confidence = 0.8f;
      mention.can_act = !is_locative(words_, parse_, phrase.head);
      mention.actors.push_back(base_.actor_on(half, day_));
      mention.actors.front().why = "half of Korea, of which the text speaks";
      return mention;
    }
  actor.name = std::string(parse_.words(phrase.range));
  actor.why = "unknown name";
  const std::string_view last = parse_[core.range.last - 1].form;
  if (words_.company_endings.has_in_any_case(last))
    mention.kind = MentionKind::organisation, actor.sector = "BUS", actor.why = "company by its last word";
  else if (words_.press_endings.has_in_any_case(last))
    mention.kind = MentionKind::organisation, actor.sector = "JRN", actor.why = "press by its last word";
  else if (words_.press_beginnings.has_in_any_case(parse_[phrase.range.first].form) && phrase.range.size() > 1)
    mention.kind = MentionKind::organisation, actor.sector = "JRN", actor.why = "press by its first word";
  else if (phrase.body != no_unit && case_of(parse_[units_[phrase.body].range.last - 1].form) == Case::lower &&
           units_[phrase.body].range.last == core.range.first && !term(units_[phrase.body]).sectors.empty()) {
    const AgentTerm& body = term(units_[phrase.body]);  // "the oil company Elf", "the rights group Appeal"
    mention.kind = MentionKind::organisation;
    mention.confidence = 0.6f;
    actor.name = std::string(parse_.words(core.range));
    actor.sector = body.sectors.front();
    actor.other_sectors.assign(body.sectors.begin() + 1, body.sectors.end());
    actor.why = base_.row(body.table, body.line) + " names an unknown body";
  }
  if (names_water_or_mountain(phrase)) mention.kind = MentionKind::place, mention.can_act = false;
  if (const Unit* body = body_begun_by(core); body && mention.kind == MentionKind::unknown) {
    mention.kind = MentionKind::organisation;
    mention.confidence = 0.7f;
    actor.name = std::string(parse_.words(body->range));
    actor.sector = words_.press_endings.has_in_any_case(parse_[body->range.last - 1].form) ? "JRN" : "BUS";
    actor.why = "first word of " + actor.name;
  }
  if (const std::int32_t full = acronym_of(phrase); full >= 0) {
    mention.actors = mentions_.list[static_cast<std::size_t>(full)].actors;
    mention.kind = mentions_.list[static_cast<std::size_t>(full)].kind;
    mention.antecedent = full;
    mention.confidence = 0.9f;
    for (Actor& known : mention.actors) known.why = "acronym explained in the text; " + known.why;
    return mention;
  }
  std::vector<Actor> owner = owners(phrase);
  if (!owner.empty() && !named_like_a_town(phrase, owner.front().code)) actor.code = owner.front().code;
  const std::int32_t governor = parse_[phrase.head].head;
  if (mention.kind == MentionKind::unknown && core.range.size() <= 3 && parse_[phrase.head].deprel == Deprel::nsubj && !phrase.definite && governor >= 0 &&
      words_.speaking_verbs.has_in_any_case(parse_[static_cast<std::uint32_t>(governor)].lemma) && case_of(last) != Case::upper)
    mention.kind = MentionKind::person;
  if (mention.kind == MentionKind::unknown && names_a_place(phrase)) mention.kind = MentionKind::place, mention.can_act = false;
  if (mention.kind == MentionKind::place && actor.code.empty())
    actor.code = !sentence_place_.empty() ? sentence_place_ : !sole_country_.empty() ? sole_country_ : lead_country_;
  mention.actors.push_back(std::move(actor));
  return mention;
}

}  // namespace legation
