// Plain text to Article. Only entry point: read_plain_text().
#include "text/plain_text.h"

#include "base/table.h"
#include "text/encoding.h"
#include "text/written_date.h"

namespace legation {
namespace {

// A headline of two lines' length in a narrow column; a first paragraph is longer or ends in a stop.
constexpr std::size_t title_bytes_max = 200;

bool ends_like_sentence(std::string_view line) {
  for (const std::string_view mark : {".", "!", ":", ";", ",", ".\"", ".'", ".\xE2\x80\x9D", "-", "\xE2\x80\x94", "\xE2\x80\x93"}) {
    if (line.ends_with(mark)) return true;
  }
  return false;
}

bool is_title(std::string_view line) {
  if (line.empty() || line.size() > title_bytes_max) return false;
  // "U.S." and "D.C." end many a headline.
  const bool abbreviation = line.size() > 4 && line.ends_with('.') && line[line.size() - 3] == '.';
  return abbreviation || !ends_like_sentence(line);
}

std::size_t skip_blank_lines(std::string_view text, std::size_t at) {
  const std::size_t first = text.find_first_not_of(" \t\n", at);
  if (first == text.npos) return text.size();
  const std::size_t line = text.rfind('\n', first);
  return line == text.npos || line < at ? at : line + 1;
}

std::string_view without_trailing_blanks(std::string_view text) { return text.substr(0, text.find_last_not_of(" \t\n") + 1); }

}  // namespace

Article read_plain_text(std::string text) {
  clean_text(text);
  Article article;
  const std::string_view all = text;
  const std::size_t begin = skip_blank_lines(all, 0);
  const std::size_t line_end = std::min(all.find('\n', begin), all.size());
  const std::string_view line = trim(all.substr(begin, line_end - begin));
  const std::size_t next_end = line_end < all.size() ? std::min(all.find('\n', line_end + 1), all.size()) : line_end;
  const bool blank_next = next_end > line_end && trim(all.substr(line_end, next_end - line_end)).empty();
  const std::size_t body = skip_blank_lines(all, next_end);
  const bool titled = blank_next && body < all.size() && is_title(line);
  if (titled) article.title = line;
  article.text = without_trailing_blanks(all.substr(titled ? body : begin));
  article.published = dateline_date(article.text);
  return article;
}

}  // namespace legation
