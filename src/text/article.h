// Article: what the reader of one format found of one document, before defaults, checks and the final
// Document.
#pragma once

#include <cstdint>
#include <optional>
#include <string>

#include "legation/date.h"
#include "legation/result.h"

namespace legation {

/// Every string may still hold control characters and CRLF; DocumentReader cleans them.
struct Article {
  std::string id;  ///< as the record gives it; empty = none
  std::string source, url, title, text;
  std::string host;     ///< of the page, a last resort as source
  std::string extra;    ///< unknown members as a JSON object, or empty
  std::string origin;   ///< "news.jsonl:17"
  std::string ordinal;  ///< place in a file of many, for an id: "17"; empty when the file is one document
  std::optional<Date> published;
  std::uint32_t replaced_bytes = 0;
};

/// One opened input. Not thread safe.
class ArticleSource {
 public:
  virtual ~ArticleSource() = default;
  /// Empty at the end. An Error is one bad item; the call after it goes on with the next.
  virtual std::optional<Result<Article>> next() = 0;
};

}  // namespace legation
