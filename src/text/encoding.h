// Encodings: foreign bytes to valid UTF-8, and the cleaning that every text goes through.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>

namespace legation {

struct Decoded {
  std::string text;                  ///< valid UTF-8 without a byte order mark
  std::string charset;               ///< as ICU names it: "UTF-8", "windows-1252"
  std::uint32_t replaced_bytes = 0;  ///< invalid bytes that became U+FFFD
};

/// Byte order mark, else `declared` (may be empty or wrong), else UTF-8 where the bytes are such, else
/// detected.
Decoded decode(std::string bytes, std::string_view declared = {});

/// The charset that an HTML page (`<meta charset>`) or an XML prolog declares; empty when none.
std::string_view declared_charset(std::string_view head);

/// Replaces what is no UTF-8 by U+FFFD and returns the number of bytes replaced.
std::uint32_t repair_utf8(std::string& text);

/// CRLF and lone CR become LF, control characters and NUL a blank, Unicode's fixed-width and no-break spaces
/// a blank, line separators LF: one code point for one (but for CRLF), so that places stay where they were.
void clean_text(std::string& text);

/// True for bytes that no text decoder should see: too many NUL and control bytes, or a known binary
/// signature.
bool looks_binary(std::string_view head);

}  // namespace legation
