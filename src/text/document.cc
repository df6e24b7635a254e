// The two parts of Document and the way from bytes in its buffer to places as a reader counts them.
#include "legation/document.h"

#include <cassert>

namespace legation {
namespace {

constexpr std::size_t stretch = 256;  ///< bytes

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

DocumentPlaces::DocumentPlaces(const Document& document) : document_(document) {
  const std::string_view buffer = document.buffer;
  before_.reserve(buffer.size() / stretch + 1);
  std::uint32_t count = 0;
  for (std::size_t at = 0; at <= buffer.size(); at += stretch) {
    before_.push_back(count);
    count += count_code_points(buffer.substr(at, stretch));
  }
}

std::uint32_t DocumentPlaces::code_points_before(std::uint32_t byte) const {
  const std::size_t whole = byte / stretch;
  return before_[whole] + count_code_points(std::string_view(document_.buffer).substr(whole * stretch, byte - whole * stretch));
}

DocumentPlaces::Place DocumentPlaces::of(Span span) const {
  assert(span.begin <= span.end && span.end <= document_.buffer.size());
  Place place;
  place.in_title = span.begin < document_.text_begin;
  const std::uint32_t start = place.in_title ? 0 : code_points_before(document_.text_begin);
  place.begin = code_points_before(span.begin) - start;
  place.end = place.begin + count_code_points(document_.words(span));
  return place;
}

}  // namespace legation
