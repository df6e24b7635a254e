// Role nouns, bodies, states and places: whose officials, which ministry, and who "the president" is.
#include <algorithm>
#include <array>

#include "entities/metonymy.h"
#include "entities/normal_form.h"
#include "entities/reader.h"
#include "entities/roles.h"

namespace legation {
namespace {

template <std::size_t n>
bool one_of(std::string_view word, const std::array<std::string_view, n>& words) {
  return std::find(words.begin(), words.end(), word) != words.end();
}

/// States that share a name, told by its plural.
struct Namesakes {
  std::string_view plural;
  std::array<std::string_view, 3> codes;
};
constexpr std::array<Namesakes, 4> namesakes = {
    {{"Koreas", {"KOR", "PRK"}}, {"Sudans", {"SDN", "SSD"}}, {"Congos", {"COG", "COD"}}, {"Guineas", {"GIN", "GNB", "GNQ"}}}};
/// Sectors of institutions: without an owner they are those of the dateline's country.
constexpr std::array<std::string_view, 7> home_sectors = {"GOV", "LEG", "JUD", "COP", "MIL", "OPP", "PTY"};
/// Sectors that act even as the first half of a compound: "rebel attack", "police raid", unlike "business
/// conference".
constexpr std::array<std::string_view, 11> modifying_sectors = {"GOV", "MIL", "COP", "REB", "UAF", "PRM", "LEG", "JUD", "OPP", "SPY", "PTY"};
/// Sectors of people who belong to where they are: "police in Lahore", "residents". Officials may be
/// anywhere.
constexpr std::array<std::string_view, 10> local_sectors = {"CVL", "COP", "UAF", "CRM", "REB", "LAB", "EDU", "MED", "AGR", "REL"};
/// Sectors of those who bear arms.
constexpr std::array<std::string_view, 6> armed_sectors = {"UAF", "REB", "MIL", "PRM", "COP", "SPY"};
/// Sectors that are held and lost: a former bearer is ELI.
constexpr std::array<std::string_view, 6> held_sectors = {"GOV", "LEG", "JUD", "MIL", "COP", "SPY"};
bool is_capitalised(const Parse& parse, TokenRange range) {
  const Case c = case_of(parse[range.last - 1].form);
  return c == Case::capital || c == Case::upper;
}

void take_sectors(Actor& actor, const std::vector<std::string_view>& sectors) {
  actor.sector = sectors.empty() ? std::string() : std::string(sectors.front());
  actor.other_sectors.clear();
  for (std::size_t i = 1; i < sectors.size(); ++i) actor.other_sectors.emplace_back(sectors[i]);
}

/// Nouns of which every country has one: "the two armies", "officers of both navies", "the two parliaments".
bool is_one_of_each(const AgentTerm& term, const AgentTerm* body) {
  static constexpr std::array<std::string_view, 3> sectors = {"MIL", "LEG", "SPY"};
  const AgentTerm& of = body ? *body : term;
  return of.kind == AgentTerm::Kind::body && !of.sectors.empty() && one_of(of.sectors.front(), sectors);
}

bool is_genitive(const Token& token) {
  return token.upos == Upos::PART && (token.form == "'s" || token.form == "\u2019s" || token.form == "'" || token.form == "\u2019");
}

Actor owner_of(const std::string& code, std::string_view why) {
  Actor owner;
  owner.code = code;
  owner.why = why;
  return owner;
}

bool has_sector(const Actor& actor, std::string_view sector) {
  return actor.sector == sector || std::find(actor.other_sectors.begin(), actor.other_sectors.end(), sector) != actor.other_sectors.end();
}

}  // namespace

// ---- countries ----

Actor MentionReader::state_actor(const Unit& unit) const {
  Actor actor = base_.actor_on(unit.best->target, day_);
  actor.why = base_.row(unit.best->table, unit.best->line);
  return actor;
}

/// Code (and PRE) of whatever names a country: a state, a city, a body.
Actor MentionReader::country_of_unit(const Unit& unit) const {
  Actor owner;
  if (unit.country() || unit.is(NameKind::organisation)) {
    Actor actor = state_actor(unit);
    owner.code = actor.code;
    owner.name = actor.name;
    if (has_sector(actor, "PRE")) owner.other_sectors.emplace_back("PRE");
    owner.why = actor.why;
  } else if (unit.is(NameKind::place)) {
    const bool users = std::any_of(unit.names.begin(), unit.names.end(), [&](const Name& name) { return name.kind == NameKind::place && name.wins(day_); });
    std::vector<std::uint32_t> rows;
    for (const Name& name : unit.names)
      if (name.kind == NameKind::place && (!users || name.wins(day_))) rows.push_back(name.target);
    CountryCounts counts;
    for (const auto& [code, times] : codes_seen_) counts.add(code, times);
    const auto best = base_.places().best(rows, counts);
    if (!best) return owner;
    owner.code = base_.places()[*best].country;
    owner.why = base_.row(users ? unit.best->table : EntityTable::places, base_.places()[*best].line);
  }
  return owner;
}

/// Whose it is: nationalities, "of Japan", "Hamas", "Xi's", "their". One actor per country.
std::vector<Actor> MentionReader::owners(const Phrase& phrase) {
  std::vector<Actor> owners;
  const auto add = [&](Actor owner) {
    if (owner.code.empty()) return;
    const bool known = std::any_of(owners.begin(), owners.end(), [&](const Actor& a) { return a.code == owner.code; });
    if (!known) owners.push_back(std::move(owner));
  };
  for (std::uint32_t unit : phrase.countries) add(country_of_unit(units_[unit]));
  if (owners.empty() && phrase.organisation != no_unit && units_[phrase.organisation].best) add(country_of_unit(units_[phrase.organisation]));
  if (owners.empty() && phrase.person != no_unit && units_[phrase.person].is(NameKind::person)) add(actor_of_person(*units_[phrase.person].best));
  if (owners.empty()) add(owner_within(units_[phrase.title != no_unit ? phrase.title : phrase.core]));
  if (owners.empty()) add(half_of_korea_in_front(phrase));
  if (owners.empty() && phrase.person == no_unit && phrase.pronoun == no_unit) add(possessor(phrase));
  const bool by_country_word = phrase.body != no_unit && words_.country_words.has(term(units_[phrase.body]).term);
  std::int32_t antecedent = -1;
  if (owners.empty() && phrase.pronoun != no_unit) {
    const std::int32_t mention = mentions_.of_token[phrase.pronoun];
    if (mention >= 0) antecedent = mention;
  } else if (owners.empty() && by_country_word) {
    antecedent = coreference_.country(phrase.sentence);
  }
  if (antecedent >= 0) {
    const auto& back = mentions_.list[static_cast<std::size_t>(antecedent)];
    if (back.kind != MentionKind::pronoun || back.antecedent >= 0)
      for (const Actor& actor : back.actors) add(owner_of(actor.code, "the country spoken of"));
  }
  return owners;
}

/// "Taliban fighters", "Syrian refugees", "the CIA director": role nouns of the table that begin with the name of a
/// body or state, whose they are.
Actor MentionReader::owner_within(const Unit& unit) const {
  if (!unit.is(NameKind::agent) || unit.range.size() < 2) return {};
  const Case written = case_of(parse_[unit.range.first].form);
  if (written != Case::capital && written != Case::upper) return {};
  Actor owner;
  KnowledgeBase::Digest digest;
  for (std::uint32_t at = unit.range.first; at + 1 < unit.range.last; ++at) {
    if (!KnowledgeBase::extend(digest, parse_[at].form)) continue;  // a hyphen of its own
    bool more = false;
    for (const Name& name : base_.names(digest, more)) {
      const bool state = name.kind == NameKind::state || name.kind == NameKind::adjective || name.kind == NameKind::metonym;
      const bool acronym = name.acronym && case_of(parse_[at].form) != Case::upper;
      if (acronym || name.lower || !name.in_use(day_) || (!state && name.kind != NameKind::organisation)) continue;
      const auto& sectors = base_.entity(name.target).sectors;  // of longer names only forces: "Foreign Affairs" is a journal, not a ministry
      const bool force = !sectors.empty() && one_of(sectors.front(), armed_sectors);
      if (!state && at > unit.range.first && !force) continue;
      owner = owner_of(base_.actor_on(name.target, day_).code, base_.row(name.table, name.line));
      break;
    }
    if (!more) break;
  }
  return owner;
}

/// "the North's military"
Actor MentionReader::half_of_korea_in_front(const Phrase& phrase) const {
  const std::uint32_t at = phrase.range.first;
  if (phrase.range.size() < 3 || !is_genitive(parse_[at + 1])) return {};
  const std::uint32_t half = half_of_korea(parse_[at].form);
  return half == no_entity ? Actor() : owner_of(std::string(base_.entity(half).code), "half of Korea, of which the text speaks");
}

/// "Correa's security minister": the person, body or state whose name with 's stands before the words.
Actor MentionReader::possessor(const Phrase& phrase) const {
  const std::uint32_t begin = parse_.sentences[phrase.sentence].tokens.first;
  for (std::uint32_t at = phrase.range.first; at-- > begin + 1 && at + 4 > phrase.range.first;) {
    const Token& token = parse_[at];
    if (is_genitive(token)) {
      const std::int32_t before = mentions_.of_token[at - 1];
      if (before < 0 || mentions_.list[static_cast<std::size_t>(before)].actors.size() != 1) return {};
      const Mention& owner = mentions_.list[static_cast<std::size_t>(before)];
      if (owner.kind != MentionKind::person) return {};
      return owner_of(owner.actors.front().code, "whose: " + owner.actors.front().name);
    }
    if (token.upos != Upos::ADJ && token.upos != Upos::NOUN && token.upos != Upos::PROPN) return {};
  }
  return {};
}

/// Last resort for a role noun without a country: its last bearer, the place of the sentence for people who
/// live where they are, the country of the dateline for institutions.
std::vector<Actor> MentionReader::owners_by_context(const Phrase& phrase, const AgentTerm& term) const {
  if (phrase.elsewhere || words_.owned_nouns.has(term.term) || (term.term == "party" && units_[phrase.core].plural)) return {};
  const bool body = term.kind == AgentTerm::Kind::body;
  if (const std::int32_t last = coreference_.called(term.term); last >= 0 && body && !phrase.indefinite)
    return {owner_of(mentions_.list[static_cast<std::size_t>(last)].actors.front().code, "as before")};
  std::string_view why;
  const std::string home = home_of(phrase, term, why);
  if (home.empty()) return {};
  return {owner_of(home, why)};
}

/// "foreign companies", "international observers", "third countries": not of the place they are in.
bool MentionReader::says_foreign(const Phrase& phrase) const {
  const std::uint32_t begin = parse_.sentences[phrase.sentence].tokens.first;
  const std::uint32_t core = units_[phrase.core].range.first;
  for (std::uint32_t at = core; at-- > begin && at + 4 > core;) {
    const Token& token = parse_[at];
    if (words_.foreign_words.has(token.lemma)) return true;
    if (token.upos != Upos::ADJ && token.upos != Upos::NOUN && token.upos != Upos::NUM) return false;
  }
  return false;
}

/// The country of the person or body that is the subject before these words in their sentence: "the minister
/// accused the government". A state as subject says nothing: "China urged the government".
std::string MentionReader::doer_country(const Phrase& phrase) const {
  for (std::size_t i = mentions_.list.size(); i-- > 0;) {
    const Traits& traits = coreference_.traits(i);
    if (traits.sentence != phrase.sentence) break;
    if (!traits.subject || traits.being == Traits::Being::state || traits.being == Traits::Being::place) continue;
    const Actor& actor = mentions_.list[i].actors.front();
    const bool domestic = !actor.code.empty() && !is_international(actor.code) && mentions_.list[i].actors.size() == 1;
    return domestic ? actor.code : std::string();
  }
  return {};
}

/// "a spokeswoman for the police", "a ministry spokesman": officials of a body that every state has.
bool MentionReader::speaks_for_institution(const Phrase& phrase, const AgentTerm& term) const {
  if (phrase.organisation != no_unit) return false;
  if (phrase.body != no_unit && phrase.body != phrase.core) {
    const auto& sectors = this->term(units_[phrase.body]).sectors;
    return !sectors.empty() && one_of(sectors.front(), home_sectors);
  }
  return words_.institutions.has_part_of(term.term);
}

/// Courts and police told in the sentences just before: "prosecutors in Naha ... the deputy chief
/// prosecutor".
std::string MentionReader::same_kind_before(const Phrase& phrase, std::string_view sector) const {
  constexpr std::uint32_t window_sentences = 2;
  for (std::size_t i = mentions_.list.size(); i-- > 0;) {
    const Mention& mention = mentions_.list[i];
    if (parse_[mention.head].sentence + window_sentences < phrase.sentence) break;
    const Actor& actor = mention.actors.front();
    if (mention.kind != MentionKind::pronoun && mention.actors.size() == 1 && actor.sector == sector && !actor.code.empty() &&
        (sector == "JUD" || !is_international(actor.code)))
      return actor.code;
  }
  return {};
}

/// Whose a role noun is when nothing says so; empty when that is not safe to say. People and forces are of
/// the place they are in, institutions of the country the passage is at home in.
std::string MentionReader::home_of(const Phrase& phrase, const AgentTerm& term, std::string_view& why) const {
  const std::string_view sector = term.sectors.empty() ? std::string_view() : term.sectors.front();
  const bool local = one_of(sector, local_sectors), institution = one_of(sector, home_sectors);
  if ((!local && !institution && sector != "BUS") || words_.from_elsewhere.has(term.term) || says_foreign(phrase)) return {};
  const bool speaker = institution && speaks_for_body(words_, term);
  if (local && !sentence_place_.empty()) return why = "place of the sentence", sentence_place_;
  if (!sole_country_.empty()) return why = "the one country spoken of", sole_country_;
  if (institution && !speaker && !sentence_country_.empty() && sentence_country_ == sentence_place_) return why = "place of the sentence", sentence_place_;
  if (sector == "JUD" || sector == "COP")
    if (std::string same = same_kind_before(phrase, sector); !same.empty()) return why = "as those told before", same;
  if (speaker && sentence_country_.empty() && speaks_for_institution(phrase, term)) {
    if (!sentence_place_.empty()) return why = "place of the sentence", sentence_place_;
    if (!dateline_.empty()) return why = "country of the dateline", dateline_;
    return why = "the country most spoken of", main_country_;
  }
  if (speaker) return why = "the one country of the sentence", sentence_country_;
  if (institution && !dateline_.empty()) return why = "country of the dateline", dateline_;
  if (institution && sector != "GOV" && sector != "MIL") {
    if (std::string doer = doer_country(phrase); !doer.empty()) return why = "country of the subject", doer;
  }
  if (!dateline_.empty() && !phrase.indefinite) return why = "country of the dateline", dateline_;
  if (institution && !sentence_country_.empty()) return why = "the one country of the sentence", sentence_country_;
  if (institution && !lead_country_.empty() && !phrase.indefinite) return why = "the country most spoken of", lead_country_;
  if (!passage_place_.empty() && !phrase.indefinite) return why = "place of the passage", passage_place_;
  if (!main_country_.empty() && !phrase.indefinite) return why = "the country most spoken of", main_country_;
  return {};
}

// ---- role nouns ----

/// Sector and role from the noun, its body and "former".
void MentionReader::dress(Actor& actor, const Phrase& phrase, const AgentTerm& term, const Unit& unit) const {
  take_sectors(actor, term.sectors);
  const bool country_body = phrase.body != no_unit && words_.country_words.has(this->term(units_[phrase.body]).term);
  std::string role(term.term);
  if (speaks_for_body(words_, term)) {
    if (phrase.organisation != no_unit && units_[phrase.organisation].best)
      take_sectors(actor, base_.entity(units_[phrase.organisation].best->target).sectors);
    else if (phrase.body != no_unit && !country_body && !this->term(units_[phrase.body]).sectors.empty())
      take_sectors(actor, this->term(units_[phrase.body]).sectors);
  }
  if (words_.heads_of_bodies.has(term.term) && !phrase.former) {  // "president of the Liberal Democratic Party", "the army's chief of staff"
    static constexpr std::array<std::string_view, 9> own = {"PTY", "OPP", "MIL", "COP", "JUD", "BUS", "LAB", "JRN", "REB"};
    const std::vector<std::string_view>* of = nullptr;
    if (phrase.organisation != no_unit && units_[phrase.organisation].is(NameKind::organisation))
      of = &base_.entity(units_[phrase.organisation].best->target).sectors;
    else if (phrase.body != no_unit && phrase.body != phrase.core && !country_body)
      of = &this->term(units_[phrase.body]).sectors;
    if (of && !of->empty() && one_of(of->front(), own)) take_sectors(actor, *of);
  }
  if (phrase.organisation != no_unit && units_[phrase.organisation].best && one_of(actor.sector, armed_sectors)) {
    const auto& sectors = base_.entity(units_[phrase.organisation].best->target).sectors;  // "gunmen of Hamas" are its rebels
    if (!sectors.empty() && one_of(sectors.front(), armed_sectors)) take_sectors(actor, sectors);
  }
  if (phrase.body != no_unit && !country_body && phrase.body != phrase.core) role = std::string(this->term(units_[phrase.body]).term) + " " + role;
  if (phrase.deputy) role = "deputy " + role;
  if (phrase.acting) role = "acting " + role;
  if (phrase.designate && !role.ends_with("-elect") && !role.ends_with("-designate")) role += "-designate";
  if (phrase.former) {
    if (!role.starts_with("former ")) role = "former " + role;
    if (term.kind == AgentTerm::Kind::person && one_of(actor.sector, held_sectors)) take_sectors(actor, {"ELI"});
  }
  if (term.kind == AgentTerm::Kind::person && (!unit.plural || phrase.plural_title)) {
    const std::string_view body = phrase.organisation != no_unit && units_[phrase.organisation].best
                                      ? base_.entity(units_[phrase.organisation].best->target).name
                                      : base_.state_name(actor.code);
    actor.role = office_title(words_, role, body);
  }
  // officials of the United Nations and the like have no sector in PLOVER
  if (is_international(actor.code) && actor.sector == "GOV") take_sectors(actor, {});
  if (actor.why.empty())
    actor.why = base_.row(term.table, term.line);
  else
    actor.why = base_.row(term.table, term.line) + "; " + actor.why;
}

/// "the South Korean president": the one in office on the day.
void MentionReader::name_holder(Actor& actor, std::string_view role) const {
  if (!published_ || actor.code.empty()) return;
  const std::uint32_t holder = base_.holder(role, actor.code, day_);
  if (holder == no_entity) return;
  actor.entity = holder;
  actor.name = base_.entity(holder).name;
  actor.wikidata = base_.entity(holder).wikidata;
  const Office* office = base_.office_on(holder, day_);
  if (!office) return;
  actor.why += "; in office: " + base_.row(office->table, office->line);
  if (actor.sector == "GOV" && !office->sectors.empty() && office->sectors.front() == "MIL" && title_names(role, office->role))
    take_sectors(actor, office->sectors);  // "the chief of staff" of an army
}

Mention MentionReader::agent(const Phrase& phrase) {
  const Unit& core = units_[phrase.core];
  const AgentTerm& noun = term(core);
  if (auto back = several(phrase, noun, core)) return *back;
  if (noun.term == "counterpart")
    if (auto back = counterpart(phrase)) return *back;
  if (auto back = former_holder(phrase, noun)) return *back;
  if (auto other = other_party(phrase, noun)) return *other;
  if (auto neighbour = office_neighbour(phrase, noun)) return *neighbour;
  if (auto back = refers_back(phrase, noun, core)) return *back;
  if (auto back = described_person(phrase, noun)) return *back;
  if (auto named = named_body(phrase, noun, core)) return *named;
  Mention mention = shell(phrase, noun.kind == AgentTerm::Kind::body    ? MentionKind::organisation
                                  : noun.kind == AgentTerm::Kind::group ? MentionKind::collective
                                                                        : MentionKind::agent);
  const auto core_word = [&](const Unit& unit) { return parse_[unit.range.last - 1].lemma; };
  std::vector<Actor> actors = owners(phrase);
  if (const std::string_view only = base_.only_home(noun.term); actors.empty() && !only.empty() && !phrase.elsewhere)
    actors = {owner_of(std::string(only), "the one state with this office")};
  if (actors.empty()) {
    actors = owners_by_context(phrase, noun);
    if (!actors.empty()) mention.confidence = 0.7f, mention.country_inferred = true;
  }
  if (actors.size() == 1 && !core.plural && noun.term == "leader" && !phrase.former && phrase.organisation == no_unit && phrase.body == no_unit &&
      !phrase.indefinite) {
    if (const std::int32_t back = coreference_.called("leader of " + actors.front().code); back >= 0) {
      mention.antecedent = back;
      mention.actors = mentions_.list[static_cast<std::size_t>(back)].actors;
      for (Actor& actor : mention.actors) actor.why = "leader spoken of; " + actor.why;
      return mention;
    }
  }
  if (actors.empty()) actors.emplace_back();
  for (Actor& actor : actors) {
    const bool disputed = has_sector(actor, "PRE");
    if (noun.kind != AgentTerm::Kind::body || !words_.country_words.has(noun.term)) actor.name.clear();
    dress(actor, phrase, noun, core);
    if (noun.term == "deputy" && phrase.pronoun != no_unit) take_sector_of_superior(actor, phrase.pronoun);
    if (core.plural && phrase.pronoun != no_unit && (noun.term == "man" || noun.term == "men")) take_arms_of(actor, phrase.pronoun);
    if (!core.plural && phrase.pronoun != no_unit && speaks_for_body(words_, noun)) take_arms_of(actor, phrase.pronoun);
    if (disputed && !has_sector(actor, "PRE")) actor.other_sectors.emplace_back("PRE");
    const bool single =
        !core.plural && noun.kind == AgentTerm::Kind::person && !phrase.former && !phrase.acting && !phrase.designate && !phrase.indefinite && !phrase.deputy;
    if (single && phrase.body == no_unit && !disputed) name_holder(actor, phrase.organisation == no_unit ? noun.term : std::string_view(actor.role));
    if (noun.kind == AgentTerm::Kind::body && is_capitalised(parse_, core.range) &&
        (phrase.organisation != no_unit || phrase.range.size() > core.range.size()) && actor.name.empty())
      actor.name = std::string(parse_.words(phrase.range));
  }
  mention.actors = std::move(actors);
  if (noun.term == "party" && core.plural && mention.actors.front().code.empty()) {  // "all parties": not political ones
    mention.can_act = false;
    mention.actors.front().sector.clear();
  }
  if (words_.owned_nouns.has(noun.term) && mention.actors.front().code.empty()) {
    mention.can_act = false;
    if (noun.term == "house" && case_of(parse_[phrase.head].form) == Case::lower) mention.actors.front().sector.clear();  // people live in it
  }
  if (is_locative(words_, parse_, phrase.head) &&
      (noun.sectors.empty() || (noun.kind != AgentTerm::Kind::person && words_.geographic_nouns.has(core_word(core))))) {
    mention.kind = MentionKind::place;
    mention.can_act = false;
  }
  if (parse_[phrase.head].deprel == Deprel::compound && !one_of(mention.actors.front().sector, modifying_sectors)) mention.can_act = false;
  return mention;
}

/// "his men" of a rebel or a general bear arms as he does.
void MentionReader::take_arms_of(Actor& actor, std::uint32_t pronoun) const {
  const std::int32_t superior = mentions_.of_token[pronoun];
  if (superior < 0) return;
  const Actor& over = mentions_.list[static_cast<std::size_t>(superior)].actors.front();
  if (one_of(over.sector, armed_sectors)) take_sectors(actor, {over.sector});
}

/// "his deputy" belongs where he does; without an owner a deputy sits in parliament.
void MentionReader::take_sector_of_superior(Actor& actor, std::uint32_t pronoun) const {
  const std::int32_t superior = mentions_.of_token[pronoun];
  if (superior < 0) return;
  const Actor& over = mentions_.list[static_cast<std::size_t>(superior)].actors.front();
  const bool ousted = over.sector == "ELI";  // the deputy of one who fell has been in government all the same
  if (!over.sector.empty()) actor.sector = ousted ? "GOV" : over.sector;
  if (!over.sector.empty()) actor.other_sectors.clear();
  std::string_view office = over.role;
  if (office.starts_with("former ")) office.remove_prefix(7);
  office = office.substr(0, office.find(" of "));
  if (office.find("minister") != std::string_view::npos) {
    actor.role = office_title(words_, "deputy " + std::string(office), base_.state_name(actor.code));
    if (!ousted) name_holder(actor, "deputy " + std::string(office));
  }
}

/// "the president", "the ministry", "the country", "the group" without an owner: the last one called so.
std::optional<Mention> MentionReader::refers_back(const Phrase& phrase, const AgentTerm& term, const Unit& unit) {
  const bool bare =
      phrase.countries.empty() && phrase.organisation == no_unit && phrase.body == no_unit && phrase.person == no_unit && phrase.pronoun == no_unit;
  if (!bare || unit.plural || phrase.indefinite || phrase.former || (!phrase.definite && term.kind != AgentTerm::Kind::body)) return std::nullopt;
  std::int32_t back = -1;
  if (words_.country_words.has(term.term)) {
    if (phrase.definite) return the_country(phrase, term);
  } else if (phrase.definite) {
    back = coreference_.called(term.term);
    if (back < 0 && term.kind == AgentTerm::Kind::body && !term.sectors.empty() && term.sectors.front() == "BUS") back = coreference_.called("unknown body");
    if (back < 0 && (term.term == "leader" || term.term == "ruler")) back = coreference_.last(Traits::Being::person, phrase.sentence, true);
  }
  if (back < 0) return std::nullopt;
  const Mention& antecedent = mentions_.list[static_cast<std::size_t>(back)];
  if (antecedent.actors.empty()) return std::nullopt;
  Mention mention = shell(phrase, antecedent.kind == MentionKind::place ? MentionKind::state : antecedent.kind);
  mention.antecedent = back;
  mention.actors = antecedent.actors;
  mention.confidence = 0.7f;
  if (mention.kind == MentionKind::unknown) {  // "the company" tells what the unknown name was
    mention.kind = MentionKind::organisation;
    Mention& named = mentions_.list[static_cast<std::size_t>(back)];
    named.kind = MentionKind::organisation;
    if (named.actors.front().sector.empty()) take_sectors(named.actors.front(), term.sectors);
  }
  for (Actor& actor : mention.actors) {
    if (actor.sector.empty() && actor.entity == no_entity && !term.sectors.empty()) take_sectors(actor, term.sectors);
    actor.why = base_.row(term.table, term.line) + " refers back; " + actor.why;
  }
  return mention;
}

std::optional<Mention> MentionReader::the_country(const Phrase& phrase, const AgentTerm& term) const {
  const std::int32_t back = coreference_.country(phrase.sentence);
  if (back < 0) return std::nullopt;
  const std::uint32_t state = base_.state(mentions_.list[static_cast<std::size_t>(back)].actors.front().code);
  if (state == no_entity) return std::nullopt;
  Mention mention = shell(phrase, MentionKind::state);
  mention.antecedent = back;
  mention.confidence = 0.7f;
  mention.can_act = !is_locative(words_, parse_, phrase.head);
  mention.actors.push_back(base_.actor_on(state, day_));
  mention.actors.front().why = base_.row(term.table, term.line) + " refers back";
  return mention;
}

/// "China's Xinhua news agency" is Xinhua.
std::optional<Mention> MentionReader::named_body(const Phrase& phrase, const AgentTerm& term, const Unit& unit) {
  if (phrase.organisation == no_unit || !words_.naming_nouns.has(term.term)) return std::nullopt;
  const Unit& named = units_[phrase.organisation];
  if (!named.is(NameKind::organisation) || named.possessive || named.range.last != unit.range.first) return std::nullopt;
  Mention mention = shell(phrase, MentionKind::organisation);
  mention.actors.push_back(state_actor(named));
  return mention;
}

/// "his Chinese counterpart": the same office in the other country.
std::optional<Mention> MentionReader::counterpart(const Phrase& phrase) {
  std::int32_t from = phrase.pronoun != no_unit ? mentions_.of_token[phrase.pronoun] : -1;
  if (from < 0 || mentions_.list[static_cast<std::size_t>(from)].actors.front().role.empty())
    from = coreference_.last(Traits::Being::person, phrase.sentence, true);
  if (from < 0) return std::nullopt;
  const Actor model = mentions_.list[static_cast<std::size_t>(from)].actors.front();
  Mention mention = shell(phrase, MentionKind::agent);
  std::vector<Actor> actors;
  for (std::uint32_t unit : phrase.countries) actors.push_back(country_of_unit(units_[unit]));
  if (actors.empty())
    for (std::int32_t other : coreference_.pair(phrase.sentence, 2, false))
      for (const Actor& actor : mentions_.list[static_cast<std::size_t>(other)].actors)
        if (actors.empty() && actor.code != model.code) actors.push_back(owner_of(actor.code, "the other country"));
  if (actors.empty()) actors.emplace_back();
  const std::string role = model.role.substr(0, model.role.find(" of "));
  for (Actor& actor : actors) {
    actor.name.clear();
    actor.sector = model.sector;
    actor.role = actor.code.empty() ? role : office_title(words_, role, base_.state_name(actor.code));
    actor.why = "counterpart of " + model.name + "; " + actor.why;
    const std::uint32_t holder = published_ && !actor.code.empty() ? base_.holder(role, actor.code, day_) : no_entity;
    if (holder == no_entity || units_[phrase.core].plural) continue;
    actor.entity = holder;
    actor.name = base_.entity(holder).name;
    actor.wikidata = base_.entity(holder).wikidata;
  }
  mention.actors = std::move(actors);
  mention.confidence = 0.7f;
  return mention;
}

/// "the two leaders", "both countries", "the leaders": those spoken of.
std::optional<Mention> MentionReader::several(const Phrase& phrase, const AgentTerm& term, const Unit& unit) {
  if (!(unit.plural || phrase.distributive) || !phrase.countries.empty() || phrase.organisation != no_unit || phrase.pronoun != no_unit ||
      phrase.person != no_unit)
    return std::nullopt;
  const bool parties = words_.party_words.has(term.term);
  const std::size_t number = phrase.number ? phrase.number : 2;
  if (!phrase.number && !(phrase.definite && words_.definite_pairs.has(term.term))) return std::nullopt;
  if (term.kind == AgentTerm::Kind::group) return std::nullopt;
  const bool persons = term.kind == AgentTerm::Kind::person && !parties;
  const bool named_people = phrase.number && one_of(term.term, std::array<std::string_view, 2>{"man", "woman"});  // "the two men"
  const std::int32_t bystander = subject_beside(phrase.head);
  std::vector<std::int32_t> back = coreference_.pair(phrase.sentence, number, persons, [&](std::int32_t index) {
    if (index == bystander) return false;
    const std::uint32_t who = mentions_.list[static_cast<std::size_t>(index)].actors.front().entity;
    return !persons || term.sectors.empty() || term.sectors.front() != "GOV" || who == no_entity || has_held(who, term.term);
  });
  const bool bodies = term.kind == AgentTerm::Kind::body && !parties;
  if (named_people && back.empty()) return std::nullopt;
  const bool by_country = (back.empty() && persons) || bodies;
  if (by_country && back.empty()) back = coreference_.pair(phrase.sentence, number, false);
  const bool forces = phrase.number && is_one_of_each(term, phrase.body == no_unit ? nullptr : &this->term(units_[phrase.body]));
  if (back.empty() || forces + term.sectors.empty() + parties + named_people +
                              one_of("GOV", std::array<std::string_view, 1>{term.sectors.empty() ? "" : term.sectors.front()}) ==
                          0)
    return std::nullopt;
  Mention mention = from_antecedents(phrase.range, back, !persons || by_country);
  mention.head = phrase.head;
  mention.kind = persons ? MentionKind::agent : bodies ? MentionKind::organisation : MentionKind::state;
  for (Actor& actor : mention.actors) {
    actor.why = base_.row(term.table, term.line) + " refers back";
    if (term.term == "government") actor.sector = "GOV";
    if (!by_country) continue;
    actor.name.clear();
    actor.entity = no_entity;
    dress(actor, phrase, term, unit);
    if (published_ && persons) name_holder(actor, term.term);
  }
  return mention;
}

// ---- named ----

/// Of bodies called alike ("Social Democratic Party") the one of a country told with it, else spoken of.
Actor MentionReader::actor_of_body(const Unit& unit, const Phrase& phrase) const {
  const Name* best = unit.best;
  int best_score = -1;
  for (const Name& name : unit.names) {
    if (name.kind != NameKind::organisation || !name.in_use(day_) || name.acronym != unit.best->acronym) continue;
    const std::string_view code = base_.entity(name.target).code;
    int score = name.wins(day_) ? 100 : 0;
    for (std::uint32_t country : phrase.countries) score += country_of_unit(units_[country]).code == code ? 20 : 0;
    score += (code == sentence_place_ || code == sentence_country_) * 8 + (code == main_country_) * 4 + (code == dateline_) * 2;
    if (const auto seen = codes_seen_.find(std::string(code)); seen != codes_seen_.end()) score += 3;
    if (score > best_score) best = &name, best_score = score;
  }
  Actor actor = base_.actor_on(best->target, day_);
  actor.why = base_.row(best->table, best->line);
  return actor;
}

Mention MentionReader::organisation(const Phrase& phrase) {
  const Unit& core = units_[phrase.core];
  Mention mention = shell(phrase, MentionKind::organisation);
  Actor actor = actor_of_body(core, phrase);
  if (actor.code.empty()) {
    const std::vector<Actor> owner = owners(phrase);
    if (!owner.empty()) actor.code = owner.front().code;
  }
  mention.actors.push_back(std::move(actor));
  return mention;
}

Mention MentionReader::state(const Phrase& phrase) {
  const Unit& core = units_[phrase.core];
  if (auto all = namesakes_of(phrase)) return *all;
  Mention mention = shell(phrase, MentionKind::state);
  Actor actor = state_actor(core);
  const bool nationals = core.is(NameKind::adjective) && parse_[core.range.last - 1].has(morph_plural);  // "Australians"
  switch (nationals ? NameKind::people : core.best->kind) {
    case NameKind::capital:
      mention.can_act = !is_dateline(phrase) && can_act(words_, parse_, phrase.range, phrase.head, true);
      if (mention.can_act)
        actor.sector = "GOV";
      else
        mention.kind = MentionKind::place;
      break;
    case NameKind::metonym:
      mention.can_act = !is_locative(words_, parse_, phrase.head);
      mention.kind = mention.can_act ? MentionKind::organisation : MentionKind::place;
      actor.sector = core.best->sector.empty() ? "GOV" : std::string(core.best->sector);
      if (!mention.can_act && is_international(actor.code)) take_place(actor, core);
      break;
    case NameKind::people:
      mention.kind = MentionKind::collective;
      actor.sector = "CVL";
      break;
    default:
      mention.can_act = can_act(words_, parse_, phrase.range, phrase.head, false);
      if (!mention.can_act) mention.kind = MentionKind::place;
  }
  if (mention.can_act && core.is(NameKind::state) && follows_its_city(phrase, actor.code)) mention.kind = MentionKind::place, mention.can_act = false;
  mention.actors.push_back(std::move(actor));
  return mention;
}

/// "both Koreas", "the two Congos".
std::optional<Mention> MentionReader::namesakes_of(const Phrase& phrase) const {
  const auto named = std::ranges::find(namesakes, parse_[phrase.head].form, &Namesakes::plural);
  if (named == namesakes.end()) return std::nullopt;
  Mention mention = shell(phrase, MentionKind::state);
  for (std::string_view code : named->codes)
    if (const std::uint32_t state = code.empty() ? no_entity : base_.state(code); state != no_entity) {
      mention.actors.push_back(base_.actor_on(state, day_));
      mention.actors.back().why = "all states of that name";
    }
  mention.can_act = !is_locative(words_, parse_, phrase.head);
  if (mention.actors.empty()) return std::nullopt;
  return mention;
}

/// "in Brussels" is a town in Belgium, whatever acts from there.
void MentionReader::take_place(Actor& actor, const Unit& unit) const {
  std::vector<std::uint32_t> rows = base_.places().candidates(parse_.words(unit.range));
  CountryCounts counts;
  for (const auto& [code, times] : codes_seen_) counts.add(code, times);
  const auto best = base_.places().best(rows, counts);
  if (!best) return;
  actor = {};
  actor.code = base_.places()[*best].country;
  actor.name = std::string(base_.places()[*best].name);
  actor.why = base_.row(EntityTable::places, base_.places()[*best].line);
}

/// "in Karaganda, Kazakhstan": the country only tells where the place before the comma is.
bool MentionReader::follows_its_city(const Phrase& phrase, std::string_view code) {
  const std::uint32_t at = phrase.range.first;
  if (at < parse_.sentences[phrase.sentence].tokens.first + 2 || parse_[at - 1].form != ",") return false;
  const std::int32_t before = mentions_.of_token[at - 2];
  if (before < 0 || parse_[phrase.head].deprel == Deprel::conj) return false;
  Mention& city = mentions_.list[static_cast<std::size_t>(before)];
  if (city.kind != MentionKind::place) return false;
  Actor& where = city.actors.front();
  if (where.code.empty() && where.entity == no_entity) where.code = code;
  return where.code == code;
}

Mention MentionReader::place(const Phrase& phrase) {
  const Unit& core = units_[phrase.core];
  Mention mention = shell(phrase, MentionKind::place);
  mention.can_act = false;
  Actor actor = country_of_unit(core);
  actor.name = std::string(parse_.words(core.range));
  mention.actors.push_back(std::move(actor));
  return mention;
}

Mention MentionReader::vague(const Phrase& phrase) {
  Mention mention = shell(phrase, MentionKind::unknown);
  mention.can_act = false;
  Actor actor;
  actor.name = std::string(parse_.words(units_[phrase.core].range));
  actor.why = base_.row(units_[phrase.core].best->table, units_[phrase.core].best->line) + ": no country";
  mention.actors.push_back(std::move(actor));
  return mention;
}

}  // namespace legation
