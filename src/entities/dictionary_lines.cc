// The writing of TABARI and PETRARCH dictionaries: names joined by underscores, synonyms after a plus sign, codes with dates in
// square brackets on the same line or below, substitution sets, plurals in braces, comments after # and ;.
#include "entities/dictionary_lines.h"

#include <algorithm>
#include <charconv>
#include <map>

#include "base/ascii.h"
#include "base/table.h"

namespace legation {
namespace {

std::string upper(std::string_view text) {
  std::string copy(text);
  for (char& c : copy) c = ascii::to_upper(c);
  return copy;
}

/// "MAZAR-I-SHARIF_" -> "MAZAR-I-SHARIF"; runs of blanks and underscores become one blank. Tabs part cells of Phoenix lists of
/// companies from what is no name.
std::string spaced(std::string_view name) {
  std::string words;
  for (char c : name) {
    const bool blank = c == '_' || c == ' ' || c == '\t' || c == '\r';
    if (!blank)
      words.push_back(c);
    else if (!words.empty() && words.back() != ' ')
      words.push_back(' ');
  }
  while (!words.empty() && words.back() == ' ') words.pop_back();
  return words;
}

bool is_digits(std::string_view text) { return !text.empty() && std::all_of(text.begin(), text.end(), ascii::is_digit); }

/// YYYYMMDD or YYMMDD; the files write 1927 with four digits, 1932 with two. A day past the month's end is its last ("0631").
std::optional<Date> read_day(std::string_view text) {
  constexpr int first_short_year = 30;
  if (!is_digits(text) || (text.size() != 6 && text.size() != 8)) return std::nullopt;
  int number = 0;
  std::from_chars(text.data(), text.data() + text.size(), number);
  int year = number / 10000;
  const auto month = static_cast<unsigned>(number / 100 % 100), day = static_cast<unsigned>(number % 100);
  if (text.size() == 6) year += year < first_short_year ? 2000 : 1900;
  if (month < 1 || month > 12 || day < 1 || day > 31 || year < 1000) return std::nullopt;
  const Date first = Date::from_civil(year, month, 1);
  return std::min(first + static_cast<int>(day - 1), add_months(first, 1) - 1);
}

class Reader {
 public:
  Dictionary read(std::string_view bytes) {
    while (!bytes.empty()) {
      ++line_;
      const std::size_t end = bytes.find('\n');
      read_line(bytes.substr(0, end));
      bytes = end == std::string_view::npos ? std::string_view() : bytes.substr(end + 1);
    }
    finish();
    return std::move(dictionary_);
  }

 private:
  void leave_out(std::string what, std::uint32_t line) { dictionary_.left_out.push_back({std::move(what), line}); }

  void read_line(std::string_view line) {
    line = without_markup(line);
    line = trim(line.substr(0, line.find('#')));
    if (line.empty()) {
      adjacent_ = false;
      return;
    }
    if (line.front() == '!' && line.find('=') != std::string_view::npos) return read_set(line);
    // a semicolon before a bracket is part of nothing we know; behind the last one it begins a comment
    const std::size_t bracket = line.find('[');
    const std::size_t comment = line.find(';');
    const std::string_view names = line.substr(0, std::min(bracket, comment));
    if (!trim(names).empty()) read_names(trim(names));
    if (bracket != std::string_view::npos && bracket < comment) read_codes(line.substr(bracket));
    adjacent_ = true;
  }

  /// Without <!-- ... -->, which may go over lines.
  std::string_view without_markup(std::string_view line) {
    if (in_markup_) {
      const std::size_t end = line.find("-->");
      if (end == std::string_view::npos) return {};
      in_markup_ = false;
      return without_markup(line.substr(end + 3));
    }
    const std::size_t begin = line.find("<!--");
    if (begin == std::string_view::npos) return line;
    const std::size_t end = line.find("-->", begin);
    in_markup_ = end == std::string_view::npos;
    return line.substr(0, begin);
  }

  /// "!PERSON! = MAN, MEN, WOMAN"
  void read_set(std::string_view line) {
    const std::size_t equals = line.find('=');
    std::vector<std::string> words;
    for (std::string_view word : split_list(line.substr(equals + 1), ',')) words.push_back(spaced(word));
    sets_[std::string(trim(line.substr(0, equals)))] = std::move(words);
  }

  void read_names(std::string_view text) {
    const bool synonym = text.front() == '+';
    const bool goes_on = has_group_ && (synonym || (adjacent_ && group_.codes.empty()));
    if (synonym && !has_group_) return leave_out("synonym of nothing", line_);
    if (!goes_on) begin_group();
    for (std::string_view name : split_list(text, '+')) read_name(name);  // some lines hold two by mistake
  }

