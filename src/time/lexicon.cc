// Words of time: tables to senses, tokens to atoms. Only entry points: TimeLexicon::load(), atoms(),
// intern().
#include "time/lexicon.h"

#include <algorithm>
#include <charconv>

#include "base/ascii.h"
#include "base/table.h"

namespace legation {
namespace {

constexpr std::array<std::string_view, time_class_count> class_names = {
    "month",  "weekday", "unit", "number",        "vague", "ordinal",  "quarter", "part",   "season", "shift", "follow",  "relday", "daypart",
    "offset", "bound",   "prep", "approximately", "zone",  "recently", "joiner",  "decade", "day",    "year",  "isodate", "holiday"};
constexpr std::array<std::string_view, 11> unit_names = {"minute", "hour",    "day",  "week",   "weekend", "fortnight",
                                                         "month",  "quarter", "year", "decade", "century"};
constexpr std::array<std::string_view, 7> bound_names = {"since", "until", "by", "before", "after", "from", "between"};
constexpr std::array<std::string_view, 3> part_names = {"early", "mid", "late"};
constexpr std::array<std::string_view, 4> season_names = {"spring", "summer", "autumn", "winter"};
constexpr std::array<std::string_view, 2> joiner_names = {"to", "and"};
constexpr std::size_t longest_word = 16;

template <std::size_t n>
std::optional<std::int32_t> position(const std::array<std::string_view, n>& names, std::string_view name) {
  const auto found = std::find(names.begin(), names.end(), name);
  if (found == names.end()) return std::nullopt;
  return static_cast<std::int32_t>(found - names.begin());
}

std::optional<std::int32_t> integer(std::string_view text) {
  std::int32_t value = 0;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), value);
  if (error != std::errc{} || end != text.data() + text.size()) return std::nullopt;
  return value;
}

std::optional<std::int32_t> between(std::optional<std::int32_t> value, std::int32_t low, std::int32_t high) {
  return value && *value >= low && *value <= high ? value : std::nullopt;
}

std::optional<std::int32_t> value_of(TimeClass kind, std::string_view text) {
  switch (kind) {
    case TimeClass::unit:
      return position(unit_names, text);
    case TimeClass::bound:
      return position(bound_names, text);
    case TimeClass::part:
      return position(part_names, text);
    case TimeClass::season:
      return position(season_names, text);
    case TimeClass::joiner:
      return position(joiner_names, text);
    case TimeClass::month:
      return between(integer(text), 1, 12);
    case TimeClass::weekday:
      return between(integer(text), 0, 6);
    default:
      return between(integer(text), -10000, 10000);
  }
}

/// A lower-case copy without allocation; empty for words longer than any of ours.
struct Folded {
  explicit Folded(std::string_view form) {
    if (form.size() > longest_word) return;
    size = form.size();
    std::transform(form.begin(), form.end(), bytes.begin(), ascii::to_lower);
  }
  std::string_view view() const { return {bytes.data(), size}; }
  std::array<char, longest_word> bytes{};
  std::size_t size = 0;
};

std::size_t shape(std::string_view word) { return (static_cast<unsigned char>(word[0]) * 16u + std::min<std::size_t>(word.size(), 15)) % 4096; }

void add_plain_number(std::int32_t value, std::size_t digits, Atom& atom) {
  if (digits <= 3) atom.add({TimeClass::number, value});
  if (digits <= 2 && value >= 1 && value <= 31) atom.add({TimeClass::day, value});
  if (digits == 4 && value >= 1400 && value < 2200) atom.add({TimeClass::year, value});
  if (digits == 4) atom.add({TimeClass::number, value});
}

void add_decade(std::int32_t value, std::size_t digits, Atom& atom) {
  if (value % 10 != 0) return;
  if (digits == 4 && value >= 1700 && value < 2200) atom.add({TimeClass::decade, value});
  if (digits == 2 && value >= 20) atom.add({TimeClass::decade, 1900 + value});
}

bool is_ordinal_ending(std::string_view text) {
  const Folded folded(text);
  const auto view = folded.view();
  return view == "st" || view == "nd" || view == "rd" || view == "th";
}

void add_ordinal(std::int32_t value, Atom& atom) {
  atom.add({TimeClass::ordinal, value});
  if (value >= 1 && value <= 31) atom.add({TimeClass::day, value});
}

