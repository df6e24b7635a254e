// HTML pages: main text, title, date of publication, site and address.
#pragma once

#include <string>
#include <string_view>

#include "text/article.h"

namespace legation {

/// `html` is decoded. Facts come from <meta>, Open Graph, JSON-LD and <time>, in the order in which they
/// deserve trust; what the page does not say stays empty. Never fails: a page without text gives an empty
/// one.
Article read_html(std::string_view html);

/// The words of a piece of HTML, as feeds carry it; paragraphs separated by an empty line.
std::string html_words(std::string_view html);

}  // namespace legation
