// Contexts: the 37 PLOVER contexts of a passage, told by terms. Only entry point: ContextReader::read().
// Table: data/contexts/terms.tsv. PLOVER: contexts come from the paragraph or the document, not from the event.
#pragma once

#include <string_view>
#include <unordered_map>
#include <vector>

#include "base/resources.h"
#include "legation/parse.h"

namespace legation {

class ContextReader {
 public:
  /// Errors: bad_format naming file and line; not_found when the table is missing.
  static Result<ContextReader> load(const Resources& resources);

  /// Contexts per paragraph (index = Sentence::paragraph), sorted by name. A context holds for a paragraph when its
  /// terms there weigh 1 or more. Cost: linear in tokens.
  std::vector<std::vector<std::string_view>> read(const Parse& parse) const;

 private:
  struct Term {
    std::vector<std::string_view> lemmas;  ///< in order
    std::uint16_t context = 0;
    float weight = 1;
  };
  std::vector<std::string_view> contexts_;
  std::unordered_map<std::string_view, std::vector<Term>> terms_;  ///< by first lemma
};

}  // namespace legation
