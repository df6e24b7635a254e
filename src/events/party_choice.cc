#include "events/party_choice.h"

#include <algorithm>
#include <cmath>
#include <numeric>
#include <optional>

namespace legation {
namespace {

/// Sentences around an event in which its parties are looked for, and events around in which a candidate's part is.
constexpr std::uint32_t near_sentences = 3;
constexpr std::size_t near_events = 12;
constexpr float unheard = -6;  ///< the logit of those on whom the scorer was not asked, being in another sentence

constexpr std::size_t words = 1024, prepositions = 64, labels = deprel_count + 1, kinds = 9, sectors = 40, types = event_type_count + 1, steps = 10, same = 3,
                      scenes = 5, counts = 4, parts_told = 5;

/// How many values each feature has, in the order in which describe() puts them.
constexpr std::array<std::uint16_t, PartyCandidate::slots> value_counts = {types,
                                                                           80,
                                                                           16,
                                                                           words,
                                                                           upos_count,
                                                                           labels,
                                                                           2,
                                                                           5,
                                                                           5,
                                                                           24,
                                                                           12,  // the event
                                                                           logit_rows,
                                                                           logit_rows,
                                                                           logit_rows,
                                                                           logit_rows,
                                                                           2,
                                                                           5,
                                                                           PairFeatures::distances + 1,
                                                                           2,
                                                                           2,
                                                                           2,  // what scorer and tables say
                                                                           labels,
                                                                           upos_count,
                                                                           prepositions,
                                                                           words,
                                                                           2,
                                                                           labels,
                                                                           labels,
                                                                           labels,
                                                                           steps,
                                                                           steps,
                                                                           2,
                                                                           2 * near_sentences + 1,  // its place in the text
                                                                           kinds,
                                                                           2,
                                                                           sectors,
                                                                           2,
                                                                           2,
                                                                           2,
                                                                           types,
                                                                           5,
                                                                           types,
                                                                           5,  // who it is, and in the events around
                                                                           5,
                                                                           2,
                                                                           6,
                                                                           11,
                                                                           2,
                                                                           2,
                                                                           6,
                                                                           2,
                                                                           same,
                                                                           same,
                                                                           scenes,
                                                                           types,
                                                                           5,
                                                                           types,
                                                                           5,
                                                                           counts,
                                                                           counts,
                                                                           counts,
                                                                           counts,
                                                                           counts,
                                                                           same,
                                                                           2,  // and its country in the document
                                                                           words,
                                                                           2,
                                                                           parts_told,
                                                                           parts_told,
                                                                           parts_told,
                                                                           parts_told};  // and in what is told before
constexpr std::size_t rows_of_table = std::accumulate(value_counts.begin(), value_counts.end(), std::size_t{0});

std::size_t label(const Parse& parse, std::uint32_t token) { return 1 + static_cast<std::size_t>(parse[token].deprel); }

/// The way from one token up to the governor it shares with the trigger and down: what the ends of both halves are called.
struct Way {
  std::size_t first = 0, second = 0, down = 0;  ///< labels, 0 = none
  std::size_t ups = 9, downs = 9;               ///< 9 = too far
};

Way way_between(const Parse& parse, std::uint32_t from, std::uint32_t trigger) {
  constexpr std::size_t longest = 8;
  std::array<std::uint32_t, longest + 1> chain{trigger};
  std::size_t length = 1;
  while (length < chain.size() && parse[chain[length - 1]].head >= 0) chain[length] = static_cast<std::uint32_t>(parse[chain[length - 1]].head), ++length;
  Way way;
  std::size_t ups = 0;
  std::array<std::size_t, 2> labels{};
  std::uint32_t at = from;
  while (true) {
    const auto end = chain.begin() + static_cast<std::ptrdiff_t>(length);
    if (const auto found = std::find(chain.begin(), end, at); found != end) {
      way.first = labels[0], way.second = labels[1];
      way.ups = ups, way.downs = static_cast<std::size_t>(found - chain.begin());
      if (way.downs > 0) way.down = label(parse, chain[way.downs - 1]);
      return way;
    }
    if (ups == longest || parse[at].head < 0) return way;
    if (ups < labels.size()) labels[ups] = label(parse, at);
    ++ups;
    at = static_cast<std::uint32_t>(parse[at].head);
  }
}

/// "Roe was shot dead", "the blast": nobody is named who does it.
bool names_no_doer(const Arguments& arguments, std::uint32_t trigger) {
  if (arguments.parse()[trigger].upos != Upos::VERB) return true;
  if (!arguments.is_passive(trigger)) return false;
  Tokens doers;
  arguments.fillers(trigger, Slot::by, doers);
  return doers.empty();
}

/// "Arland was accused over the raid": the subject of a passive verb does not act, whatever it does elsewhere in the text. Of the annotated events of
/// these types 1 in 90 has such a subject as its actor; other passives tell of movers ("troops were sent") and helpers.
bool suffers(const Parse& parse, const OpenEvent& event, std::uint32_t token) {
  constexpr std::array<EventType, 5> deeds = {EventType::ASSAULT, EventType::COERCE, EventType::ACCUSE, EventType::SANCTION, EventType::REQUEST};
  if (std::ranges::find(deeds, event.type) == deeds.end()) return false;
  if (parse[token].deprel == Deprel::conj && parse[token].head >= 0) token = static_cast<std::uint32_t>(parse[token].head);
  return parse[token].deprel == Deprel::nsubj_pass && parse[token].head == static_cast<std::int32_t>(event.trigger);
}

bool holds(const std::vector<std::uint32_t>& heads, std::uint32_t head) { return std::ranges::find(heads, head) != heads.end(); }

}  // namespace

PartyCandidates::PartyCandidates(const Arguments& arguments, const Ontology& ontology, const DocumentCountries& named, std::span<const OpenEvent> events)
    : arguments_(arguments),
      parse_(arguments.parse()),
      mentions_(arguments.mentions()),
      ontology_(ontology),
      named_(named),
      events_(events),
      countries_(events.size()) {
  for (std::size_t i = 0; i < events.size(); ++i) {
    countries_of(events[i].actors, countries_[i][0]);
    countries_of(events[i].recipients, countries_[i][1]);
    for (const std::string_view actor : countries_[i][0]) {
      ++dealings_[{actor, {}}];
      for (const std::string_view recipient : countries_[i][1]) ++dealings_[{actor, recipient}];
    }
    for (const std::string_view recipient : countries_[i][1]) ++dealings_[{{}, recipient}];
  }
}

const Mention* PartyCandidates::headed_by(std::uint32_t token) const {
  const Mention* mention = mentions_.at(token);
  return mention != nullptr && mention->head == token ? mention : nullptr;
}

void PartyCandidates::countries_of(const std::vector<std::uint32_t>& heads, std::vector<std::string_view>& out) const {
  for (const std::uint32_t head : heads) {
    const Mention* mention = headed_by(head);
    if (mention != nullptr && !mention->actors.front().code.empty()) out.emplace_back(mention->actors.front().code);
  }
}

/// "Roe was shot dead. Police arrested a man": whoever comes when nobody is named who did it has not done it, unless the text tells a deed like it of them.
bool PartyCandidates::looks_into_it(std::size_t event, std::uint32_t token) const {
  constexpr std::array<std::string_view, 3> called = {"COP", "MIL", "JUD"};
  const OpenEvent& own = events_[event];
  if (own.type != EventType::ASSAULT || parse_[token].sentence <= parse_[own.trigger].sentence) return false;
  const Mention* mention = mentions_.at(token);
  if (mention == nullptr || std::ranges::find(called, mention->actors.front().sector) == called.end()) return false;
  if (!names_no_doer(arguments_, own.trigger)) return false;
  return std::ranges::none_of(events_, [&](const OpenEvent& other) { return other.type == EventType::ASSAULT && holds(other.actors, token); });
}

/// Names and roles of the sentences around: of each country and sector that the event's own sentence does not name the nearest.
void PartyCandidates::named_elsewhere(std::size_t event, std::vector<std::uint32_t>& out) const {
  out.clear();
  const std::uint32_t trigger = events_[event].trigger, sentence = parse_[trigger].sentence;
  const std::uint32_t first = sentence < near_sentences ? 0 : sentence - near_sentences;
  const std::uint32_t last = std::min(sentence + near_sentences, static_cast<std::uint32_t>(parse_.sentences.size()) - 1);
  const TokenRange around{parse_.sentences[first].tokens.first, parse_.sentences[last].tokens.last}, own = parse_.sentences[sentence].tokens;
  const auto begin = std::ranges::lower_bound(mentions_.list, around.first, {}, [](const Mention& mention) { return mention.range.first; });
  const auto distance = [trigger](std::uint32_t token) { return token > trigger ? token - trigger : trigger - token; };
  const auto same = [](const Mention& a, const Mention& b) {
    return a.actors.front().code == b.actors.front().code && a.actors.front().sector == b.actors.front().sector;
  };
  for (auto mention = begin; mention != mentions_.list.end() && mention->range.first < around.last; ++mention) {
    const Actor& actor = mention->actors.front();
    if (own.contains(mention->head) || (actor.code.empty() && actor.sector.empty())) continue;
    bool told = false;
    for (auto other = begin; other != mentions_.list.end() && other->range.first < own.last && !told; ++other)
      told = own.contains(other->head) && same(*other, *mention);
    if (told) continue;
    const auto before = std::ranges::find_if(out, [&](std::uint32_t token) { return same(*mentions_.at(token), *mention); });
    if (before == out.end())
      out.push_back(mention->head);
    else if (distance(mention->head) < distance(*before))
      *before = mention->head;
  }
}

/// What a candidate does in the nearest event before or behind.
struct PartyCandidates::Part {
  std::size_t type = 0;               ///< 1 + the event's; 0 = it has none
  bool acts = false, mutual = false;  ///< mutual: on its other side stands who acts in this event
};

/// `holds_in`: does it stand on that side of that event (0 acts, 1 receives)?
template <class Holds>
PartyCandidates::Part PartyCandidates::part_beside(std::size_t event, int step, const Holds& holds_in) const {
  Part part;
  std::size_t at = event;
  for (std::size_t count = 0; count < near_events; ++count) {
    if (step < 0 ? at == 0 : at + 1 == events_.size()) break;
    at = step < 0 ? at - 1 : at + 1;
    const OpenEvent& other = events_[at];
    if (other.trigger == events_[event].trigger) continue;
    const bool acts = holds_in(at, 0);
    if (!acts && !holds_in(at, 1)) continue;
    part.type = 1 + static_cast<std::size_t>(other.type);
    part.acts = acts;
    const auto& facing = acts ? other.recipients : other.actors;
    const auto& facing_countries = countries_[at][acts ? 1 : 0];
    part.mutual =
        std::ranges::any_of(events_[event].actors, [&](std::uint32_t actor) { return holds(facing, actor); }) ||
        std::ranges::any_of(countries_[event][0], [&](std::string_view code) { return std::ranges::find(facing_countries, code) != facing_countries.end(); });
    break;
  }
  return part;
}

/// In how many other events of the document one acts on the other; either may be empty: whoever.
std::size_t PartyCandidates::dealings(std::size_t event, std::string_view actor, std::string_view recipient) const {
  const auto found = dealings_.find({actor, recipient});
  if (found == dealings_.end()) return 0;
  const auto within = [&](std::size_t side, std::string_view code) {
    return code.empty() || std::ranges::find(countries_[event][side], code) != countries_[event][side].end();
  };
  return found->second - (within(0, actor) && within(1, recipient) ? 1 : 0);
}

/// What an event may speak of: "condemned the hangings" has the deed as its object, told before as "was hanged"; the last deed, the last event of its
/// type and the first event of all are who reacts to what.
struct PartyCandidates::Told {
  std::int32_t object = -1;                                        ///< token; -1 = none
  bool object_tells = false;                                       ///< it is told as an event itself
  std::int32_t spoken_of = -1, deed = -1, alike = -1, first = -1;  ///< events; -1 = none
};

PartyCandidates::Told PartyCandidates::told_before(std::size_t event) const {
  constexpr std::size_t stem = 4;
  const OpenEvent& own = events_[event];
  Told told;
  Tokens objects;
  for (const Slot slot : {Slot::obj, Slot::of, Slot::over, Slot::for_, Slot::against}) arguments_.fillers(own.trigger, slot, objects);
  const auto object = std::ranges::find_if(objects, [this](std::uint32_t token) { return headed_by(token) == nullptr; });
  if (object != objects.end()) told.object = static_cast<std::int32_t>(*object);
  const std::string_view noun = told.object < 0 ? std::string_view() : parse_[*object].lemma;
  const auto later = [this](std::int32_t before, std::size_t i) {
    return before < 0 || events_[static_cast<std::size_t>(before)].trigger < events_[i].trigger;
  };
  bool exact = false;
  for (std::size_t i = 0; i < events_.size(); ++i) {
    const OpenEvent& other = events_[i];
    const auto at = static_cast<std::int32_t>(i);
    if (i == event || other.trigger == own.trigger) continue;
    if (told.object == static_cast<std::int32_t>(other.trigger)) told.spoken_of = at, told.object_tells = exact = true;
    if (other.trigger > own.trigger) continue;
    if (!exact && noun.size() >= stem && parse_[other.trigger].lemma.substr(0, stem) == noun.substr(0, stem) && later(told.spoken_of, i)) told.spoken_of = at;
    if (ontology_.quad(other.type) % 2 == 0 && later(told.deed, i)) told.deed = at;
    if (other.type == own.type && later(told.alike, i)) told.alike = at;
    if (told.first < 0 || other.trigger < events_[static_cast<std::size_t>(told.first)].trigger) told.first = at;
  }
  return told;
}

/// 0 there is no such event; 1 it has no part in it, 2 acts, 3 receives, 4 both.
std::size_t PartyCandidates::part_in(std::int32_t event, std::string_view code) const {
  if (event < 0) return 0;
  const auto& sides = countries_[static_cast<std::size_t>(event)];
  const auto in = [code](const std::vector<std::string_view>& side) { return std::size_t{!code.empty() && std::ranges::find(side, code) != side.end()}; };
  return 1 + in(sides[0]) + 2 * in(sides[1]);
}

/// The countries of title and lead and the two named most that nobody of `out` and of the sentence is of: each where it is named nearest.
void PartyCandidates::named_most(std::size_t event, std::vector<std::uint32_t>& out) const {
  constexpr std::size_t most = 2;
  const std::uint32_t trigger = events_[event].trigger, sentence = parse_[trigger].sentence;
  const auto distance = [trigger](std::uint32_t token) { return token > trigger ? token - trigger : trigger - token; };
  for (const DocumentCountries::Country& country : named_.list()) {
    if (!country.in_title && !country.in_lead && named_.rank(&country) >= most) continue;
    const auto of_it = [&](std::uint32_t token) { return mentions_.at(token)->actors.front().code == country.code; };
    if (std::ranges::any_of(out, of_it)) continue;
    const auto own = std::ranges::lower_bound(country.places, sentence, {}, &DocumentCountries::Place::sentence);
    if (own != country.places.end() && own->sentence == sentence) continue;
    const DocumentCountries::Place* nearest = own == country.places.end() ? &country.places.back() : &*own;
    if (own != country.places.begin() && distance(std::prev(own)->token) < distance(nearest->token)) nearest = &*std::prev(own);
    if (headed_by(nearest->token) != nullptr) out.push_back(nearest->token);
  }
}

void PartyCandidates::describe(std::size_t at, const Told& told, std::uint32_t token, const PairFeatures* pair, const float* logits, const float* most,
                               PartyCandidate& out) const {
  const OpenEvent& event = events_[at];
  const Mention* mention = headed_by(token);
  const Actor* actor = mention == nullptr ? nullptr : &mention->actors.front();
  const Token& word = parse_[token];
  const Way way = pair == nullptr ? Way{} : way_between(parse_, token, event.trigger);
  const std::string_view governor = word.head < 0 ? std::string_view() : parse_[static_cast<std::uint32_t>(word.head)].lemma;
  const auto has = [&](std::size_t side) {
    return actor != nullptr && !actor->code.empty() && std::ranges::find(countries_[at][side], actor->code) != countries_[at][side].end();
  };
  const std::uint32_t sentence = parse_[event.trigger].sentence;
  const std::string_view code = actor == nullptr ? std::string_view() : std::string_view(actor->code);

  out.token = token;
  if (actor != nullptr) out.code = actor->code;
  for (std::size_t side = 0; side < 2; ++side) out.values[side] = logits[side], out.values[2 + side] = logits[side] - most[side];
  FeatureRows rows(value_counts, out.rows);
  rows.put(static_cast<std::size_t>(event.type));
  rows.put(event.mode);
  rows.put(event.auxiliary);
  rows.put(word_row(parse_[event.trigger].lemma, words));
  rows.put(static_cast<std::size_t>(parse_[event.trigger].upos));
  rows.put(label(parse_, event.trigger));
  rows.put(event.settled);
  rows.put(event.actors.size());
  rows.put(event.recipients.size());
  rows.put(event.pairs.size());
  rows.put(events_.size());

  for (std::size_t i = 0; i < PartyCandidate::logits; ++i) rows.put(logit_row(out.values[i]));
  rows.put(pair != nullptr);
  rows.put(pair == nullptr ? 0 : 1 + std::size_t{pair->rule});
  rows.put(pair == nullptr ? 0 : 1 + std::size_t{pair->distance});
  rows.put(holds(event.actors, token));
  rows.put(holds(event.recipients, token));
  rows.put(static_cast<std::int32_t>(token) == event.speaker);

  rows.put(label(parse_, token));
  rows.put(static_cast<std::size_t>(word.upos));
  rows.put(word_row(arguments_.preposition(token), prepositions));
  rows.put(word_row(governor, words));
  rows.put(word.head == static_cast<std::int32_t>(event.trigger));
  rows.put(way.first);
  rows.put(way.second);
  rows.put(way.down);
  rows.put(way.ups);
  rows.put(way.downs);
  rows.put(token < event.trigger);
  rows.put(word.sentence + near_sentences - std::min(sentence, word.sentence + near_sentences));

  rows.put(mention == nullptr ? 0 : 1 + static_cast<std::size_t>(mention->kind));
  rows.put(mention != nullptr && mention->can_act);
  rows.put(actor == nullptr ? 0 : 1 + ontology_.sector_row(actor->sector));
  rows.put(actor != nullptr && !actor->code.empty());
  rows.put(has(0));
  rows.put(has(1));
  const auto put_part = [&rows](const Part& part) {
    rows.put(part.type);
    rows.put(part.type == 0 ? 0 : 1 + (part.acts ? 1 : 0) + (part.mutual ? 2 : 0));
  };
  for (const int step : {-1, 1})
    put_part(part_beside(at, step,
                         [&](std::size_t other, std::size_t side) { return holds(side == 0 ? events_[other].actors : events_[other].recipients, token); }));

  const DocumentCountries::Country* country = named_.find(code);
  const std::string_view other = countries_[at][0].empty() ? std::string_view() : countries_[at][0].front();
  const Mention* speaker = event.speaker < 0 ? nullptr : mentions_.at(static_cast<std::uint32_t>(event.speaker));
  const auto count = [](std::size_t number) { return std::min(number, counts - 1); };
  rows.put(mention == nullptr ? 0 : mention->kind == MentionKind::pronoun ? 4 : mention->antecedent >= 0 ? 3 : mention->country_inferred ? 2 : 1);
  rows.put(parse_.sentences[word.sentence].in_title);
  rows.put(named_.rank(country));
  rows.put(static_cast<std::size_t>(named_.share(country) * 10));
  rows.put(country != nullptr && country->in_title);
  rows.put(country != nullptr && country->in_lead);
  rows.put(std::min<std::size_t>(named_.list().size(), 5));
  rows.put(mention != nullptr && mention->actors.size() > 1);
  rows.put(compared(code, named_.subject_before(sentence)));
  rows.put(compared(code, speaker == nullptr ? std::string_view() : std::string_view(speaker->actors.front().code)));
  rows.put(named_.scene_row(code, sentence));
  for (const int step : {-1, 1})
    put_part(code.empty() ? Part{} : part_beside(at, step, [&](std::size_t event_of, std::size_t side) {
      return std::ranges::find(countries_[event_of][side], code) != countries_[event_of][side].end();
    }));
  rows.put(code.empty() ? 0 : count(dealings(at, code, {})));
  rows.put(code.empty() ? 0 : count(dealings(at, {}, code)));
  rows.put(code.empty() || other.empty() ? 0 : count(dealings(at, code, other)));
  rows.put(code.empty() || other.empty() ? 0 : count(dealings(at, other, code)));
  rows.put(std::min<std::size_t>(elsewhere_.size(), counts - 1));
  rows.put(compared(code, other));
  rows.put(is_international(code));
  rows.put(told.object < 0 ? 0 : word_row(parse_[static_cast<std::uint32_t>(told.object)].lemma, words));
  rows.put(told.object_tells);
  for (const std::int32_t event_told : {told.spoken_of, told.deed, told.alike, told.first}) rows.put(part_in(event_told, code));
}

void PartyCandidates::of(std::size_t event, std::vector<PartyCandidate>& out) {
  out.clear();
  const OpenEvent& own = events_[event];
  std::array<float, 2> most = {-9, -9};
  for (const auto& roles : own.roles)
    for (const auto side : {EventNetwork::actor, EventNetwork::recipient}) most[side] = std::max(most[side], roles[side]);
  named_elsewhere(event, elsewhere_);
  named_most(event, elsewhere_);
  std::erase_if(elsewhere_, [&](std::uint32_t token) { return looks_into_it(event, token); });
  const Told told = told_before(event);
  for (std::size_t i = 0; i < own.pairs.size(); ++i)
    describe(event, told, own.pairs[i].other, &own.pairs[i], own.roles[i].data(), most.data(), out.emplace_back());
  const std::array<float, 2> nothing = {unheard, unheard};
  for (const std::uint32_t token : elsewhere_) describe(event, told, token, nullptr, nothing.data(), most.data(), out.emplace_back());
  for (PartyCandidate& candidate : out) candidate.suffers = suffers(parse_, own, candidate.token);
}

std::size_t PartyChooser::table_rows() { return rows_of_table; }

Result<PartyChooser> PartyChooser::view(std::string_view bytes, std::size_t vector_size) {
  auto read = read_with_pairs(bytes, {"LGP1", "chooser of parties", rows_of_table, PartyCandidate::slots, PartyCandidate::numbers, parts}, vector_size);
  if (!read.ok()) return read.error();
  return PartyChooser(read.value().first, read.value().second);
}

void PartyChooser::compare(const EventNetwork::Scores& scores, std::uint32_t trigger, std::span<PartyCandidate> candidates,
                           EventNetwork::Scratch& scratch) const {
  pairs_.compare(scores, trigger, candidates, PartyCandidate::logits, scratch);
}

std::array<float, PartyChooser::parts> PartyChooser::judge(const PartyCandidate& candidate) const {
  std::array<float, parts> out;
  network_.answer(candidate.rows, candidate.values, out);
  const float top = *std::ranges::max_element(out);
  float sum = 0;
  for (float& score : out) sum += score = std::exp(score - top);
  for (float& score : out) score /= sum;
  return out;
}

namespace {

/// Of the country all of whose namings together are likeliest to be the party on a side the likeliest naming that is not taken; none when they are not
/// likelier than `above`. Whoever has no country stands alone.
std::optional<std::uint32_t> likeliest_naming(std::span<const PartyCandidate> candidates, std::span<const std::array<float, PartyChooser::parts>> chances,
                                              std::size_t side, float above, const std::vector<std::uint32_t>& taken) {
  struct Country {
    std::string_view code;
    float chance = 0, best = -1;
    std::optional<std::uint32_t> naming;
  };
  std::vector<Country> countries;
  for (std::size_t i = 0; i < candidates.size(); ++i) {
    const PartyCandidate& candidate = candidates[i];
    auto country = candidate.code.empty() ? countries.end() : std::ranges::find(countries, candidate.code, &Country::code);
    if (country == countries.end()) country = countries.insert(countries.end(), Country{candidate.code, 0, -1, {}});
    const float chance = chances[i][PartyChooser::actor + side];
    country->chance += chance;
    if (chance > country->best && !holds(taken, candidate.token)) country->best = chance, country->naming = candidate.token;
  }
  const auto most = std::ranges::max_element(countries, {}, &Country::chance);
  return most != countries.end() && most->chance > above ? most->naming : std::nullopt;
}

}  // namespace

PartyChooser::Sides PartyChooser::choose(std::span<const PartyCandidate> candidates, Need need) const {
  // Chosen on the dev parts of corpus, dispatches and annotated news; but those of recipients are higher than these parts want (0.2, 0.25 and 0.25 give
  // 0.01 more of countries in corpus and dispatches, 0.005 less of parties in news), for the dispatches of samples/ lose 0.02 by it, and the founding scene
  // three recipients.
  constexpr float likely = 0.5f, acts_alone_above = 0.2f, needed_above = 0.25f, receives_alone_above = 0.35f, doubted_above = 0.7f;
  const float receives = need == Need::recipient ? needed_above : need == Need::doubtful ? doubted_above : receives_alone_above;
  const std::array<float, 2> alone_above = {acts_alone_above, receives};
  std::vector<std::array<float, parts>> chances;
  for (const PartyCandidate& candidate : candidates) {
    chances.push_back(judge(candidate));
    if (candidate.suffers) chances.back()[actor] = 0;
  }
  Sides sides;
  for (std::size_t i = 0; i < candidates.size(); ++i)
    for (const std::size_t side : {0, 1})
      if (chances[i][actor + side] > likely) sides[side].push_back(candidates[i].token);
  for (const std::size_t side : {0, 1})
    if (sides[side].empty())
      if (const auto best = likeliest_naming(candidates, chances, side, alone_above[side], sides[1 - side])) sides[side].push_back(*best);
  return sides;
}

}  // namespace legation
