// Normal form of words, so that spellings of one name meet: "Jae-myung" = "Jae Myung" = "Jaemyung", "Đà" =
// "da". Door: for_each_piece. Case, diacritics and full stops go; blanks, hyphens and apostrophes only
// separate pieces.
#pragma once

#include <array>
#include <cstdint>
#include <string>
#include <string_view>

namespace legation {

/// Reads one code point and moves on; 0xFFFD for a broken byte (one byte is then skipped).
char32_t next_code_point(std::string_view& rest);

/// Base letters of one code point: "e" for É, "ss" for ß, empty for marks and punctuation. At most 4 bytes.
struct Folded {
  std::array<char, 4> bytes{};
  std::uint8_t size = 0;
};
Folded fold(char32_t code_point);

inline bool is_separator(char32_t c) {
  return c == ' ' || c == '-' || c == '\'' || c == U'\u2019' || c == U'\u2018' || (c >= U'\u2010' && c <= U'\u2015') || c == U'\u00A0' || c == '/';
}

/// Calls letter(char) for each folded byte and piece_end() after each piece that has at least one.
template <class Letter, class PieceEnd>
void for_each_piece(std::string_view words, Letter letter, PieceEnd piece_end) {
  bool open = false;
  const auto close = [&] {
    if (open) piece_end();
    open = false;
  };
  while (!words.empty()) {
    const unsigned char byte = static_cast<unsigned char>(words.front());
    if (byte < 0x80) {
      words.remove_prefix(1);
      const unsigned char lower = static_cast<unsigned char>(byte | 0x20);
      if ((lower >= 'a' && lower <= 'z') || (byte >= '0' && byte <= '9')) {
        letter(static_cast<char>(byte >= '0' && byte <= '9' ? byte : lower));
        open = true;
      } else if (is_separator(byte)) {
        close();
      }
      continue;
    }
    const char32_t code_point = next_code_point(words);
    if (is_separator(code_point)) {
      close();
      continue;
    }
    const Folded folded = fold(code_point);
    for (std::uint8_t i = 0; i < folded.size; ++i) letter(folded.bytes[i]);
    open = open || folded.size > 0;
  }
  close();
}

/// The folded letters run together: "leejaemyung".
std::string normal_form(std::string_view words);

enum class Case : std::uint8_t { lower, capital, upper, none };  ///< capital: the first letter alone or more; none: no letters
Case case_of(std::string_view word);

}  // namespace legation
