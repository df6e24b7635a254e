// The two parts of Document and the way from bytes in its buffer to places as a reader counts them.
#include "legation/document.h"

#include <cassert>

namespace legation {
namespace {

std::uint32_t count_code_points(std::string_view bytes) {
  std::uint32_t count = 0;
  for (const char byte : bytes) count += (static_cast<unsigned char>(byte) & 0xC0U) != 0x80U;
  return count;
}

}  // namespace

void Document::set_parts(std::string_view title, std::string_view text) {
  std::string parts;
  parts.reserve(title.size() + 2 + text.size());
  parts.append(title);
  if (!title.empty()) parts.append("\n\n");
  text_begin = static_cast<std::uint32_t>(parts.size());
  parts.append(text);
  buffer = std::move(parts);  // only now: title and text may point into the old buffer
}

Document::Place Document::locate(Span span) const {
  assert(span.begin <= span.end && span.end <= buffer.size());
  Place place;
  place.in_title = span.begin < text_begin;
  const std::uint32_t start = place.in_title ? 0 : text_begin;
  place.begin = count_code_points(std::string_view(buffer).substr(start, span.begin - start));
  place.end = place.begin + count_code_points(words(span));
  return place;
}

}  // namespace legation
