// Patterns of time expressions, tried by backtracking over a few atoms. Only entry points: load(), match().
#include "time/patterns.h"

#include <algorithm>

#include "base/table.h"

namespace legation {
namespace {

constexpr std::array<std::string_view, 37> meaning_names = {
    "none",         "date",       "day_of_month", "date_range", "iso_parts", "month",      "months",       "year",         "years",        "year_range",
    "decade",       "century",    "quarter",      "half",       "season",    "weekday",    "relative_day", "last_night",   "overnight",    "shifted",
    "shifted_here", "ago",        "offset",       "same",       "follow",    "past_units", "recent_units", "recent_times", "coming_units", "ahead",
    "ahead_time",   "ahead_span", "recently",     "weekend",    "holiday",   "duration",   "recurring"};

std::optional<Meaning> parse_meaning(std::string_view name) {
  const auto found = std::find(meaning_names.begin(), meaning_names.end(), name);
  if (found == meaning_names.end()) return std::nullopt;
  return static_cast<Meaning>(found - meaning_names.begin());
}

/// First value goes to the first slot, the next to the second.
void put(std::int32_t& first, std::int32_t& second, std::int32_t value) { (has(first) ? second : first) = value; }

void capture(TimeClass kind, const Atom& atom, Slots& slots) {
  const auto value = atom.value(kind);
  switch (kind) {
    case TimeClass::month:
      return put(slots.month, slots.month2, value);
    case TimeClass::day:
      return put(slots.day, slots.day2, value);
    case TimeClass::year:
      return put(slots.year, slots.year2, value);
    case TimeClass::number:
      return put(slots.count, slots.count2, value);
    case TimeClass::weekday:
      slots.weekday = value;
      slots.plural = atom.plural;
      return;
    case TimeClass::unit:
      slots.unit = value;
      slots.plural = atom.plural;
      return;
    case TimeClass::vague:
      slots.count = value;
      slots.vague = true;
      return;
    case TimeClass::ordinal:
    case TimeClass::quarter:
      slots.ordinal = value;
      return;
    case TimeClass::part:
      slots.part = value;
      return;
    case TimeClass::season:
      slots.season = value;
      return;
    case TimeClass::shift:
      slots.shift = value;
      return;
    case TimeClass::follow:
      slots.follow = value;
      return;
    case TimeClass::relday:
      slots.relday = value;
      return;
    case TimeClass::offset:
      slots.offset = value;
      return;
    case TimeClass::decade:
      slots.decade = value;
      return;
    case TimeClass::isodate:
      slots.isodate = value;
      return;
    case TimeClass::holiday:
      slots.holiday = value;
      return;
    case TimeClass::recently:
      slots.recently = value;
      return;
    default:
      return;
  }
}

/// Captures every class that the element names and the atom has.
void capture_all(std::uint32_t classes, const Atom& atom, Slots& slots) {
  for (std::size_t i = 0; i < atom.sense_count; ++i) {
    const auto kind = atom.senses[i].kind;
    if ((classes >> static_cast<unsigned>(kind) & 1u) != 0) capture(kind, atom, slots);
  }
}

}  // namespace

Result<PatternTable> PatternTable::load(const Resources& resources, TimeLexicon& lexicon) {
  const auto bytes = resources.file("data/time/patterns.tsv");
  if (!bytes) return bytes.error();
  const auto read = Table::read("data/time/patterns.tsv", bytes.value(), {"pattern", "meaning", "example", "gives"});
  if (!read) return read.error();
  const Table& table = read.value();
  PatternTable patterns;
  patterns.comma_ = lexicon.intern(",");
  for (std::size_t row = 0; row < table.rows(); ++row) {
    const auto meaning = parse_meaning(table.cell(row, 1));
    if (!meaning) return table.fault(row, "no meaning \"" + std::string(table.cell(row, 1)) + "\"");
    const auto line = static_cast<std::uint32_t>(table.line(row));
    Pattern pattern{{}, *meaning, line};
    for (const auto text : split_list(table.cell(row, 0), ' ')) {
      auto element = patterns.read_element(text, lexicon);
      if (!element) return table.fault(row, element.error().what);
      pattern.elements.push_back(std::move(element).value());
    }
    if (std::all_of(pattern.elements.begin(), pattern.elements.end(), [](const Element& e) { return e.optional; }))
      return table.fault(row, "a pattern needs a part that may not be missing");
    patterns.patterns_.push_back(std::move(pattern));
    patterns.index(static_cast<std::uint16_t>(patterns.patterns_.size() - 1));
    patterns.examples_.push_back({line, std::string(table.cell(row, 0)), std::string(table.cell(row, 2)), std::string(table.cell(row, 3))});
  }
  return patterns;
}

Result<PatternTable::Element> PatternTable::read_element(std::string_view text, TimeLexicon& lexicon) {
  Element element;
  if (text.size() > 1 && text.back() == '?') {
    element.optional = true;
    text.remove_suffix(1);
  }
  for (const auto choice : split_list(text, '|')) {
    if (choice.front() != '<') {
      element.words.push_back(lexicon.intern(choice));
      continue;
    }
    const auto kind = parse_time_class(choice.substr(1, choice.size() - 2));
    if (!kind || choice.back() != '>') return Error{Error::Code::bad_format, "no class " + std::string(choice)};
    element.classes |= 1u << static_cast<unsigned>(*kind);
  }
  return element;
}

void PatternTable::index(std::uint16_t id) {
  std::uint32_t classes = 0;
  std::vector<std::uint16_t> words;
  for (const Element& element : patterns_[id].elements) {
    classes |= element.classes;
    const bool comma = element.words.size() == 1 && element.words[0] == comma_;  // no expression begins with one
    if (!comma) words.insert(words.end(), element.words.begin(), element.words.end());
    if (!element.optional) break;
  }
  for (std::size_t kind = 0; kind < time_class_count; ++kind) {
    if ((classes >> kind & 1u) != 0) by_class_[kind].push_back(id);
  }
  for (const auto word : words) {
    if (by_word_.size() <= word) by_word_.resize(word + 1u);
    by_word_[word].push_back(id);
  }
}

bool PatternTable::fits(const Element& element, const Atom& atom) {
  if ((element.classes & atom.classes) != 0) return true;
  return atom.word != 0 && std::find(element.words.begin(), element.words.end(), atom.word) != element.words.end();
}

bool PatternTable::step(const Pattern& pattern, std::size_t element, std::span<const Atom> atoms, std::uint32_t at, const Slots& slots, Found& found) {
  if (element == pattern.elements.size()) {
    found = {at, slots};
    return true;
  }
  const Element& wanted = pattern.elements[element];
  if (at < atoms.size() && fits(wanted, atoms[at])) {
    Slots taken = slots;
    capture_all(wanted.classes, atoms[at], taken);
    if (step(pattern, element + 1, atoms, at + 1, taken, found)) return true;
  }
  return wanted.optional && step(pattern, element + 1, atoms, at, slots, found);
}

void PatternTable::try_pattern(const Pattern& pattern, std::span<const Atom> atoms, std::uint32_t first, Match& best) const {
  Found found;
  if (!step(pattern, 0, atoms, first, Slots{}, found) || found.last <= first) return;
  const bool longer = found.last > best.last;
  const bool upper = found.last == best.last && pattern.line < best.line;
  if (longer || upper) best = {first, found.last, pattern.meaning, found.slots, pattern.line};
}

Match PatternTable::match(std::span<const Atom> atoms, std::uint32_t first) const {
  Match best{first, first, Meaning::none, {}, 0};
  const Atom& atom = atoms[first];
  for (std::size_t i = 0; i < atom.sense_count; ++i) {
    for (const auto id : by_class_[static_cast<std::size_t>(atom.senses[i].kind)]) {
      try_pattern(patterns_[id], atoms, first, best);
    }
  }
  if (atom.word != 0 && atom.word < by_word_.size()) {
    for (const auto id : by_word_[atom.word]) try_pattern(patterns_[id], atoms, first, best);
  }
  return best;
}

}  // namespace legation