/// Digits with what may follow them: 10, 2017, 1990s, '90s, 10th, 2025-06-10.
void add_digits(std::string_view form, Atom& atom) {
  if (form.size() > 1 && form[0] == '\'') form.remove_prefix(1);
  if (form.size() == 10) {
    if (const auto date = Date::parse(form)) return atom.add({TimeClass::isodate, date->days});
  }
  const auto end = static_cast<std::size_t>(std::find_if_not(form.begin(), form.end(), ascii::is_digit) - form.begin());
  if (end == 0 || end > 4) return;
  const auto value = *integer(form.substr(0, end));
  const auto rest = form.substr(end);
  if (rest.empty()) return add_plain_number(value, end, atom);
  if (rest == "s") return add_decade(value, end, atom);
  if (is_ordinal_ending(rest)) add_ordinal(value, atom);
}

/// Length of a dash at the place: 1 for '-', 3 for the en dash, else 0.
std::size_t dash_at(std::string_view text, std::size_t place) {
  if (text[place] == '-') return 1;
  return text.substr(place, 3) == "\xE2\x80\x93" ? 3 : 0;
}

}  // namespace

std::optional<TimeClass> parse_time_class(std::string_view name) {
  const auto found = position(class_names, name);
  if (!found) return std::nullopt;
  return static_cast<TimeClass>(*found);
}

std::int32_t Atom::value(TimeClass kind) const {
  for (std::size_t i = 0; i < sense_count; ++i) {
    if (senses[i].kind == kind) return senses[i].value;
  }
  return 0;
}

void Atom::add(TimeSense sense) {
  if (sense_count == max_senses || is(sense.kind)) return;
  senses[sense_count++] = sense;
  classes |= 1u << static_cast<unsigned>(sense.kind);
}

Result<TimeLexicon> TimeLexicon::load(const Resources& resources) {
  TimeLexicon lexicon;
  const auto words = resources.file("data/time/words.tsv");
  if (!words) return words.error();
  const auto holidays = resources.file("data/time/holidays.tsv");
  if (!holidays) return holidays.error();
  if (auto status = lexicon.load_words(words.value()); !status) return status.error();
  if (auto status = lexicon.load_holidays(holidays.value()); !status) return status.error();
  return lexicon;
}

Status TimeLexicon::load_words(std::string_view bytes) {
  const auto read = Table::read("data/time/words.tsv", bytes, {"word", "class", "value", "form"});
  if (!read) return read.error();
  const Table& table = read.value();
  for (std::size_t row = 0; row < table.rows(); ++row) {
    const auto word = ascii::lowered(table.cell(row, 0));
    if (word.empty() || word.size() > longest_word) return table.fault(row, "a word has 1 to 16 bytes");
    if (table.cell(row, 1) == "same") {
      spellings_[word] = std::string(table.cell(row, 2));
      shapes_.set(shape(word));
      continue;
    }
    const auto kind = parse_time_class(table.cell(row, 1));
    if (!kind) return table.fault(row, "no class \"" + std::string(table.cell(row, 1)) + "\"");
    const auto value = value_of(*kind, table.cell(row, 2));
    if (!value) return table.fault(row, "no value \"" + std::string(table.cell(row, 2)) + "\" for this class");
    entry(word).senses.push_back({{*kind, *value}, table.cell(row, 3) == "capital", table.cell(row, 3) == "plural"});
  }
  return success();
}

Status TimeLexicon::load_holidays(std::string_view bytes) {
  const auto read = Table::read("data/time/holidays.tsv", bytes, {"name", "month", "day", "year"});
  if (!read) return read.error();
  const Table& table = read.value();
  for (std::size_t row = 0; row < table.rows(); ++row) {
    Holiday holiday;
    for (auto word : split_list(table.cell(row, 0), ' ')) {
      const bool possessive = word.size() > 2 && (word.substr(word.size() - 2) == "'s" || word.back() == '\'');
      const auto stem = possessive ? word.substr(0, word.rfind('\'')) : word;
      holiday.words.push_back(ascii::lowered(stem));
      if (possessive) holiday.words.push_back(std::string(word.substr(stem.size())));
    }
    const auto month = integer(table.cell(row, 1)), day = integer(table.cell(row, 2));
    const auto year = table.cell(row, 3).empty() ? std::optional(0) : integer(table.cell(row, 3));
    if (holiday.words.empty() || !month || !day || !year) return table.fault(row, "name, month and day must be given");
    const std::chrono::year_month_day ymd{std::chrono::year{2000}, std::chrono::month(static_cast<unsigned>(*month)),
                                          std::chrono::day(static_cast<unsigned>(*day))};
    if (!ymd.ok()) return table.fault(row, "no such day of the year");
    holiday.month = *month, holiday.day = *day, holiday.year = *year;
    entry(holiday.words[0]).holidays.push_back(static_cast<std::uint16_t>(holidays_.size()));
    holidays_.push_back(std::move(holiday));
  }
  return success();
}

TimeLexicon::Entry& TimeLexicon::entry(std::string_view word) {
  shapes_.set(shape(word));
  shapes_.set((shape(word) + 1) % 4096);  // the same word with a final -s
  return entries_[std::string(word)];
}

