// DictionaryReader: a TABARI or PETRARCH dictionary, as found in the wild, to groups of names with their codes.
// Door: read_dictionary. Knows the writing of these files alone, nothing of what the codes mean.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "legation/date.h"

namespace legation {

/// "[USAGOV 20010120-20050120]", "[IGOUNO >970101]", "[~COP]".
struct DictionaryCode {
  std::string letters;           ///< upper case without the tilde
  bool agent = false;            ///< with a tilde
  std::optional<Date> from, to;  ///< empty: open
  std::uint32_t line = 0;
};

/// One actor or role noun with all its spellings.
struct DictionaryGroup {
  std::vector<std::string> names;     ///< "HAMID KARZAI": blanks for underscores, else as written
  std::optional<std::string> plural;  ///< of a role noun; empty text: has none; nothing: not told
  std::vector<DictionaryCode> codes;
  std::uint32_t line = 0;
};

/// Something of the file that was not taken.
struct LeftOut {
  std::string what;  ///< "date that cannot be read"; one text a kind of fault
  std::uint32_t line = 0;
};

struct Dictionary {
  std::vector<DictionaryGroup> groups;
  std::vector<LeftOut> left_out;
};

/// Reads any bytes: what makes no sense is left out with its line.
Dictionary read_dictionary(std::string_view bytes);

}  // namespace legation
