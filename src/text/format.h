// Which format a file is in. One door: recognise_format().
#pragma once

#include <string_view>

#include "text/reader.h"

namespace legation {

/// By the first bytes (decompressed), and the name where they leave it open. Never `automatic`.
InputFormat recognise_format(std::string_view name, std::string_view head);

/// "2017/news.jsonl.gz" -> "news"; "<stdin>" -> "stdin".
std::string_view file_stem(std::string_view path);

}  // namespace legation
