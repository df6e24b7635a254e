// RSS (0.9x, 1.0, 2.0) and Atom: a feed's entries as Articles.
#pragma once

#include <cstdint>
#include <memory>

#include "text/article.h"
#include "text/byte_source.h"

namespace legation {

/// Streams. Opens no address, loads no DTD, expands no entities of the document's own. Errors of next():
/// bad_format once at the end when the XML is not well-formed or cut off; the entries before it were given.
std::unique_ptr<ArticleSource> open_feed(std::unique_ptr<ByteSource> bytes, std::uint64_t max_bytes);

}  // namespace legation
