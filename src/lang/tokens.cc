// Tokens of a chunk, scanned left to right. Doors: cut_chunk(), clitic_length(), abbreviation(), is_dotted_letters().
#include "lang/tokens.h"

#include <unicode/uchar.h>
#include <unicode/utf8.h>

#include <algorithm>
#include <array>

#include "base/ascii.h"
#include "lang/word_features.h"

namespace legation {
namespace {

/// What stands at a byte of the chunk.
enum class Kind : std::uint8_t { letter, digit, mark };

struct Unit {
  Kind kind = Kind::mark;
  std::uint32_t size = 1;
};

Unit wide_unit(std::string_view chunk, std::size_t at) {
  auto next = static_cast<std::int32_t>(at);
  UChar32 c = 0;
  U8_NEXT(chunk.data(), next, static_cast<std::int32_t>(chunk.size()), c);
  const auto size = static_cast<std::uint32_t>(next) - static_cast<std::uint32_t>(at);
  if (c < 0) return {Kind::mark, size};
  if (u_isdigit(c)) return {Kind::digit, size};
  // Joiners and combining marks belong to the word they stand in.
  const bool wordlike = u_isalpha(c) || (U_GET_GC_MASK(c) & (U_GC_M_MASK | U_GC_CF_MASK | U_GC_NO_MASK)) != 0;
  return {wordlike ? Kind::letter : Kind::mark, size};
}

Unit unit_at(std::string_view chunk, std::size_t at) {
  const char c = chunk[at];
  if (static_cast<unsigned char>(c) >= 0x80) return wide_unit(chunk, at);
  if (ascii::is_letter(c)) return {Kind::letter, 1};
  return {ascii::is_digit(c) ? Kind::digit : Kind::mark, 1};
}

bool starts_with_any(std::string_view text, std::initializer_list<std::string_view> heads) {
  return std::any_of(heads.begin(), heads.end(), [&](std::string_view head) { return text.starts_with(head); });
}

constexpr std::string_view curly_apostrophe = "\xE2\x80\x99";

/// Bytes of an apostrophe at `at`: 1, 3, or 0.
std::size_t apostrophe_at(std::string_view text, std::size_t at) {
  if (at < text.size() && text[at] == '\'') return 1;
  return text.substr(std::min(at, text.size())).starts_with(curly_apostrophe) ? 3 : 0;
}

bool all(std::string_view text, bool (*test)(char)) { return std::all_of(text.begin(), text.end(), test); }

// ---- addresses -----------------------------------------------------------------------------------------------

bool is_address_end(std::string_view text) {
  constexpr std::array<std::string_view, 24> ends = {"com", "org", "net", "edu", "gov", "mil", "int", "info", "co.uk", "uk", "de",  "fr",
                                                     "ru",  "cn",  "jp",  "kr",  "in",  "io",  "tv",  "eu",   "ca",    "au", "doc", "html"};
  return std::find(ends.begin(), ends.end(), text) != ends.end();
}

bool looks_like_address(std::string_view chunk, std::string& lower) {
  lower_case(chunk, lower);
  if (lower.find("://") != std::string::npos || lower.starts_with("www.")) return true;
  const std::size_t at = lower.find('@');
  if (at != std::string::npos && at > 0 && lower.find('.', at) != std::string::npos) return true;
  const std::size_t slash = std::min(lower.find('/'), lower.size());
  const std::size_t dot = lower.rfind('.', slash);
  if (dot == std::string::npos || dot == 0 || dot + 1 >= slash) return false;
  return ascii::is_letter(lower[dot - 1]) && is_address_end(std::string_view(lower).substr(dot + 1, slash - dot - 1));
}

/// An address begins after opening marks and ends before closing ones.
std::size_t address_begin(std::string_view chunk) {
  std::size_t begin = 0;
  while (begin < chunk.size() && std::string_view("<([{\"'").find(chunk[begin]) != std::string_view::npos) ++begin;
  return begin;
}

std::size_t address_end(std::string_view chunk, std::size_t begin) {
  std::size_t end = std::min(chunk.find_first_of("<>\"", begin), chunk.size());
  while (end > begin && std::string_view(".,;:!?)]}'").find(chunk[end - 1]) != std::string_view::npos) --end;
  return end;
}

// ---- words ---------------------------------------------------------------------------------------------------

/// One scan over a chunk. Positions are bytes in the chunk.
class Scanner {
 public:
  Scanner(std::string_view buffer, std::uint32_t begin, std::uint32_t end, bool before_number, const SegmentTables& tables, std::string& lower,
          std::vector<SegmentScratch::Piece>& pieces)
      : chunk_(buffer.substr(begin, end - begin)), offset_(begin), before_number_(before_number), tables_(tables), lower_(lower), pieces_(pieces) {}

