// What a byte is in ASCII, whatever the locale; bytes of other letters are none of these. Door: namespace ascii.
#pragma once

#include <string>
#include <string_view>

namespace legation::ascii {

constexpr bool is_digit(char byte) { return byte >= '0' && byte <= '9'; }
constexpr bool is_upper(char byte) { return byte >= 'A' && byte <= 'Z'; }
constexpr bool is_lower(char byte) { return byte >= 'a' && byte <= 'z'; }
constexpr bool is_letter(char byte) { return is_upper(byte) || is_lower(byte); }
/// White space as HTML has it.
constexpr bool is_blank(char byte) { return byte == ' ' || byte == '\n' || byte == '\t' || byte == '\r' || byte == '\f'; }
constexpr char to_lower(char byte) { return is_upper(byte) ? static_cast<char>(byte + ('a' - 'A')) : byte; }
constexpr char to_upper(char byte) { return is_lower(byte) ? static_cast<char>(byte - ('a' - 'A')) : byte; }

inline std::string lowered(std::string_view text) {
  std::string copy(text);
  for (char& byte : copy) byte = to_lower(byte);
  return copy;
}

}  // namespace legation::ascii
