#include "events/affiliation.h"

#include <algorithm>
#include <array>
#include <utility>

namespace legation {
namespace {

/// What the tables know by name: no guess is better.
bool known(const Mention* mention, const Actor& actor) {
  if (mention == nullptr || actor.entity == no_entity) return false;
  return mention->kind == MentionKind::person || mention->kind == MentionKind::organisation;
}

/// Of bodies without a country the code says what they are (data/entities/organisations.tsv), and of whoever acts for them: "ISIL militants" are IMG.
using Said = std::pair<std::string_view, std::string_view>;
constexpr std::array<Said, 4> said_by_code = {{{"IMG", "REB"}, {"IMG", "UAF"}, {"NGO", "SOC"}, {"MNC", "BUS"}}};

/// "Seoul denied it": by the codebook the government, whatever annotators make of it.
bool is_government(const Mention& mention, const Actor& actor) {
  return (mention.kind == MentionKind::state || mention.kind == MentionKind::place) && actor.sector == "GOV";
}

bool vague(const Mention* mention) { return mention != nullptr && mention->kind == MentionKind::collective && !mention->can_act; }

}  // namespace

Affiliations::Affiliations(const Parse& parse, const Mentions& mentions, const Ontology& ontology, const Judges& judges, const EventNetwork::Scores& scores,
                           const DocumentCountries& countries, EventNetwork::Scratch& scratch)
    : parse_(parse),
      mentions_(mentions),
      ontology_(ontology),
      network_(judges.network),
      chooser_(judges.countries),
      sector_chooser_(judges.sectors),
      scores_(scores),
      scratch_(scratch),
      countries_(parse, mentions, ontology, countries) {
  for (const Mention& mention : mentions.list) {
    const std::string_view country = country_of(mention);
    if (country.empty() || country == only_country_) continue;
    if (!only_country_.empty()) {
      only_country_.clear();
      break;
    }
    only_country_ = country;
  }
}

/// The token that governs the party's words; -1 when it has none.
std::int32_t Affiliations::head_of(const Actor& actor) const {
  if (actor.span.empty()) return -1;
  const std::int32_t first = parse_.beginning_at(actor.span.begin);
  if (first < 0) return -1;
  const auto at = static_cast<std::uint32_t>(first);
  if (const Mention* mention = mentions_.at(at)) return static_cast<std::int32_t>(mention->head);
  std::uint32_t last = at;
  while (last < parse_.tokens.size() && parse_[last].begin < actor.span.end) ++last;
  for (std::uint32_t token = at; token < last; ++token)
    if (parse_[token].head < static_cast<std::int32_t>(at) || parse_[token].head >= static_cast<std::int32_t>(last)) return static_cast<std::int32_t>(token);
  return -1;
}

void Affiliations::complete(Actor& actor, OpenParty party) {
  if (std::ranges::find(said_by_code, actor.code, &Said::first) != said_by_code.end()) {
    if (std::ranges::find(said_by_code, Said(actor.code, actor.sector)) != said_by_code.end()) actor.sector.clear();
    return;
  }
  const std::int32_t head = head_of(actor);
  if (head < 0) return;
  auto token = static_cast<std::uint32_t>(head);
  const Mention* mention = mentions_.at(token);
  if (known(mention, actor) || vague(mention)) return;
  if (const auto owned = owned_by(token, mention)) token = *owned;
  complete_sector(token, mention, party, actor);
  using Told = OpenParty::Told;
  const bool several = mention != nullptr && mention->actors.size() > 1;
  const bool inferred = mention != nullptr && mention->country_inferred;
  const bool pronoun = mention != nullptr && mention->kind == MentionKind::pronoun;
  const bool refers_back = mention != nullptr && (pronoun || mention->antecedent >= 0);
  Told told = Told::own_words;
  if (network_ != nullptr && (actor.code.empty() || inferred || refers_back)) judge_countries(token);
  if (actor.code.empty()) {
    told = complete_country(token, mention, actor);
  } else if (inferred && !several) {
    if (network_ != nullptr) correct_country(actor);
    told = Told::inferred;
  }
  if (refers_back) told = pronoun ? Told::pronoun : Told::refers_back;
  if (told == Told::own_words || several) return;
  party.told = told;
  party.head = static_cast<std::int32_t>(token);
  choose_country(party, actor);
}

void Affiliations::complete_implied(Actor& actor, OpenParty party) {
  party.told = OpenParty::Told::implied;
  pairs_.clear(), roles_.clear();
  choose_country(party, actor);
}

void Affiliations::choose_country(OpenParty& party, Actor& actor) {
  if (chooser_ == nullptr && !observer_.country) return;
  const std::string code = actor.code, sector = actor.sector;
  party.code = code, party.sector = sector;
  party.pairs = pairs_, party.logits = roles_;
  countries_.of(party, candidates_);
  if (observer_.country) observer_.country(party, candidates_);
  if (chooser_ == nullptr) return;
  chooser_->compare(scores_, party, candidates_, scratch_);
  const std::string_view chosen = candidates_[chooser_->choose(candidates_).answer].code;
  if (chosen == code) return;
  give_country(chosen, actor);
  actor.why += (actor.why.empty() ? "" : "; ") + std::string(actor.code.empty() ? "of no country" : "country") + " by the chooser";
}

void give_country(std::string_view code, Actor& actor) {
  actor.code = code;
  actor.entity = no_entity;
  actor.name.clear(), actor.wikidata.clear(), actor.role.clear();
}

/// "Ukraine's assembly", "South Korean jets": the noun behind a state's name, which nobody knows by itself.
std::optional<std::uint32_t> Affiliations::owned_by(std::uint32_t head, const Mention* mention) const {
  if (mention == nullptr || mention->kind != MentionKind::state || parse_[head].head < 0) return std::nullopt;
  const Deprel deprel = parse_[head].deprel;
  const auto noun = static_cast<std::uint32_t>(parse_[head].head);
  const bool within = deprel == Deprel::nmod_poss || deprel == Deprel::amod || deprel == Deprel::compound;
  if (!within || parse_[noun].upos != Upos::NOUN || mentions_.at(noun) != nullptr) return std::nullopt;
  return noun;
}

void Affiliations::complete_sector(std::uint32_t head, const Mention* mention, const OpenParty& party, Actor& actor) {
  if (network_ == nullptr || (mention != nullptr && mention->actors.size() > 1 && !actor.sector.empty())) return;
  if (sector_chooser_ != nullptr && mention != nullptr && is_government(*mention, actor)) return;
  network_->sectors(scores_, head, party.place, chances_, scratch_);
  std::size_t best = ontology_.sectors().size();
  if (sector_chooser_ != nullptr || observer_.sector) {
    const SectorQuestion question{head, party.trigger, party.place, party.mode, mention, actor.code, actor.sector, party.other, party.other_sector, chances_};
    sector_candidates(parse_, ontology_, question, sectors_);
    if (observer_.sector) observer_.sector(question, sectors_);
    if (sector_chooser_ != nullptr && !sectors_.empty()) best = sectors_[sector_chooser_->choose(sectors_).answer].sector;
  }
  if (sector_chooser_ == nullptr) {  // chosen on the dev parts of the corpus and of annotated news
    constexpr float empty_above = 0.3f, other_above = 0.7f;
    best = static_cast<std::size_t>(std::ranges::max_element(chances_) - chances_.begin());
    if (best >= ontology_.sectors().size() || chances_[best] < (actor.sector.empty() ? empty_above : other_above)) return;
  }
  if (best >= ontology_.sectors().size() || ontology_.sectors()[best] == actor.sector) return;
  actor.sector = ontology_.sectors()[best];
  actor.why += (actor.why.empty() ? "" : "; ") + std::string("sector by the scorer");
}

/// "five Bolivian boats", "the camps near Cox's Bazar": a country named in the party's own phrase.
const Mention* Affiliations::country_within(std::uint32_t head) const {
  for (const std::uint32_t child : parse_.children(head)) {
    const Deprel deprel = parse_[child].deprel;
    if (deprel != Deprel::amod && deprel != Deprel::compound && deprel != Deprel::nmod_poss && deprel != Deprel::nmod) continue;
    const Mention* mention = mentions_.at(child);
    if (mention != nullptr && !country_of(*mention).empty()) return mention;
  }
  return nullptr;
}

/// The scorer's word on every mention of the sentence that has a country.
void Affiliations::judge_countries(std::uint32_t head) {
  pairs_.clear();
  country_features(parse_, mentions_, head, pairs_);
  network_->judge(scores_, head, pairs_, roles_, scratch_);
}

const Mention* Affiliations::country_beside(float likely) const {
  const PairFeatures* best = nullptr;
  float most = likely;
  for (std::size_t i = 0; i < pairs_.size(); ++i)
    if (roles_[i][EventNetwork::country] > most) most = roles_[i][EventNetwork::country], best = &pairs_[i];
  return best == nullptr ? nullptr : mentions_.at(best->other);
}

/// "the army" in a sentence about two countries.
void Affiliations::correct_country(Actor& actor) {
  constexpr float surely = 1;  // a logit
  const Mention* country = country_beside(surely);
  if (country == nullptr || country_of(*country) == actor.code) return;
  give_country(country_of(*country), actor);
  actor.why += "; country of " + country->actors.front().text + " by the scorer";
}

/// By what it got one.
OpenParty::Told Affiliations::complete_country(std::uint32_t head, const Mention* mention, Actor& actor) {
  using Told = OpenParty::Told;
  constexpr float likely = 0;  // a logit
  const Mention* country = country_within(head);
  const bool within = country != nullptr;
  if (country == nullptr && network_ != nullptr) country = country_beside(likely);
  std::string_view code = country != nullptr ? country_of(*country) : only_country_;
  if (country == nullptr && mention != nullptr && mention->kind == MentionKind::unknown) code = {};
  if (code.empty()) return Told::nothing;
  actor.code = code;
  actor.why += (actor.why.empty() ? "" : "; ") + std::string(country != nullptr ? "country of " + country->actors.front().text : "the only country named");
  return within ? Told::own_words : country != nullptr ? Told::scorer : Told::only_country;
}

}  // namespace legation