  void run() {
    if (has_address_mark() && scan_address()) return;
    scan(0, chunk_.size());
  }

 private:
  void emit(std::size_t begin, std::size_t end) {
    if (begin < end) pieces_.push_back({offset_ + static_cast<std::uint32_t>(begin), offset_ + static_cast<std::uint32_t>(end)});
  }

  bool has_address_mark() const { return chunk_.size() > 4 && chunk_.find_first_of("@/.") < chunk_.size() - 1; }

  bool scan_address() {
    const std::size_t begin = address_begin(chunk_), end = address_end(chunk_, begin);
    if (end <= begin || !looks_like_address(chunk_.substr(begin, end - begin), lower_)) return false;
    scan(0, begin);
    emit(begin, end);
    scan(end, chunk_.size());
    return true;
  }

  void scan(std::size_t at, std::size_t end) {
    while (at < end) {
      const Unit unit = unit_at(chunk_, at);
      const std::size_t next = unit.kind == Kind::mark ? mark_end(at, end) : word_end(at, end);
      if (unit.kind == Kind::mark)
        emit(at, next);
      else
        emit_word(at, next);
      at = next;
    }
  }

  // Marks: runs of the same mark are one token ("...", "--", "!!"), save quotes and brackets.
  std::size_t mark_end(std::size_t at, std::size_t end) {
    const std::string_view rest = chunk_.substr(at, end - at);
    if (starts_with_any(rest, {"'s", "'S"}) && at > 0) return at + 2;
    if (const std::size_t size = apostrophe_at(chunk_, at); size > 0 && elision(at + size, end) > 0) return at + size + elision(at + size, end);
    if (starts_with_any(rest, {"``", "''", "<<", ">>"})) return at + 2;
    const std::size_t face = smiley(rest);
    if (face > 0) return at + face;
    if ((rest[0] == '#' || rest[0] == '@') && rest.size() > 1 && ascii::is_letter(rest[1])) return word_end(at + 1, end);
    if (rest[0] == '+' && rest.size() > 1 && ascii::is_digit(rest[1]) && at == 0) return word_end(at + 1, end);
    if (rest[0] == '.' && rest.size() > 1 && ascii::is_digit(rest[1]) && at == 0) return word_end(at + 1, end);
    const std::size_t size = unit_at(chunk_, at).size;
    if (std::string_view("()[]{}\"'$%&/,;").find(rest[0]) != std::string_view::npos) return at + 1;
    std::size_t next = at + size;
    while (next + size <= end && chunk_.substr(next, size) == rest.substr(0, size)) next += size;
    if (rest[0] == '!' || rest[0] == '?') {
      while (next < end && (chunk_[next] == '!' || chunk_[next] == '?')) ++next;
    }
    return next;
  }

  /// "'70s", "'em": the apostrophe stands for what is left out.
  std::size_t elision(std::size_t at, std::size_t end) const {
    const std::string_view rest = chunk_.substr(at, end - at);
    if (at > 3) return 0;
    if (rest.size() >= 3 && ascii::is_digit(rest[0]) && ascii::is_digit(rest[1]) && rest[2] == 's') return 3;
    if (rest == "em" || rest == "til" || rest == "cause") return rest.size();
    return 0;
  }

  static std::size_t smiley(std::string_view rest) {
    for (std::string_view face : {":-)", ":-(", ";-)", ":)", ":(", ";)", ":D", ":P"}) {
      if (rest == face) return face.size();
    }
    return 0;
  }

  std::size_t run_end(std::size_t at, std::size_t end) const {
    while (at < end) {
      const Unit unit = unit_at(chunk_, at);
      if (unit.kind == Kind::mark) break;
      at += unit.size;
    }
    return at;
  }

  /// End of the word that begins at `at`: letters and digits, and those marks that belong inside.
  std::size_t word_end(std::size_t begin, std::size_t end) {
    std::size_t at = run_end(begin, end);
    while (at < end) {
      const std::size_t joint = joint_size(begin, at, end);
      if (joint == 0) break;
      at = run_end(at + joint, end);
    }
    return with_full_stop(begin, at, end);
  }

