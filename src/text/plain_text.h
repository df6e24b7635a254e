// Plain text: one file, one article; a short first line of its own is the title.
#pragma once

#include <string>

#include "text/article.h"

namespace legation {

/// `text` is decoded. The title is a first line without a final stop that an empty line follows.
Article read_plain_text(std::string text);

}  // namespace legation
