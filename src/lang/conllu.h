// CoNLL-U in and out. Doors: read_conllu(), write_conllu().
#pragma once

#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "legation/document.h"
#include "legation/parse.h"
#include "legation/result.h"

namespace legation {

/// A CoNLL-U file as one document: its text is rebuilt from the tokens (SpaceAfter=No is honoured; a new paragraph or
/// document comment gives a blank line). Empty nodes ("8.1") are left out.
struct ConlluText {
  std::unique_ptr<Document> document;  ///< at a fixed address, parse points to it
  Parse parse;
  std::vector<std::vector<std::string_view>> comments;  ///< per sentence, without '\n'; views into the bytes given
};

/// Unknown UPOS reads as X, unknown relations as dep; heads need not form a tree (a scorer reads anything), but they
/// stay within their sentence. Views point into `bytes`, which must outlive the result.
/// Errors: bad_format with the line ("file:12: ...").
Result<ConlluText> read_conllu(std::string_view file, std::string_view bytes);

/// Appends all sentences with `# sent_id` and `# text`; head of the root is 0. With a document's id `# newdoc id` stands before them, and each
/// sentence's id is the document's, a hyphen and its number: no two are the same where the documents' ids are not.
void write_conllu(const Parse& parse, std::string& out, std::string_view document_id = {});

}  // namespace legation