  bool letter_or_digit(std::size_t at, std::size_t end) const { return at < end && unit_at(chunk_, at).kind != Kind::mark; }

  /// Bytes of the mark at `at` when it belongs inside the word chunk[begin, at) and what follows, else 0.
  std::size_t joint_size(std::size_t begin, std::size_t at, std::size_t end) {
    const char mark = chunk_[at], before = chunk_[at - 1];
    const char after = at + 1 < end ? chunk_[at + 1] : ' ';
    if (const std::size_t size = apostrophe_at(chunk_, at)) return letter_or_digit(at + size, end) && is_word_byte(before) ? size : 0;
    // No word is that long, and looking back over it at every joint would be quadratic.
    if (!letter_or_digit(at + 1, end) || at - begin > longest_jointed_word) return 0;
    switch (mark) {
      case '.':
        return joins_by_stop(begin, at, before, after) ? 1 : 0;
      case ',':
        return ascii::is_digit(before) && ascii::is_digit(after) ? 1 : 0;
      case ':':
        return ascii::is_digit(before) && ascii::is_digit(after) ? 1 : 0;
      case '_':
        return 1;
      case '&':
        return joins_by_ampersand(begin, at, end) ? 1 : 0;
      case '/':
        return joins_by_slash(begin, at, end) ? 1 : 0;
      case '-':
        return joins_by_hyphen(begin, at, end) ? 1 : 0;
      default:
        return 0;
    }
  }

  static constexpr std::size_t longest_jointed_word = 256;

  static bool is_word_byte(char c) { return ascii::is_letter(c) || ascii::is_digit(c) || static_cast<unsigned char>(c) >= 0x80; }

  bool joins_by_stop(std::size_t begin, std::size_t at, char before, char after) const {
    if (ascii::is_digit(before)) return ascii::is_digit(after) || (ascii::is_lower(after) && at - begin > 3);
    if (ascii::is_digit(after)) return true;
    // "U.S", "p.m", but "end.The next" lacks a blank.
    const std::string_view last = last_part(begin, at);
    if (last.size() == 1) return true;
    return !(ascii::is_upper(after) && ascii::is_lower(before)) &&
           !(last.size() > 3 && ascii::is_lower(before) && ascii::is_lower(after) && at + 8 < chunk_.size());
  }

  std::string_view last_part(std::size_t begin, std::size_t at) const {
    const std::string_view word = chunk_.substr(begin, at - begin);
    const std::size_t dot = word.rfind('.');
    return dot == std::string_view::npos ? word : word.substr(dot + 1);
  }

  bool joins_by_ampersand(std::size_t begin, std::size_t at, std::size_t end) const {
    const std::size_t after = run_end(at + 1, end);
    return at - begin <= 3 && after - at <= 3;
  }

  bool joins_by_slash(std::size_t begin, std::size_t at, std::size_t end) const {
    const std::size_t after = run_end(at + 1, end);
    const std::string_view left = chunk_.substr(begin, at - begin), right = chunk_.substr(at + 1, after - at - 1);
    const bool digits = all(right, ascii::is_digit) && std::all_of(left.begin(), left.end(), [](char c) { return ascii::is_digit(c) || c == '/'; });
    return digits || (left.size() == 1 && right.size() == 1 && ascii::is_letter(left[0]) && ascii::is_letter(right[0]) && after == end);
  }

  bool joins_by_hyphen(std::size_t begin, std::size_t at, std::size_t end) {
    const std::size_t after = run_end(at + 1, end);
    const std::string_view left = chunk_.substr(begin, at - begin), right = chunk_.substr(at + 1, after - at - 1);
    const bool digits_left = std::all_of(left.begin(), left.end(), [](char c) { return ascii::is_digit(c) || c == '-'; });
    if (digits_left && all(right, ascii::is_digit)) return is_telephone_or_date(left, right, after, end);
    if (left.find('-') != std::string_view::npos) return false;
    lower_case(left, lower_);
    if (tables_.hyphen_prefixes.contains(lower_)) return true;
    if (!ascii::is_upper(left[0]) || !tables_.name_syllables.contains(lower_)) return false;
    lower_case(right, lower_);
    return tables_.name_syllables.contains(lower_);
  }

  /// "713-853-3989", "11-20-2000", "2019-04-12"; a single hyphen between figures is a range ("5 - 10") unless long.
  bool is_telephone_or_date(std::string_view left, std::string_view right, std::size_t after, std::size_t end) const {
    const bool more = after + 1 < end && chunk_[after] == '-' && ascii::is_digit(chunk_[after + 1]);
    return more || left.find('-') != std::string_view::npos || (left.size() == 3 && right.size() == 4);
  }

