// Document: one article as decoded text with what is known about it. Made by src/text.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "legation/date.h"

namespace legation {

/// A run of bytes [begin, end) in Document::buffer.
struct Span {
  std::uint32_t begin = 0, end = 0;
  bool empty() const { return begin == end; }
  friend bool operator==(const Span&, const Span&) = default;
};

/// One document. `buffer` is valid UTF-8 and holds the title (if any), two newlines, then the text, so that one
/// offset space serves all stages:
///
///   KOREA, CHINA LEADERS TALK \n \n SEOUL, June 10 - South Korean President ...
///   ^0                              ^text_begin
///
/// A reader of the output wants places in the title or in the text as he knows them: DocumentPlaces gives those.
struct Document {
  std::string id;
  std::string source;  ///< outlet, empty when unknown
  std::string url;
  std::optional<Date> published;
  std::string language;  ///< ISO 639-1 as detected, empty when undecided
  std::string buffer;
  std::uint32_t text_begin = 0;      ///< first byte of the text in buffer; 0 when there is no title
  std::uint32_t replaced_bytes = 0;  ///< invalid input bytes that became U+FFFD
  std::string origin;                ///< file and place it was read from, for messages: "news.jsonl:17"
  std::string extra;                 ///< members of a JSON Lines record that we do not know, as a JSON object; or empty

  std::string_view title() const { return std::string_view(buffer).substr(0, text_begin < 2 ? 0 : text_begin - 2); }
  std::string_view text() const { return std::string_view(buffer).substr(text_begin); }
  std::string_view words(Span span) const { return std::string_view(buffer).substr(span.begin, span.end - span.begin); }
  void set_parts(std::string_view title, std::string_view text);
};

/// From bytes of a document's buffer to places as its reader counts them. The document must outlive it and stay as it is.
class DocumentPlaces {
 public:
  struct Place {
    bool in_title = false;
    std::uint32_t begin = 0, end = 0;  ///< code points from the start of the title or of the text, end excluded
  };
  /// Cost: one look at every byte.
  explicit DocumentPlaces(const Document& document);
  /// Cost: the span's length.
  Place of(Span span) const;

 private:
  std::uint32_t code_points_before(std::uint32_t byte) const;

  const Document& document_;
  std::vector<std::uint32_t> before_;  ///< code points before each stretch of the buffer
};

}  // namespace legation
