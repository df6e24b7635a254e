// Corpus: the blocks of data/corpus as documents with their gold events. Layout: data/corpus/README.md. Only entry point: read_corpus().
#pragma once

#include <string>
#include <vector>

#include "eval/gold.h"
#include "legation/document.h"

namespace legation {

/// One block. Without a title of its own a headline is the title of a document without text, everything else a text without title.
struct CorpusBlock {
  std::string style, scope;  ///< "wire", "headline", ...; "intl", "domestic", "none" = no event
  std::string part;          ///< "test": a fifth, set aside; "dev": a tenth of the rest; "train"; by hash of the id
  Document document;
  GoldDocument gold;  ///< an event without a date of its own has the day of publication
};

/// Reads one file, or every *.corpus of a folder, by name. Errors: not_found; bad_format naming file and line.
Result<std::vector<CorpusBlock>> read_corpus(const std::string& path);

}  // namespace legation