  void read_name(std::string_view text) {
    if (const std::size_t brace = text.find('{'); brace != std::string_view::npos) {
      const std::size_t end = std::min(text.find('}', brace), text.size());
      group_.plural = spaced(text.substr(brace + 1, end - brace - 1));
      text = text.substr(0, brace);
    }
    const std::size_t mark = text.find('!');
    const std::size_t mark_end = mark == std::string_view::npos ? mark : text.find('!', mark + 1);
    if (mark_end == std::string_view::npos) return add_name(spaced(text));
    const auto set = sets_.find(std::string(text.substr(mark, mark_end - mark + 1)));
    if (set == sets_.end()) return leave_out("substitution set that is not given", line_);
    for (const std::string& word : set->second) add_name(spaced(std::string(text.substr(0, mark)) + word + std::string(text.substr(mark_end + 1))));
  }

  /// "ADEN ISLAMIC ARMY (AIA)" is two names.
  void add_name(std::string name) {
    const std::size_t open = name.find('(');
    const std::size_t close = name.find(')', open == std::string::npos ? 0 : open);
    if (open != std::string::npos && close != std::string::npos) {
      const std::string inside = spaced(name.substr(open + 1, close - open - 1));
      name = spaced(name.substr(0, open) + name.substr(close + 1));
      if (!name.empty()) add_name(std::move(name));
      if (inside.find(' ') == std::string::npos) add_name(inside);
      return;
    }
    const bool has_letter = std::any_of(name.begin(), name.end(), [](char c) { return ascii::is_letter(c) || static_cast<unsigned char>(c) >= 0x80; });
    const bool breaks_table = name.find('\t') != std::string::npos || name.find(';') != std::string::npos;
    if (!has_letter || breaks_table) return leave_out("name without letters", line_);
    if (std::find(group_.names.begin(), group_.names.end(), name) == group_.names.end()) group_.names.push_back(std::move(name));
  }

  void read_codes(std::string_view text) {
    for (std::size_t open = text.find('['); open != std::string_view::npos; open = text.find('[')) {
      const std::size_t close = text.find(']', open);
      if (close == std::string_view::npos) return leave_out("code without a closing bracket", line_);
      read_code(trim(text.substr(open + 1, close - open - 1)));
      text = text.substr(close + 1);
      if (const std::size_t comment = text.find(';'); comment < text.find('[')) return;
    }
  }

  void read_code(std::string_view text) {
    if (!has_group_) return leave_out("code of nothing", line_);
    DictionaryCode code;
    code.line = line_;
    std::size_t end = 0;
    while (end < text.size() && text[end] != ' ' && text[end] != '\t' && text[end] != '<' && text[end] != '>') ++end;
    std::string_view letters = text.substr(0, end);
    if (!letters.empty() && letters.front() == '~') code.agent = true, letters.remove_prefix(1);
    if (!letters.empty() && letters.back() == '~') code.agent = true, letters.remove_suffix(1);
    code.letters = upper(letters);
    if (code.letters == "---") return leave_out("[---]: a name that is to be no actor", line_);
    if (!read_dates(trim(text.substr(end)), code)) return leave_out("date that cannot be read", line_);
    if (code.from && code.to && *code.to < *code.from) return leave_out("term that ends before it begins", line_);
    group_.codes.push_back(std::move(code));
  }

  static bool read_dates(std::string_view text, DictionaryCode& code) {
    if (text.empty()) return true;
    if (text.front() == '<' || text.front() == '>') {
      auto& side = text.front() == '<' ? code.to : code.from;
      side = read_day(trim(text.substr(1)));
      return side.has_value();
    }
    const std::size_t dash = text.find('-');
    if (dash == std::string_view::npos) return false;
    code.from = read_day(trim(text.substr(0, dash)));
    code.to = read_day(trim(text.substr(dash + 1)));
    return code.from && code.to;
  }

  void begin_group() {
    finish();
    group_ = {};
    group_.line = line_;
    has_group_ = true;
  }

  void finish() {
    if (!has_group_) return;
    if (group_.codes.empty())
      leave_out("name without a usable code", group_.line);
    else if (!group_.names.empty())
      dictionary_.groups.push_back(std::move(group_));
    has_group_ = false;
  }

  Dictionary dictionary_;
  DictionaryGroup group_;
  bool has_group_ = false, adjacent_ = false, in_markup_ = false;
  std::map<std::string, std::vector<std::string>, std::less<>> sets_;
  std::uint32_t line_ = 0;
};

}  // namespace

Dictionary read_dictionary(std::string_view bytes) { return Reader().read(bytes); }

}  // namespace legation