std::uint16_t TimeLexicon::intern(std::string_view word) {
  Entry& found = entry(word);
  if (found.word == 0) found.word = ++words_;
  return found.word;
}

std::uint16_t TimeLexicon::word_id(std::string_view word) const {
  const Entry* found = find(word);
  return found ? found->word : std::uint16_t{0};
}

const TimeLexicon::Entry* TimeLexicon::find(std::string_view folded) const {
  if (folded.empty() || !shapes_.test(shape(folded))) return nullptr;
  auto found = entries_.find(folded);
  if (found != entries_.end()) return &found->second;
  const auto spelling = spellings_.find(folded);
  if (spelling == spellings_.end()) return nullptr;
  found = entries_.find(spelling->second);
  return found == entries_.end() ? nullptr : &found->second;
}

void TimeLexicon::add_senses(const Entry& found, std::string_view form, bool verb, bool plural, Atom& atom) const {
  for (const Sense& sense : found.senses) {
    if (sense.capital && (verb || !ascii::is_upper(form[0]))) continue;
    atom.add(sense.sense);
    atom.plural = atom.plural || plural || sense.plural;
  }
  if (!plural) atom.word = found.word;
}

Atom TimeLexicon::classify(std::string_view form, bool verb) const {
  Atom atom;
  if (ascii::is_digit(form[0]) || (form[0] == '\'' && form.size() > 1)) {
    add_digits(form, atom);
    if (atom.known()) return atom;
  }
  const Folded folded(form);
  const auto view = folded.view();
  if (const Entry* found = find(view)) {
    add_senses(*found, form, verb, false, atom);
  } else if (view.size() > 3 && view.back() == 's') {
    if (const Entry* singular = find(view.substr(0, view.size() - 1))) add_senses(*singular, form, verb, true, atom);
  }
  return atom;
}

bool TimeLexicon::split(const Token& token, std::uint32_t index, std::vector<Atom>& out) const {
  const auto size_before = out.size();
  const bool verb = false;  // a hyphenated word that holds one of ours is none
  std::size_t begin = 0;
  for (std::size_t place = 0; place <= token.form.size(); ++place) {
    const auto dash = place < token.form.size() ? dash_at(token.form, place) : std::size_t{0};
    if (place < token.form.size() && dash == 0) continue;
    Atom atom = place > begin ? classify(token.form.substr(begin, place - begin), verb) : Atom{};
    if (!atom.known()) {
      out.resize(size_before);
      return false;
    }
    atom.range = {index, index + 1};
    out.push_back(atom);
    if (place == token.form.size()) break;
    Atom hyphen = classify("-", verb);
    hyphen.range = {index, index + 1};
    out.push_back(hyphen);
    begin = place + dash;
    place = begin - 1;
  }
  return true;
}

std::uint32_t TimeLexicon::match_holiday(const Parse& parse, std::uint32_t first, std::uint32_t last, Atom& atom) const {
  const Entry* found = find(Folded(parse[first].form).view());
  if (!found) return 0;
  std::uint32_t best = 0;
  for (const auto row : found->holidays) {
    const auto& words = holidays_[row].words;
    if (words.size() > last - first || words.size() <= best) continue;
    const auto same = [&](std::size_t i) {
      const Folded folded(parse[first + static_cast<std::uint32_t>(i)].form);
      const auto spelling = spellings_.find(folded.view());
      return (spelling == spellings_.end() ? folded.view() : std::string_view(spelling->second)) == words[i];
    };
    std::size_t matched = 0;
    while (matched < words.size() && same(matched)) ++matched;
    if (matched < words.size()) continue;
    best = static_cast<std::uint32_t>(words.size());
    atom = Atom{};
    atom.add({TimeClass::holiday, row});
  }
  return best;
}

void TimeLexicon::atoms(const Parse& parse, TokenRange range, std::vector<Atom>& out) const {
  for (std::uint32_t i = range.first; i < range.last;) {
    const Token& token = parse[i];
    if (token.form.empty()) {
      out.emplace_back().range = {i, i + 1};
      ++i;
      continue;
    }
    Atom atom = classify(token.form, token.upos == Upos::VERB || token.upos == Upos::AUX);
    const char first = token.form[0];
    std::uint32_t words = ascii::is_upper(first) || ascii::is_digit(first) ? match_holiday(parse, i, range.last, atom) : 0;
    words = std::max(words, 1u);
    if (!atom.known() && token.form.size() > 3 && split(token, i, out)) {
      ++i;
      continue;
    }
    atom.range = {i, i + words};
    out.push_back(atom);
    i += words;
  }
}

}  // namespace legation
