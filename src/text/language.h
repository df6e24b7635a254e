// Which language a text is in. One door: detect_language().
#pragma once

#include <string>
#include <string_view>

namespace legation {

struct Language {
  std::string code;     ///< ISO 639-1 where there is one ("fr", "zh"); empty = undecided
  int percent = 0;      ///< of the text's bytes
  bool english = true;  ///< false only when the text is surely another language
};

/// `text` is valid UTF-8. Looks at the first 4 KiB. Thread-safe. Source: Compact Language Detector 2.
Language detect_language(std::string_view text);

}  // namespace legation
