// The article's words out of a page's tree: by structure and text density.
#pragma once

#include <gumbo.h>

#include <string>

namespace legation {

struct MainText {
  std::string text;     ///< paragraphs separated by an empty line
  std::string heading;  ///< the page's first <h1>
};

/// Leaves out navigation, side columns, captions, comments, teasers and what is mostly links.
MainText find_main_text(const GumboNode& root);

/// All the words of a piece of HTML that is an article already (a feed's entry): only captions and link lists
/// go.
std::string all_text(const GumboNode& root);

/// Value of an attribute; nullptr when absent.
const char* attribute_value(const GumboNode& element, const char* name);

}  // namespace legation
