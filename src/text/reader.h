// DocumentReader: streams Documents out of files, folders and standard input. The one door of src/text.
#pragma once

#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "legation/date.h"
#include "legation/document.h"
#include "legation/result.h"

namespace legation {

enum class InputFormat : std::uint8_t { automatic, plain, html, json_lines, feed };

struct ReaderOptions {
  std::optional<Date> default_date;                ///< for documents that do not say when they were published
  std::string default_source;                      ///< for documents that do not say where
  InputFormat format = InputFormat::automatic;     ///< automatic: by content, then by name
  bool language_check = true;                      ///< skip what is surely not English
  std::uint64_t max_document_bytes = 16ULL << 20;  ///< decompressed; what is longer gives an Error
};

/// Gives the documents in the order of `paths`; folders are walked in sorted order, "-" is standard input.
/// Files may be compressed with gzip or Zstandard. Memory: a few times the largest document, whatever the
/// size of the input (and a table of up to 8 MiB that keeps ids apart). The same input gives the same
/// documents with the same ids. An id is the record's own, else the file's stem, with "#n" (line of a JSON
/// Lines file, entry of a feed) where a file holds several; one that was given before gets "~n" (n-th item of
/// this run) behind it. Not thread safe: one reader feeds the pipeline.
class DocumentReader {
 public:
  DocumentReader(std::vector<std::string> paths, ReaderOptions options);
  ~DocumentReader();
  DocumentReader(const DocumentReader&) = delete;
  DocumentReader& operator=(const DocumentReader&) = delete;

  /// Empty at the end. An Error is one bad item, in one line that names file and place; the next call goes on
  /// behind it. Codes: skipped (binary, another language, no text), not_found, io, bad_format.
  std::optional<Result<Document>> next();

  std::uint64_t bytes_total() const;  ///< sizes of all files; 0 with standard input or pipes. Walks the folders.
  std::uint64_t bytes_done() const;   ///< bytes of files read so far; grows to bytes_total(). Free.

 private:
  class Work;
  std::unique_ptr<Work> work_;
};

}  // namespace legation