  /// Whether the full stop after chunk[begin, at) belongs to the word.
  std::size_t with_full_stop(std::size_t begin, std::size_t at, std::size_t end) {
    if (at >= end || chunk_[at] != '.' || (at + 1 < end && chunk_[at + 1] == '.')) return at;
    const std::string_view word = chunk_.substr(begin, at + 1 - begin);
    if (is_dotted_letters(word)) return word.size() > 2 || ascii::is_upper(word[0]) ? at + 1 : at;
    const AbbreviationKind* kind = abbreviation(word, tables_, lower_);
    if (kind == nullptr) return at;
    if (*kind == AbbreviationKind::number) return before_number_ ? at + 1 : at;
    return at + 1;
  }

  /// A word may still hold a clitic, a unit after a figure, or a currency before it.
  void emit_word(std::size_t begin, std::size_t end) {
    const std::size_t unit = unit_begin(begin, end);
    if (unit > begin) {
      emit(begin, unit);
      emit(unit, end);
      return;
    }
    emit(begin, end);
  }

  /// "5pm", "35mm", "10k": where the unit begins; `begin` when there is none.
  std::size_t unit_begin(std::size_t begin, std::size_t end) {
    if (!ascii::is_digit(chunk_[begin])) return begin;
    std::size_t at = begin;
    while (at < end &&
           (ascii::is_digit(chunk_[at]) || ((chunk_[at] == '.' || chunk_[at] == ',' || chunk_[at] == ':') && at + 1 < end && ascii::is_digit(chunk_[at + 1]))))
      ++at;
    constexpr std::array<std::string_view, 26> units = {"am", "pm",  "a.m.", "p.m.", "km",  "mm", "cm", "m",  "kg", "g", "k",  "bn", "mn",
                                                        "ft", "mph", "lb",   "lbs",  "hrs", "hr", "mw", "gw", "tn", "b", "mg", "ml", "kw"};
    lower_case(chunk_.substr(at, end - at), lower_);
    return std::find(units.begin(), units.end(), lower_) != units.end() ? at : begin;
  }

  std::string_view chunk_;
  std::uint32_t offset_;
  bool before_number_;
  const SegmentTables& tables_;
  std::string& lower_;
  std::vector<SegmentScratch::Piece>& pieces_;
};

bool ends_with_folded(std::string_view token, std::string_view ending) {
  if (token.size() <= ending.size()) return false;
  token.remove_prefix(token.size() - ending.size());
  return std::equal(token.begin(), token.end(), ending.begin(), [](char a, char b) { return (a | 32) == (b | 32); });
}

}  // namespace

void cut_chunk(std::string_view buffer, std::uint32_t begin, std::uint32_t end, bool before_number, const SegmentTables& tables, std::string& lower,
               std::vector<SegmentScratch::Piece>& pieces) {
  Scanner(buffer, begin, end, before_number, tables, lower, pieces).run();
}

std::size_t clitic_length(std::string_view token) {
  constexpr std::array<std::string_view, 16> clitics = {"n't",
                                                        "'s",
                                                        "'re",
                                                        "'ve",
                                                        "'ll",
                                                        "'m",
                                                        "'d",
                                                        "n\xE2\x80\x99t",
                                                        "\xE2\x80\x99s",
                                                        "\xE2\x80\x99re",
                                                        "\xE2\x80\x99ve",
                                                        "\xE2\x80\x99ll",
                                                        "\xE2\x80\x99m",
                                                        "\xE2\x80\x99"
                                                        "d",
                                                        "`s",
                                                        "\xCA\xBCs"};
  for (std::string_view clitic : clitics) {
    if (ends_with_folded(token, clitic)) return clitic.size();
  }
  return 0;
}

const AbbreviationKind* abbreviation(std::string_view token, const SegmentTables& tables, std::string& lower) {
  lower_case(token, lower);
  const auto at = tables.abbreviations.find(lower);
  return at == tables.abbreviations.end() ? nullptr : &at->second;
}

bool is_dotted_letters(std::string_view token) {
  if (token.size() < 2 || token.size() % 2 != 0) return false;
  for (std::size_t i = 0; i < token.size(); i += 2) {
    if (!ascii::is_letter(token[i]) || token[i + 1] != '.') return false;
  }
  return true;
}

}  // namespace legation
