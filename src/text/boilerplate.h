// The words by which pages mark what is no article: in class names and ids, and at the start of a line.
#pragma once

#include <string_view>

namespace legation {

enum class ClassHint { none, body, side, comments };  ///< body: named the article itself

/// Reads the words of `class` and `id`: "related-stories clearfix".
ClassHint read_class_hint(std::string_view names);

/// A line that belongs to the site and not to the article: "Read more: ...", "Copyright 2017 ...".
bool is_site_line(std::string_view line);

}  // namespace legation
