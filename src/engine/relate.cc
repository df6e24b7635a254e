// Doors: read_marks(), find_parties(), Relater::relate().
#include "engine/relate.h"

#include <algorithm>
#include <array>
#include <cctype>
#include <map>
#include <numeric>

#include "base/table.h"

namespace legation {
namespace {

/// Source acts on target, both act, or the target acts on the source.
enum class Way : std::uint8_t { straight, together, reversed };

/// How well an event joins the two parties. In order of weight: both in their places, one of them, the other way round; then nearness.
struct Fit {
  double source = 0, target = 0;
  Way way = Way::straight;
  double total() const { return (way == Way::reversed ? 0.4 : 1) * (1.1 * source + target); }  // who acts tells a little more
};

bool inside(Span inner, Span outer) { return outer.begin <= inner.begin && inner.end <= outer.end; }

/// 1 for the party itself, less where it is named once more, or only part of the phrase that acts ("the ministry's envoys").
double presence(const std::vector<Actor>& actors, const std::vector<Span>& party, std::string_view text) {
  constexpr double named_again = 0.9, as_part = 0.6;
  double best = 0;
  for (const Actor& actor : actors)
    for (const Span place : party) {
      if (actor.span.empty()) continue;
      if (actor.span == place) return 1;
      if (actor.text == text.substr(place.begin, place.end - place.begin))
        best = named_again;
      else if (inside(place, actor.span) || inside(actor.span, place))
        best = std::max(best, as_part);
    }
  return best;
}

/// The parties also where they are named again without a mark, as whole words with a capital.
MarkedSentence with_repeats(MarkedSentence sentence) {
  const std::string_view text = sentence.text;
  const auto letter = [&](std::size_t at) { return at < text.size() && (std::isalnum(static_cast<unsigned char>(text[at])) || (text[at] & 0x80) != 0); };
  for (auto* party : {&sentence.source, &sentence.target}) {
    if (party->empty()) continue;
    const Span first = party->front();
    const std::string_view name = text.substr(first.begin, first.end - first.begin);
    if (name.empty() || name.front() < 'A' || name.front() > 'Z') continue;
    for (std::size_t at = text.find(name); at != std::string_view::npos; at = text.find(name, at + name.size())) {
      const Span place{static_cast<std::uint32_t>(at), static_cast<std::uint32_t>(at + name.size())};
      const bool whole = (at == 0 || !letter(at - 1)) && !letter(place.end);
      const bool marked = std::ranges::any_of(sentence.source, [&](Span other) { return inside(place, other); }) ||
                          std::ranges::any_of(sentence.target, [&](Span other) { return inside(place, other); });
      if (whole && !marked) party->push_back(place);
    }
  }
  return sentence;
}

Fit fit_of(const Event& event, const MarkedSentence& sentence) {
  Fit straight{presence(event.actors, sentence.source, sentence.text), presence(event.recipients, sentence.target, sentence.text)};
  const Fit together{presence(event.actors, sentence.source, sentence.text), presence(event.actors, sentence.target, sentence.text), Way::together};
  const Fit reversed{presence(event.recipients, sentence.source, sentence.text), presence(event.actors, sentence.target, sentence.text), Way::reversed};
  Fit best = straight;
  if (event.recipients.empty() && together.total() > best.total()) best = together;
  return reversed.total() > best.total() ? reversed : best;
}

/// Bytes between the trigger and the stretch from the first place of a party to the last; 0 within.
std::uint32_t distance(Span trigger, const MarkedSentence& sentence) {
  std::optional<Span> stretch;
  for (const auto* party : {&sentence.source, &sentence.target})
    for (const Span place : *party) stretch = stretch ? Span{std::min(stretch->begin, place.begin), std::max(stretch->end, place.end)} : place;
  if (!stretch) return 0;
  if (trigger.end <= stretch->begin) return stretch->begin - trigger.end;
  return trigger.begin >= stretch->end ? trigger.begin - stretch->end : 0;
}

/// How much the tables say for an event: up to 1.15 where it joins the two parties in their places, less far away from them.
double worth(const Event& event, const MarkedSentence& sentence) {
  constexpr double mere_presence = 0.15, best_fit = 2.1, per_byte = 0.001, farthest = 0.15;
  return mere_presence + fit_of(event, sentence).total() / best_fit - std::min(farthest, per_byte * distance(event.evidence.front().trigger, sentence));
}

/// "freed the man whom it had arrested": the act of a clause that only says more of somebody counts less than the sentence's own.
double standing(const Parse& parse, std::uint32_t token) {
  constexpr double each = 0.6;
  double share = 1;
  for (std::int32_t at = static_cast<std::int32_t>(token); at >= 0; at = parse[static_cast<std::uint32_t>(at)].head) {
    const Deprel deprel = parse[static_cast<std::uint32_t>(at)].deprel;
    if (deprel == Deprel::acl || deprel == Deprel::acl_relcl || deprel == Deprel::advcl) share *= each;
  }
  return share;
}

/// Between two given parties a promise to yield or to send troops is an agreement, announced force or pressure a threat, and goodwill that is denied a refusal:
/// data of marked relations have no flags for what is still ahead or did not happen. Those who hold manoeuvres together cooperate, and whoever the target
/// dismisses leaves it.
EventType type_between_two(EventType type, const std::vector<std::string>& modes, std::uint8_t auxiliary, bool promised, Way way) {
  if (way == Way::together && type == EventType::MOBILIZE) return EventType::COOPERATE;
  if (way == Way::reversed && type == EventType::SANCTION && std::ranges::find(modes, "expel") != modes.end()) return EventType::RETREAT;
  constexpr std::array goodwill = {EventType::AGREE, EventType::SUPPORT, EventType::CONSULT, EventType::COOPERATE, EventType::AID, EventType::CONCEDE};
  if ((auxiliary & auxiliary_negation) != 0 && std::ranges::find(goodwill, type) != goodwill.end()) return EventType::REJECT;
  const bool ahead = (auxiliary & auxiliary_future) != 0 && (auxiliary & auxiliary_negation) == 0;
  const bool yields = type == EventType::CONCEDE || type == EventType::RETREAT;
  if ((promised && (yields || type == EventType::MOBILIZE)) || (ahead && yields)) return EventType::AGREE;
  const bool pressure = type == EventType::SANCTION || type == EventType::COERCE || type == EventType::ASSAULT || type == EventType::PROTEST;
  return pressure && ahead ? EventType::THREATEN : type;
}

std::string_view trimmed(std::string_view text) {
  while (!text.empty() && text.front() == ' ') text.remove_prefix(1);
  while (!text.empty() && text.back() == ' ') text.remove_suffix(1);
  return text;
}

/// The first place of the party that is not taken.
std::vector<Span> place_of(std::string_view sentence, std::string_view party, const std::vector<Span>& taken) {
  party = trimmed(party);
  if (party.empty()) return {};
  for (std::size_t at = sentence.find(party); at != std::string_view::npos; at = sentence.find(party, at + 1)) {
    const Span span{static_cast<std::uint32_t>(at), static_cast<std::uint32_t>(at + party.size())};
    if (std::ranges::all_of(taken, [&](Span other) { return span.end <= other.begin || other.end <= span.begin; })) return {span};
  }
  return {};
}

}  // namespace

Result<MarkedSentence> read_marks(std::string_view marked) {
  MarkedSentence sentence;
  std::optional<std::uint32_t> open[2];
  std::vector<Span>* sides[2] = {&sentence.source, &sentence.target};
  const Error wrong{Error::Code::bad_format, "marks are <s>...</s> and <t>...</t>"};
  while (!marked.empty()) {
    const auto here = static_cast<std::uint32_t>(sentence.text.size());
    bool mark = false;
    for (const int side : {0, 1}) {
      const std::string name = side == 0 ? "s>" : "t>";
      if (marked.starts_with("<" + name)) {
        if (open[side]) return wrong;
        open[side] = here, mark = true, marked.remove_prefix(3);
      } else if (marked.starts_with("</" + name)) {
        if (!open[side]) return wrong;
        sides[side]->push_back(Span{*open[side], here});
        open[side].reset(), mark = true, marked.remove_prefix(4);
      }
    }
    if (mark) continue;
    sentence.text.push_back(marked.front());
    marked.remove_prefix(1);
  }
  if (open[0] || open[1]) return wrong;
  return sentence;
}

MarkedSentence find_parties(std::string_view sentence, std::string_view source, std::string_view target) {
  MarkedSentence found;
  found.text = std::string(sentence);
  found.source = place_of(sentence, source, {});
  found.target = place_of(sentence, target, found.source);
  return found;
}

namespace {

std::string_view root_name(EventType type) { return type == EventType::CONCEDE || type == EventType::RETREAT ? "YIELD" : name(type); }

/// Tokens whose bytes overlap the span.
TokenRange tokens_in(const Parse& parse, Span span) {
  std::uint32_t first = 0;
  while (first < parse.tokens.size() && parse[first].end <= span.begin) ++first;
  std::uint32_t last = first;
  while (last < parse.tokens.size() && parse[last].begin < span.end) ++last;
  return {first, last};
}

std::uint32_t object_of(const Parse& parse, std::uint32_t token) {
  for (const std::uint32_t child : parse.children(token))
    if (parse[child].deprel == Deprel::obj || parse[child].deprel == Deprel::nsubj_pass) return child;
  return token;
}

}  // namespace

Result<Relater> Relater::load(const Resources& resources, const Engine& engine) {
  constexpr std::string_view file = "data/mappings/marked_relations.tsv";
  const auto bytes = resources.file(file);
  if (!bytes.ok()) return bytes.error();
  const auto table = Table::read(file, bytes.value(), {"type", "mode", "lemmas", "beside", "root"});
  if (!table.ok()) return table.error();
  Relater relater(engine);
  for (std::size_t row = 0; row < table.value().rows(); ++row) {
    const auto type = parse_event_type(table.value().cell(row, 0)), root = parse_event_type(table.value().cell(row, 4));
    if (!type || !root) return table.value().fault(row, "type and root are PLOVER types");
    relater.roots_.push_back({*type, table.value().cell(row, 1), split_list(table.value().cell(row, 2)), split_list(table.value().cell(row, 3)), *root});
  }
  return relater;
}

/// The type under which sets of marked relations have the act that the tokens [first, last) trigger.
EventType Relater::root_type(EventType type, const std::vector<std::string>& modes, const Parse& parse, std::uint32_t first, std::uint32_t last) const {
  const auto named = [&](std::string_view lemma) {
    for (std::uint32_t at = first; at < last; ++at)
      if (parse[at].lemma == lemma || parse[object_of(parse, at)].lemma == lemma) return true;
    return false;
  };
  const auto beside = [&](std::string_view lemma) {
    const auto has = [&](auto&& self, std::uint32_t at, int depth) -> bool {
      return parse[at].lemma == lemma ||
             (depth > 0 && std::ranges::any_of(parse.children(at), [&](std::uint32_t child) { return self(self, child, depth - 1); }));
    };
    constexpr int near = 3;
    return first < last && has(has, first, near);
  };
  for (const MarkedRoot& row : roots_) {
    if (row.type != type || (!row.mode.empty() && std::ranges::find(modes, row.mode) == modes.end())) continue;
    if (!row.beside.empty() && std::ranges::none_of(row.beside, beside)) continue;
    if (row.lemmas.empty() || std::ranges::any_of(row.lemmas, named)) return row.root;
  }
  return type;
}

/// What the scorer says for each type, summing to 1: every word by how well source and target stand beside it as actor and recipient.
Relater::TypeScores Relater::learned_scores(const Observed& observed, const Parse& parse, const MarkedSentence& sentence) const {
  constexpr double both = 1, one = 0.3, together = 0.3, reversed = 0.2, anyway = 0.05;
  TypeScores scores{};
  for (const Observed::Trigger& trigger : observed.triggers) {
    std::array<double, 2> s{}, t{};  // acts, receives: where the party is named several times, what fits best
    for (std::size_t at = 0; at < trigger.parties.size(); ++at)
      for (const std::size_t role : {0, 1}) {
        double& side = at < sentence.source.size() ? s[role] : t[role];
        side = std::max(side, static_cast<double>(trigger.parties[at][role]));
      }
    double weight = both * s[0] * t[1] + one * (s[0] + t[1]) + together * s[0] * t[0] + reversed * t[0] * s[1] + anyway;
    weight *= standing(parse, trigger.token);
    const double straight = s[0] * t[1], at_once = s[0] * t[0], back = t[0] * s[1];
    const Way way = back > std::max(straight, at_once) ? Way::reversed : at_once > straight ? Way::together : Way::straight;
    for (std::size_t type = 0; type < event_type_count; ++type) {
      const EventType between = type_between_two(static_cast<EventType>(type), trigger.modes, trigger.auxiliary, false, way);
      const EventType root = root_type(between, trigger.modes, parse, trigger.token, trigger.token + 1);
      scores[static_cast<std::size_t>(root)] += weight * static_cast<double>(trigger.types[type]);
    }
  }
  const double sum = std::accumulate(scores.begin(), scores.end(), 1e-9);
  for (double& score : scores) score /= sum;
  return scores;
}

std::optional<Relation> Relater::relate(const MarkedSentence& sentence, Engine::Workspace& workspace) const {
  constexpr float hardly_told = 0.006f;
  CodedDocument coded;
  coded.document.set_parts("", sentence.text);
  Observed observed;
  CodingOptions options;
  options.merge = false;
  options.lenient = true;
  options.scorer = false;  // the tables' events and the scorer's word are weighed here
  options.observed = &observed;
  const MarkedSentence everywhere = with_repeats(sentence);
  for (const auto* party : {&everywhere.source, &everywhere.target}) options.parties.insert(options.parties.end(), party->begin(), party->end());
  engine_.code(coded, workspace, options);
  const auto& events = coded.coded.events;
  const bool told_at_all = std::ranges::any_of(observed.triggers, [](const Observed::Trigger& trigger) { return 1 - trigger.types.back() > hardly_told; });
  if (events.empty() && !told_at_all) return std::nullopt;
  const TypeScores learned = learned_scores(observed, coded.parse, everywhere);
  TypeScores tables{};
  std::array<const Event*, event_type_count> best_event{};
  for (const Event& event : events) {
    const TokenRange words = tokens_in(coded.parse, event.evidence.front().trigger);
    const EventType between = type_between_two(event.type, event.modes, event.auxiliary, event.promised, fit_of(event, sentence).way);
    const auto type = static_cast<std::size_t>(root_type(between, event.modes, coded.parse, words.first, words.last));
    const double value = worth(event, sentence) * standing(coded.parse, words.first);
    if (best_event[type] != nullptr && tables[type] >= value) continue;
    tables[type] = value;
    best_event[type] = &event;
  }
  // CONCEDE and RETREAT are one root: the scorer's word for either adds up, of the tables the better one counts.
  std::map<std::string_view, std::pair<double, double>> roots;
  for (std::size_t type = 0; type < event_type_count; ++type) {
    auto& [of_scorer, of_tables] = roots[root_name(static_cast<EventType>(type))];
    of_scorer += learned[type];
    of_tables = std::max(of_tables, tables[type]);
  }
  const auto total = [](const auto& item) { return item.second.first + item.second.second; };
  const auto best = std::ranges::max_element(roots, {}, total);
  std::size_t type = event_type_count;
  for (std::size_t i = 0; i < event_type_count; ++i)
    if (root_name(static_cast<EventType>(i)) == best->first && (type == event_type_count || learned[i] + tables[i] > learned[type] + tables[type])) type = i;
  double sum = 1e-9;
  for (const auto& item : roots) sum += total(item);
  Relation relation;
  relation.root = std::string(best->first);
  relation.type = best_event[type] != nullptr ? best_event[type]->type : static_cast<EventType>(type);
  relation.penta = relation.root == "YIELD" ? 2 : engine_.ontology().quad(static_cast<EventType>(type));
  relation.confidence = std::clamp(total(*best) / sum, 0.0, 1.0);
  if (const Event* event = best_event[type]) {
    relation.modes = event->modes;
    relation.why = std::string(coded.document.words(event->evidence.front().trigger)) + ": " + event->rule;
  } else if (!observed.triggers.empty()) {
    const auto word = std::ranges::max_element(observed.triggers, {}, [&](const Observed::Trigger& trigger) { return trigger.types[type]; });
    relation.modes = word->modes;
    relation.why = std::string(coded.parse[word->token].form) + ": scorer";
  }
  return relation;
}

}  // namespace legation
