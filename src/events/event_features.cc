#include "events/event_features.h"

#include <algorithm>
#include <span>

namespace legation {
namespace {

using Rows = EventFeatureRows;

/// "SUPPORT", "op agree", "-" for a sense that is no event.
std::string choice_name(const PredicateEntry& entry, const Predicates& predicates) {
  if (entry.is_operator) return "op " + std::string(predicates.operator_name(entry.op));
  return entry.meaning == meaning_blocked ? "-" : std::string(predicates.meaning_name(entry.meaning));
}

std::uint16_t mention_row(const Mentions& mentions, std::uint32_t token) {
  const Mention* mention = mentions.at(token);
  if (mention == nullptr) return 0;
  if (mention->head != token) return Rows::mention + 2 * Rows::mention_kinds;
  return static_cast<std::uint16_t>(Rows::mention + 2 * static_cast<int>(mention->kind) + (mention->can_act ? 1 : 0));
}

std::uint16_t sector_row(const Mentions& mentions, std::uint32_t token, const Ontology& ontology) {
  const Mention* mention = mentions.at(token);
  if (mention == nullptr || mention->head != token) return 0;
  const Actor& actor = mention->actors.front();
  const std::size_t row = std::min<std::size_t>(ontology.sector_row(actor.sector), Rows::sectors - 1);
  return static_cast<std::uint16_t>(Rows::sector + 2 * row + (actor.code.empty() ? 0 : 1));
}

/// FNV-1a over small numbers, as train/events/heads.py has it.
std::uint32_t hash_path(std::span<const std::uint32_t> steps) {
  std::uint32_t value = 2166136261u;
  for (const std::uint32_t step : steps) value = (value ^ step) * 16777619u;
  return value;
}

/// The arcs from `other` up to a common governor and down to `trigger`.
std::uint16_t path_row(const Parse& parse, std::uint32_t trigger, std::uint32_t other) {
  constexpr std::size_t longest = 5;
  std::array<std::uint32_t, longest + 2> chain{trigger};
  std::size_t length = 1;
  while (parse[chain[length - 1]].head >= 0 && length <= longest + 1) {
    if (length == chain.size()) break;
    chain[length] = static_cast<std::uint32_t>(parse[chain[length - 1]].head), ++length;
  }
  std::array<std::uint32_t, longest + 1> steps{};
  std::size_t count = 0;
  std::uint32_t at = other;
  const auto place = [&] {
    return static_cast<std::size_t>(std::find(chain.begin(), chain.begin() + static_cast<std::ptrdiff_t>(length), at) - chain.begin());
  };
  while (place() == length) {
    if (count == longest || parse[at].head < 0) return 0;
    steps[count++] = static_cast<std::uint32_t>(parse[at].deprel) + 1;
    at = static_cast<std::uint32_t>(parse[at].head);
  }
  for (std::size_t down = place(); down-- > 0;) {
    if (count == longest) return 0;
    steps[count++] = 129 + static_cast<std::uint32_t>(parse[chain[down]].deprel);
  }
  return static_cast<std::uint16_t>(1 + hash_path(std::span(steps).first(count)) % (PairFeatures::paths - 1));
}

std::uint8_t distance_row(std::uint32_t trigger, std::uint32_t other) {
  constexpr std::array<std::uint8_t, 12> classes = {0, 0, 1, 2, 2, 3, 3, 3, 4, 4, 4, 4};
  const std::uint32_t words = trigger > other ? trigger - other : other - trigger;
  const std::uint8_t far = words < classes.size() ? classes[words] : std::uint8_t{5};
  return static_cast<std::uint8_t>(far + (other > trigger ? 6 : 0));
}

}  // namespace

ChoiceNames::ChoiceNames(const std::vector<std::string>& names) {
  for (std::size_t i = 0; i < names.size() && i < Rows::choices; ++i) rows_[names[i]] = static_cast<std::uint16_t>(Rows::choice + i);
}

std::vector<std::string> ChoiceNames::of(const Predicates& predicates) {
  std::vector<std::string> names = {"-"};
  for (std::string_view meaning : predicates.meaning_names()) names.emplace_back(meaning);
  for (std::string_view op : predicates.operator_names()) names.push_back("op " + std::string(op));
  return names;
}

std::uint16_t ChoiceNames::row(const PredicateEntry& entry, const Predicates& predicates) const {
  const auto found = rows_.find(choice_name(entry, predicates));
  return found == rows_.end() ? std::uint16_t{0} : found->second;
}

void read_event_features(const Arguments& arguments, const Composer& composer, const ScopeReader& scopes, const std::vector<TableEvent>& events,
                         std::uint32_t sentence, const ChoiceNames& names, const Ontology& ontology, EventFeatures& out) {
  const Parse& parse = arguments.parse();
  const TokenRange range = parse.sentences[sentence].tokens;
  const std::size_t begin = out.size();
  for (std::uint32_t at = range.first; at < range.last; ++at) {
    const Token& token = parse[at];
    const PredicateEntry* entry = composer.choice(at);
    const int place = (parse.sentences[sentence].in_title ? 1 : 0) + (scopes.quoted(at) ? 2 : 0);
    out.push_back({entry == nullptr ? std::uint16_t{0} : names.row(*entry, arguments.predicates()), 0, mention_row(arguments.mentions(), at),
                   static_cast<std::uint16_t>(place == 0 ? 0 : Rows::place + place - 1),
                   static_cast<std::uint16_t>(Rows::deprel + static_cast<int>(token.deprel)),
                   static_cast<std::uint16_t>(Rows::upos + static_cast<int>(token.upos)), 0, sector_row(arguments.mentions(), at, ontology)});
  }
  for (const TableEvent& event : events) {
    auto& row = out[begin + event.trigger - range.first];
    if (row[1] != 0) continue;
    row[1] = static_cast<std::uint16_t>(Rows::event + 2 * static_cast<int>(event.type) + (event.told ? 1 : 0));
    row[6] = static_cast<std::uint16_t>(event.auxiliary == 0 ? 0 : Rows::auxiliary + event.auxiliary - 1);
  }
}

namespace {

/// Words so far from each other belong to no one act: what has no full stop for pages costs no more than its length.
TokenRange near(const Parse& parse, std::uint32_t token) {
  constexpr std::uint32_t reach = 128;
  const TokenRange range = parse.sentences[parse[token].sentence].tokens;
  return {std::max(range.first, token - std::min(token, reach)), std::min(range.last, token + reach)};
}

/// "US$43", "500 million US dollars": a name that no mention was made of, before what is counted.
bool tells_whose_money(const Parse& parse, std::uint32_t at) {
  const Token& token = parse[at];
  if (at + 1 < parse.tokens.size() && parse[at + 1].form == "$" && !token.space_after) return true;
  return token.deprel == Deprel::compound && token.head >= 0 && token.upos == Upos::PROPN &&
         std::ranges::any_of(parse.children(static_cast<std::uint32_t>(token.head)),
                             [&](std::uint32_t child) { return parse[child].deprel == Deprel::nummod; });
}

}  // namespace

void pair_features(const Parse& parse, const Mentions& mentions, std::uint32_t trigger, const TableEvent* event, std::vector<PairFeatures>& out) {
  const TokenRange range = near(parse, trigger);
  const auto in = [](const std::vector<std::int32_t>& list, std::int32_t mention) { return std::ranges::find(list, mention) != list.end(); };
  for (std::uint32_t at = range.first; at < range.last; ++at) {
    const std::int32_t mention = mentions.of_token[at];
    const bool head = mention >= 0 && mentions.list[static_cast<std::size_t>(mention)].head == at;
    const Upos upos = parse[at].upos;
    const bool loose = mention < 0 && (upos == Upos::NOUN || upos == Upos::PROPN || upos == Upos::PRON);
    if (at == trigger || (!head && !loose) || (loose && tells_whose_money(parse, at))) continue;
    const int rule = event == nullptr || !head ? 0 : (in(event->actors, mention) ? 1 : 0) + (in(event->recipients, mention) ? 2 : 0);
    out.push_back({at, static_cast<std::uint8_t>(rule), path_row(parse, trigger, at), distance_row(trigger, at)});
  }
}

std::string_view country_of(const Mention& mention) {
  if (mention.actors.size() != 1) return {};
  const std::string_view code = mention.actors.front().code;
  return is_international(code) ? std::string_view() : code;
}

void country_features(const Parse& parse, const Mentions& mentions, std::uint32_t party, std::vector<PairFeatures>& out) {
  const TokenRange range = near(parse, party);
  constexpr std::uint32_t longest = 64;  // tokens of a mention that begins before the range
  const auto first =
      std::ranges::lower_bound(mentions.list, range.first - std::min(range.first, longest), {}, [](const Mention& one) { return one.range.first; });
  for (const Mention& mention : std::ranges::subrange(first, mentions.list.end())) {
    if (mention.range.first >= range.last) break;
    if (!range.contains(mention.head) || mention.head == party || country_of(mention).empty()) continue;
    const std::uint8_t kind = mention.kind == MentionKind::state ? 1 : mention.kind == MentionKind::place ? 2 : 3;
    out.push_back({mention.head, kind, path_row(parse, party, mention.head), distance_row(party, mention.head)});
  }
}

}  // namespace legation
