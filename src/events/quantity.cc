#include "events/quantity.h"

#include <algorithm>
#include <charconv>
#include <string>
#include <utility>

#include "base/ascii.h"
#include "base/table.h"

namespace legation {
namespace {

constexpr std::string_view kind_names[] = {"dead",         "injured", "arrested", "captured", "displaced", "troops",
                                           "participants", "money",   "weapons",  "percent",  "duration",  "other"};

std::optional<Quantity::Kind> parse_kind(std::string_view name) {
  for (std::size_t at = 0; at < std::size(kind_names); ++at)
    if (kind_names[at] == name) return static_cast<Quantity::Kind>(at);
  return std::nullopt;
}

/// Reads "300,000" and "1.5"; a leading currency sign is passed over. False when it is no plain number.
bool digits(std::string_view form, double& value) {
  char buffer[32];
  std::size_t size = 0;
  for (char c : form) {
    if (c == ',') continue;
    if ((c < '0' || c > '9') && c != '.') return false;
    if (size + 1 >= sizeof buffer) return false;
    buffer[size++] = c;
  }
  if (size == 0) return false;
  const auto [end, fault] = std::from_chars(buffer, buffer + size, value);
  return fault == std::errc() && end == buffer + size;
}

bool is_noun(Upos upos) { return upos == Upos::NOUN || upos == Upos::PROPN || upos == Upos::SYM; }

}  // namespace

std::string_view name(Quantity::Kind kind) { return kind_names[static_cast<std::size_t>(kind)]; }

Result<QuantityReader> QuantityReader::load(const Resources& resources) {
  QuantityReader reader;
  const auto counted = resources.file("data/predicates/quantities.tsv");
  if (!counted.ok()) return counted.error();
  const auto counted_rows = Table::read("quantities.tsv", counted.value(), {"lemma", "pos", "kind", "unit"});
  if (!counted_rows.ok()) return counted_rows.error();
  for (std::size_t row = 0; row < counted_rows.value().rows(); ++row) {
    const Table& table = counted_rows.value();
    const auto kind = parse_kind(table.cell(row, 2));
    if (!kind) return table.fault(row, "\"" + std::string(table.cell(row, 2)) + "\" is no kind of quantity");
    auto& map = table.cell(row, 1) == "VERB" ? reader.verbs_ : table.cell(row, 1) == "CURRENCY" ? reader.currencies_ : reader.nouns_;
    map.emplace(table.cell(row, 0), Counted{*kind, table.cell(row, 3)});
  }
  const auto bounds = resources.file("data/predicates/bounds.tsv");
  if (!bounds.ok()) return bounds.error();
  const auto bound_rows = Table::read("bounds.tsv", bounds.value(), {"phrase", "lower", "upper"});
  if (!bound_rows.ok()) return bound_rows.error();
  for (std::size_t row = 0; row < bound_rows.value().rows(); ++row)
    reader.bounds_.emplace(bound_rows.value().cell(row, 0), Bound{bound_rows.value().cell(row, 1) == "yes", bound_rows.value().cell(row, 2) == "yes"});
  const auto numbers = resources.file("data/predicates/numbers.tsv");
  if (!numbers.ok()) return numbers.error();
  const auto number_rows = Table::read("numbers.tsv", numbers.value(), {"word", "value", "kind"});
  if (!number_rows.ok()) return number_rows.error();
  for (std::size_t row = 0; row < number_rows.value().rows(); ++row) {
    const Table& table = number_rows.value();
    Number number;
    if (!digits(table.cell(row, 1), number.value)) return table.fault(row, "value is no number");
    number.scale = table.cell(row, 2) == "scale";
    number.vague = table.cell(row, 2) == "vague";
    reader.numbers_.emplace(table.cell(row, 0), number);
  }
  return reader;
}

bool QuantityReader::number_at(const Parse& parse, std::uint32_t token, double& value, bool& vague) const {
  vague = false;
  if (digits(parse[token].form, value)) return true;
  const auto found = numbers_.find(ascii::lowered(parse[token].form));
  if (found == numbers_.end()) return false;
  if (parse[token].upos == Upos::PRON || parse[token].upos == Upos::DET) return false;  // "one of them"
  value = found->second.value;
  vague = found->second.vague;
  return true;
}

// "tens of thousands", "2.5 million", "three hundred": returns one past the last token of the number.
std::uint32_t QuantityReader::read_number(const Parse& parse, std::uint32_t token, std::uint32_t last, Quantity& quantity) const {
  bool vague = false;
  if (!number_at(parse, token, quantity.value, vague)) return token;
  std::uint32_t end = token + 1;
  // "forty-two": three tokens
  const auto word = [&](std::uint32_t at) {
    const auto found = at < last ? numbers_.find(ascii::lowered(parse[at].form)) : numbers_.end();
    return found == numbers_.end() || found->second.vague ? 0.0 : found->second.value;
  };
  const bool tens = word(token) >= 20 && word(token) <= 90;
  if (tens && end + 1 < last && parse[end].form == "-" && word(end + 1) >= 1 && word(end + 1) < 10) {
    quantity.value += word(end + 1);
    end += 2;
  }
  while (end < last) {
    const std::uint32_t at = parse[end].lemma == "of" && vague && end + 1 < last ? end + 1 : end;
    const auto found = numbers_.find(ascii::lowered(parse[at].form));
    if (found == numbers_.end() || (!found->second.scale && !(vague && found->second.vague))) break;
    // "tens of thousands": 20 x 1000, not 20 x "several thousand"
    quantity.value *= found->second.scale ? found->second.value : found->second.value / 2;
    end = at + 1;
  }
  if (vague) quantity.lower = quantity.value, quantity.bound = ascii::lowered(parse[token].form);
  return end;
}

void QuantityReader::read_bound(const Parse& parse, std::uint32_t first, std::uint32_t begin, Quantity& quantity) const {
  std::string phrase;
  for (std::uint32_t words = 0; words < 3 && first > begin + words; ++words) {
    const std::uint32_t at = first - 1 - words;
    phrase = phrase.empty() ? ascii::lowered(parse[at].form) : ascii::lowered(parse[at].form) + " " + phrase;
    const auto found = bounds_.find(phrase);
    if (found == bounds_.end()) continue;
    quantity.bound = phrase;  // the longest phrase wins: "no more than" over "more than"
    quantity.lower = found->second.lower && !found->second.upper ? std::optional(quantity.value) : std::nullopt;
    quantity.upper = found->second.upper && !found->second.lower ? std::optional(quantity.value) : std::nullopt;
    quantity.span.begin = parse[at].begin;
  }
}

// The counted noun is the number's governor, or the noun behind it; the verb is the nearest one above.
void QuantityReader::read_counted(const Arguments& arguments, std::uint32_t number, std::uint32_t end, Quantity& quantity) const {
  const Parse& parse = arguments.parse();
  std::int32_t noun = -1;
  Deprel below = parse[number].deprel;
  for (std::int32_t at = parse[number].head, depth = 0; at >= 0 && depth < 4; at = parse[static_cast<std::uint32_t>(at)].head, ++depth) {
    const auto token = static_cast<std::uint32_t>(at);
    const Deprel relation = std::exchange(below, parse[token].deprel);
    if (noun < 0 && is_noun(parse[token].upos) && token >= number) noun = at;
    if (noun < 0 && is_noun(parse[token].upos) && currencies_.contains(ascii::lowered(parse[token].form))) noun = at;
    if (parse[token].upos != Upos::VERB) continue;
    if (noun >= 0 && (relation == Deprel::obl || relation == Deprel::obl_agent)) break;  // "killed in four attacks", "by three gunmen": not the dead
    if (const auto verb = verbs_.find(parse[token].lemma); verb != verbs_.end()) {
      quantity.kind = verb->second.kind;
      quantity.unit = verb->second.unit;
    }
    break;
  }
  const Sentence& sentence = parse.sentences[parse[number].sentence];
  if (noun < 0 && end < sentence.tokens.last && is_noun(parse[end].upos)) noun = static_cast<std::int32_t>(end);
  const bool sign_before = number > sentence.tokens.first && currencies_.contains(ascii::lowered(parse[number - 1].form));
  if (sign_before) {
    quantity.kind = Quantity::Kind::money;
    quantity.unit = currencies_.find(ascii::lowered(parse[number - 1].form))->second.unit;
    quantity.span.begin = std::min(quantity.span.begin, parse[number - 1].begin);
    return;
  }
  if (noun < 0) return;
  const Token& counted = parse[static_cast<std::uint32_t>(noun)];
  const std::string lemma = ascii::lowered(counted.lemma);
  quantity.of = lemma;
  quantity.span.end = std::max(quantity.span.end, counted.begin < quantity.span.end + 40 ? counted.end : quantity.span.end);
  if (const auto currency = currencies_.find(lemma); currency != currencies_.end()) {
    quantity.kind = Quantity::Kind::money;
    quantity.unit = currency->second.unit;
  } else if (const auto found = nouns_.find(lemma);
             found != nouns_.end() &&
             (quantity.kind == Quantity::Kind::other || quantity.kind == Quantity::Kind::captured || found->second.kind == Quantity::Kind::weapons ||
              found->second.kind == Quantity::Kind::duration || found->second.kind == Quantity::Kind::percent)) {
    quantity.kind = found->second.kind;
    quantity.unit = found->second.unit;
  }
  if (quantity.unit.empty()) quantity.unit = lemma;
}

std::vector<Quantity> QuantityReader::read(const Arguments& arguments, std::uint32_t sentence) const {
  const Parse& parse = arguments.parse();
  const TokenRange range = parse.sentences[sentence].tokens;
  std::vector<Quantity> quantities;
  for (std::uint32_t at = range.first; at < range.last;) {
    Quantity quantity;
    const Token& token = parse[at];
    const bool candidate = token.upos == Upos::NUM || (is_noun(token.upos) && token.has(morph_plural));
    const std::uint32_t end = candidate ? read_number(parse, at, range.last, quantity) : at;
    if (end == at) {
      ++at;
      continue;
    }
    quantity.token = at;
    quantity.span = {token.begin, parse[end - 1].end};
    read_bound(parse, at, range.first, quantity);
    read_counted(arguments, at, end, quantity);
    // A bare number with nothing counted is a year, a house number or a score.
    const bool counted_people = quantity.kind != Quantity::Kind::other;
    if (!quantity.of.empty() || counted_people) quantities.push_back(std::move(quantity));
    at = end;
  }
  return quantities;
}

}  // namespace legation
