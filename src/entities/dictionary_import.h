// import_dictionary: an actor or agent dictionary of TABARI or PETRARCH as a table that --kb reads. Door of `legation kb import`.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "base/resources.h"
#include "entities/dictionary_lines.h"
#include "entities/knowledge_base.h"

namespace legation {

/// What a dictionary gave.
struct ImportedDictionary {
  std::string file;
  std::string rows;  ///< lines of a user table without its header, each with file and line of its source
  std::size_t groups = 0, names = 0, row_count = 0;
  std::vector<LeftOut> left_out;
};

/// Reads several dictionaries into one table: a name that one file gave is not given again by the next.
class DictionaryImport {
 public:
  /// Errors: bad_format of data/mappings/cameo_*.tsv. `base` tells names of states from adjectives and towns.
  static Result<DictionaryImport> load(const Resources& resources, const KnowledgeBase& base);

  /// Never fails: what makes no sense is in `left_out` with its line.
  ImportedDictionary read(std::string_view file, std::string_view bytes);

 private:
  explicit DictionaryImport(const KnowledgeBase& base) : base_(base) {}

  struct Meaning {
    std::string code;
    std::vector<std::string> sectors;
  };
  class Writer;

  const KnowledgeBase& base_;
  std::vector<std::pair<std::string, std::string>> entities_, roles_;  ///< of the mappings, sorted
  /// digest of a name -> whose it is, so that no name is given to two
  std::vector<std::pair<std::uint64_t, std::string>> owners_, agents_;
};

}  // namespace legation
