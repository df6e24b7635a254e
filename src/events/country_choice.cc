#include "events/country_choice.h"

#include <algorithm>
#include <cmath>
#include <numeric>

#include "entities/metonymy.h"

namespace legation {
namespace {

constexpr std::size_t words = 1024, prepositions = 64, labels = deprel_count + 1, kinds = 9, sectors = 40, told_ways = 7, same = 3, scenes = 5, far = 8;

/// How many values each feature has, in the order in which describe() puts them.
constexpr std::array<std::uint16_t, CountryCandidate::slots> value_counts = {event_type_count,
                                                                             80,
                                                                             2,
                                                                             words,
                                                                             words,
                                                                             sectors,
                                                                             told_ways,
                                                                             kinds + 1,
                                                                             upos_count + 1,
                                                                             labels,
                                                                             8,
                                                                             12,
                                                                             2,  // the party
                                                                             2,
                                                                             2 * told_ways,
                                                                             logit_rows + 1,
                                                                             far,
                                                                             far,
                                                                             13,
                                                                             kinds + 1,
                                                                             labels,
                                                                             prepositions,
                                                                             upos_count + 1,
                                                                             labels,
                                                                             2,
                                                                             6,
                                                                             11,
                                                                             2,  // where the country is named
                                                                             2,
                                                                             2,
                                                                             same,
                                                                             same,
                                                                             same,
                                                                             same,
                                                                             same,
                                                                             same,
                                                                             same,
                                                                             same,
                                                                             scenes};  // and what it is to the others
constexpr std::size_t rows_of_table = std::accumulate(value_counts.begin(), value_counts.end(), std::size_t{0});

/// "the army", "a man", "their camps", "50 men": how the party's noun is begun.
std::size_t determiner(const Parse& parse, std::uint32_t head) {
  std::size_t found = parse[head].has(morph_plural) ? 1 : 0;
  for (const std::uint32_t child : parse.children(head)) {
    const Token& token = parse[child];
    if (token.deprel == Deprel::nmod_poss) return token.upos == Upos::PRON ? 2 : 3;
    if (token.deprel == Deprel::det) found = token.lemma == "the" ? 4 : token.lemma == "a" ? 5 : 6;
    if (token.deprel == Deprel::nummod) found = 7;
  }
  return found;
}

std::size_t near_row(std::uint32_t a, std::uint32_t b) {
  const std::uint32_t apart = a > b ? a - b : b - a;
  const std::size_t step = apart < 2 ? 0 : apart < 4 ? 1 : apart < 7 ? 2 : apart < 12 ? 3 : apart < 20 ? 4 : 5;
  return 1 + step + (b > a ? 6 : 0);
}

}  // namespace

CountryCandidates::CountryCandidates(const Parse& parse, const Mentions& mentions, const Ontology& ontology, const DocumentCountries& countries)
    : parse_(parse), mentions_(mentions), ontology_(ontology), countries_(countries) {}

/// "his ministry": of whom the pronoun stands for.
std::string_view CountryCandidates::owner_country(std::int32_t head) const {
  if (head < 0) return {};
  for (const std::uint32_t child : parse_.children(static_cast<std::uint32_t>(head))) {
    if (parse_[child].deprel != Deprel::nmod_poss || parse_[child].upos != Upos::PRON) continue;
    const Mention* owner = mentions_.at(child);
    if (owner != nullptr && owner->actors.size() == 1) return owner->actors.front().code;
  }
  return {};
}

/// "the Libyan army ... the army".
std::string_view CountryCandidates::called_before(std::int32_t head) const {
  if (head < 0) return {};
  constexpr int window = 300;  // mentions looked back over
  const Token& word = parse_[static_cast<std::uint32_t>(head)];
  auto mention = std::ranges::lower_bound(mentions_.list, static_cast<std::uint32_t>(head), {}, [](const Mention& one) { return one.range.first; });
  for (int looked = 0; looked < window && mention != mentions_.list.begin(); ++looked) {
    --mention;
    if (own_words(*mention) && mention->kind != MentionKind::state && parse_[mention->head].lemma == word.lemma && !mention->actors.front().code.empty())
      return mention->actors.front().code;
  }
  return {};
}

void CountryCandidates::describe(const OpenParty& party, const Country* country, std::string_view owner, std::string_view called, CountryCandidate& out) const {
  const bool named = party.head >= 0;
  const std::uint32_t at = named ? static_cast<std::uint32_t>(party.head) : party.trigger;
  const Token& word = parse_[at];
  const Mention* mention = named ? mentions_.at(at) : nullptr;
  out.code = country == nullptr ? std::string_view() : country->code;

  FeatureRows rows(value_counts, out.rows);
  rows.put(static_cast<std::size_t>(party.place.type));
  rows.put(party.mode);
  rows.put(static_cast<std::size_t>(party.place.role));
  rows.put(named ? word_row(word.lemma, words) : 0);
  rows.put(word_row(parse_[party.trigger].lemma, words));
  rows.put(1 + ontology_.sector_row(party.sector));
  rows.put(static_cast<std::size_t>(party.told));
  rows.put(mention == nullptr ? 0 : 1 + static_cast<std::size_t>(mention->kind));
  rows.put(named ? 1 + static_cast<std::size_t>(word.upos) : 0);
  rows.put(named ? 1 + static_cast<std::size_t>(word.deprel) : 0);
  rows.put(named ? determiner(parse_, at) : 0);
  rows.put(countries_.list().size());
  rows.put(parse_.sentences[word.sentence].in_title);

  // of its namings the nearest before in the text, and the nearest in the sentence
  const Place *before = nullptr, *beside = nullptr, *behind = nullptr;
  if (country != nullptr) {  // in the order of the text, and there may be very many
    const auto own = std::ranges::equal_range(country->places, word.sentence, {}, &Place::sentence);
    if (own.begin() != country->places.begin()) before = &*std::prev(own.begin());
    if (own.end() != country->places.end()) behind = &*own.end();
    const auto distance = [at](const Place& one) { return one.token > at ? one.token - at : at - one.token; };
    if (!own.empty()) beside = &*std::ranges::min_element(own, {}, distance);
  }
  float logit = -8;
  bool asked = false;
  for (std::size_t i = 0; i < party.pairs.size() && country != nullptr; ++i) {
    const Mention* other = mentions_.at(party.pairs[i].other);
    if (other == nullptr || country_of(*other) != country->code) continue;
    logit = std::max(logit, party.logits[i][EventNetwork::country]), asked = true;
  }
  const Place* place = beside != nullptr ? beside : before;
  const double share = countries_.share(country);
  const bool proposed = party.code == out.code;
  out.values = {asked ? logit : 0.0f, static_cast<float>(4 * share)};
  if (place != nullptr) out.token = place->token;

  rows.put(country == nullptr);
  rows.put(2 * static_cast<std::size_t>(party.told) + (proposed ? 1 : 0));
  rows.put(asked ? 1 + logit_row(logit) : 0);
  rows.put(before == nullptr ? far - 1 : std::min<std::size_t>(word.sentence - before->sentence, far - 2));
  rows.put(behind == nullptr ? far - 1 : std::min<std::size_t>(behind->sentence - word.sentence, far - 2));
  rows.put(beside == nullptr ? 0 : near_row(at, beside->token));
  rows.put(place == nullptr ? 0 : 1 + static_cast<std::size_t>(place->mention->kind));
  rows.put(place == nullptr ? 0 : 1 + static_cast<std::size_t>(parse_[place->token].deprel));
  rows.put(place == nullptr ? 0 : word_row(preposition(parse_, place->token), prepositions));
  rows.put(place == nullptr ? 0 : 1 + static_cast<std::size_t>(parse_[place->token].upos));
  const std::int32_t governor = place == nullptr ? -1 : parse_[place->token].head;
  rows.put(governor < 0 ? 0 : 1 + static_cast<std::size_t>(parse_[static_cast<std::uint32_t>(governor)].deprel));
  rows.put(beside != nullptr && (governor == static_cast<std::int32_t>(at) || word.head == static_cast<std::int32_t>(beside->token)));
  rows.put(countries_.rank(country));
  rows.put(static_cast<std::size_t>(share * 10));
  rows.put(country != nullptr && is_international(country->code));

  rows.put(country != nullptr && country->in_title);
  rows.put(country != nullptr && country->in_lead);
  for (const std::string_view other :
       {party.other, party.speaker, party.happens_in, party.acted_last, party.met_last, countries_.subject_before(word.sentence), owner, called})
    rows.put(compared(out.code, other));
  rows.put(countries_.scene_row(out.code, word.sentence));
}

void CountryCandidates::of(const OpenParty& party, std::vector<CountryCandidate>& out) const {
  out.clear();
  const std::string_view owner = owner_country(party.head), called = called_before(party.head);
  describe(party, nullptr, owner, called, out.emplace_back());
  for (const Country& country : countries_.list()) describe(party, &country, owner, called, out.emplace_back());
  if (party.code.empty() || countries_.find(party.code) != nullptr) return;
  const Country unnamed{party.code, {}};
  describe(party, &unnamed, owner, called, out.emplace_back());
}

std::size_t CountryChooser::table_rows() { return rows_of_table; }

Result<CountryChooser> CountryChooser::view(std::string_view bytes, std::size_t vector_size) {
  auto read = read_with_pairs(bytes, {"LGC1", "chooser of countries", rows_of_table, CountryCandidate::slots, CountryCandidate::numbers, 1}, vector_size);
  if (!read.ok()) return read.error();
  return CountryChooser(read.value().first, read.value().second);
}

void CountryChooser::compare(const EventNetwork::Scores& scores, const OpenParty& party, std::span<CountryCandidate> candidates,
                             EventNetwork::Scratch& scratch) const {
  const auto word = party.head >= 0 ? static_cast<std::uint32_t>(party.head) : party.trigger;
  pairs_.compare(scores, word, candidates, CountryCandidate::own_numbers, scratch);
}

RowChoice CountryChooser::choose(std::span<const CountryCandidate> candidates) const {
  if (candidates.size() == 1) return {0, 1};
  std::vector<float> logits(candidates.size());
  for (std::size_t i = 0; i < candidates.size(); ++i) network_.answer(candidates[i].rows, candidates[i].values, std::span(&logits[i], 1));
  return likeliest(logits);
}

}  // namespace legation
