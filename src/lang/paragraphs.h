// Paragraphs: where the lines of a text belong together. Door: split_paragraphs().
#pragma once

#include <cstddef>
#include <string_view>
#include <vector>

#include "lang/segment.h"

namespace legation {

/// Bytes of white space at text[at]: 0 when there is none. Knows the Unicode spaces of web pages.
std::size_t space_size(std::string_view text, std::size_t at);

/// Appends the paragraphs of buffer[begin, end). A blank line ends one; so does a line break that was meant: after a sentence's end,
/// before a list item, or where the next word would still have fitted on the line. Breaks of hard-wrapped text do not.
void split_paragraphs(std::string_view buffer, std::size_t begin, std::size_t end, std::vector<SegmentScratch::Piece>& paragraphs);

}  // namespace legation
