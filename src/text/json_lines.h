// JSON Lines: one record a line, {"id","date","source","title","text","url"}; members we do not know are
// kept.
#pragma once

#include <cstdint>
#include <memory>

#include "text/article.h"
#include "text/byte_source.h"

namespace legation {

/// A malformed line is one Error that names it; the next call goes on behind it.
/// A line longer than `max_bytes` is one Error too.
std::unique_ptr<ArticleSource> open_json_lines(std::unique_ptr<ByteSource> bytes, std::uint64_t max_bytes);

}  // namespace legation
