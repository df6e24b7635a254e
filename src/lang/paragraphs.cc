// Line by line, with the longest line of a block as its width. Doors: split_paragraphs(), space_size().
#include "lang/paragraphs.h"

#include <algorithm>

#include "base/ascii.h"

namespace legation {
namespace {

using Piece = SegmentScratch::Piece;

/// Wider than any editor wraps: such lines are paragraphs of their own.
constexpr std::size_t widest_wrapped_line = 100;

Piece trimmed(std::string_view buffer, Piece piece) {
  while (piece.begin < piece.end) {
    const std::size_t size = space_size(buffer, piece.begin);
    if (size == 0) break;
    piece.begin += static_cast<std::uint32_t>(size);
  }
  while (piece.end > piece.begin && static_cast<unsigned char>(buffer[piece.end - 1]) <= ' ') --piece.end;
  piece.begin = std::min(piece.begin, piece.end);
  return piece;
}

bool ends_sentence(std::string_view line) {
  while (!line.empty() && (line.back() == '"' || line.back() == '\'' || line.back() == ')' || line.back() == ']')) line.remove_suffix(1);
  while (line.ends_with("\xE2\x80\x9D") || line.ends_with("\xE2\x80\x99")) line.remove_suffix(3);
  return !line.empty() && (line.back() == '.' || line.back() == '!' || line.back() == '?' || line.back() == ':');
}

bool begins_item(std::string_view line) {
  if (line.starts_with("- ") || line.starts_with("* ") || line.starts_with("\xE2\x80\xA2") || line.starts_with("\xE2\x80\x93 ")) return true;
  std::size_t digits = 0;
  while (digits < line.size() && ascii::is_digit(line[digits])) ++digits;
  return digits > 0 && digits < 3 && digits + 1 < line.size() && (line[digits] == '.' || line[digits] == ')') && line[digits + 1] == ' ';
}

std::size_t first_word(std::string_view line) { return std::min(line.find(' '), line.size()); }

/// Lines between blank lines; `lines` are trimmed and not empty.
void join_block(std::string_view buffer, const std::vector<Piece>& lines, std::vector<Piece>& paragraphs) {
  std::size_t width = 0;
  for (const Piece& line : lines) width = std::max<std::size_t>(width, line.end - line.begin);
  const auto words = [&](const Piece& line) { return buffer.substr(line.begin, line.end - line.begin); };
  for (std::size_t i = 0; i < lines.size(); ++i) {
    const bool fresh = i == 0 || width > widest_wrapped_line || ends_sentence(words(lines[i - 1])) || begins_item(words(lines[i])) ||
                       words(lines[i - 1]).size() + 1 + first_word(words(lines[i])) <= width;
    if (fresh)
      paragraphs.push_back(lines[i]);
    else
      paragraphs.back().end = lines[i].end;
  }
}

}  // namespace

std::size_t space_size(std::string_view text, std::size_t at) {
  const auto byte = static_cast<unsigned char>(text[at]);
  if (byte <= ' ' || byte == 0x7F) return 1;
  if (byte < 0x80) return 0;
  const std::string_view rest = text.substr(at);
  if (rest.starts_with("\xC2\xA0") || rest.starts_with("\xC2\x85")) return 2;
  if (rest.starts_with("\xE3\x80\x80") || rest.starts_with("\xEF\xBB\xBF") || rest.starts_with("\xE2\x81\x9F")) return 3;
  if (!rest.starts_with("\xE2\x80") || rest.size() < 3) return 0;
  const auto last = static_cast<unsigned char>(rest[2]);
  return last <= 0x8B || last == 0xA8 || last == 0xA9 || last == 0xAF ? 3 : 0;
}

void split_paragraphs(std::string_view buffer, std::size_t begin, std::size_t end, std::vector<Piece>& paragraphs) {
  std::vector<Piece> block;
  for (std::size_t at = begin; at < end;) {
    const std::size_t stop = std::min(buffer.find('\n', at), end);
    const Piece line = trimmed(buffer, {static_cast<std::uint32_t>(at), static_cast<std::uint32_t>(stop)});
    if (line.begin < line.end) {
      block.push_back(line);
    } else {
      join_block(buffer, block, paragraphs);
      block.clear();
    }
    at = stop + 1;
  }
  join_block(buffer, block, paragraphs);
}

}  // namespace legation
