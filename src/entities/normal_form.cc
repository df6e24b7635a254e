// Folding of letters. Latin letters with marks are looked up in a table made once from ICU's decompositions.
#include "entities/normal_form.h"

#include <algorithm>

#include <unicode/uchar.h>
#include <unicode/unorm2.h>
#include <unicode/utf8.h>

namespace legation {
namespace {

constexpr char32_t table_size = 0x0250;        // Latin-1, Latin Extended A and B
constexpr char32_t vietnamese_begin = 0x1E00;  // Latin Extended Additional
constexpr char32_t vietnamese_end = 0x1F00;

Folded letters(std::string_view text) {
  Folded folded;
  for (char c : text) folded.bytes[folded.size++] = c;
  return folded;
}

/// Letters that Unicode does not decompose.
std::string_view whole_letter(char32_t c) {
  switch (c) {
    case U'ß':
      return "ss";
    case U'æ':
    case U'Æ':
      return "ae";
    case U'œ':
    case U'Œ':
      return "oe";
    case U'ø':
    case U'Ø':
      return "o";
    case U'đ':
    case U'Đ':
    case U'ð':
    case U'Ð':
      return "d";
    case U'ł':
    case U'Ł':
      return "l";
    case U'ı':
      return "i";
    case U'þ':
    case U'Þ':
      return "th";
    case U'ə':
    case U'Ə':
      return "a";
    case U'ħ':
    case U'Ħ':
      return "h";
    default:
      return {};
  }
}

Folded as_utf8(char32_t c) {
  Folded folded;
  std::int32_t size = 0;
  std::array<std::uint8_t, 4> bytes{};
  U8_APPEND_UNSAFE(bytes.data(), size, static_cast<UChar32>(c));
  for (std::int32_t i = 0; i < size; ++i) folded.bytes[static_cast<std::size_t>(i)] = static_cast<char>(bytes[static_cast<std::size_t>(i)]);
  folded.size = static_cast<std::uint8_t>(size);
  return folded;
}

/// Strips marks by full decomposition and folds case; the slow way, for the table and for other scripts.
Folded fold_slowly(char32_t c) {
  if (const std::string_view whole = whole_letter(c); !whole.empty()) return letters(whole);
  UErrorCode fault = U_ZERO_ERROR;
  const UNormalizer2* nfd = unorm2_getNFDInstance(&fault);
  if (U_FAILURE(fault)) return {};
  std::array<UChar, 32> parts{};
  const std::int32_t length = unorm2_getDecomposition(nfd, static_cast<UChar32>(c), parts.data(), static_cast<std::int32_t>(parts.size()), &fault);
  if (length > 0 && parts[0] < 0x300) c = parts[0];  // a Latin base letter; Hangul and the like stay whole
  if (!u_isalnum(static_cast<UChar32>(c))) return {};
  return as_utf8(static_cast<char32_t>(u_foldCase(static_cast<UChar32>(c), U_FOLD_CASE_DEFAULT)));
}

struct FoldTable {
  std::array<Folded, table_size> low;
  std::array<Folded, vietnamese_end - vietnamese_begin> high;
  FoldTable() {
    for (char32_t c = 0x80; c < table_size; ++c) low[c] = fold_slowly(c);
    for (char32_t c = vietnamese_begin; c < vietnamese_end; ++c) high[c - vietnamese_begin] = fold_slowly(c);
  }
};

}  // namespace

char32_t next_code_point(std::string_view& rest) {
  std::int32_t at = 0;
  UChar32 c = 0;
  const auto* bytes = reinterpret_cast<const std::uint8_t*>(rest.data());
  const auto size = static_cast<std::int32_t>(std::min<std::size_t>(rest.size(), 8));
  U8_NEXT_OR_FFFD(bytes, at, size, c);
  rest.remove_prefix(static_cast<std::size_t>(at));
  return static_cast<char32_t>(c);
}

Folded fold(char32_t c) {
  static const FoldTable table;  // constant after its first use
  if (c < table_size) return table.low[c];
  if (c >= vietnamese_begin && c < vietnamese_end) return table.high[c - vietnamese_begin];
  return fold_slowly(c);
}

std::string normal_form(std::string_view words) {
  std::string form;
  for_each_piece(
      words, [&](char c) { form.push_back(c); }, [] {});
  return form;
}

Case case_of(std::string_view word) {
  std::size_t upper = 0, lower = 0;
  bool first_upper = false;
  while (!word.empty()) {
    const auto byte = static_cast<unsigned char>(word.front());
    const UChar32 c = byte < 0x80 ? byte : static_cast<UChar32>(next_code_point(word));
    if (byte < 0x80) word.remove_prefix(1);
    const bool is_upper = c < 0x80 ? c >= 'A' && c <= 'Z' : u_isupper(c);
    const bool is_lower = c < 0x80 ? c >= 'a' && c <= 'z' : u_isalpha(c) && !is_upper;
    if (upper + lower == 0) first_upper = is_upper;
    upper += is_upper;
    lower += is_lower;
  }
  if (upper + lower == 0) return Case::none;
  if (lower == 0) return upper > 1 ? Case::upper : Case::capital;
  return first_upper ? Case::capital : Case::lower;
}

}  // namespace legation
