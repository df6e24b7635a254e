// LineSource: the lines of a ByteSource, with numbers, in bounded memory.
#pragma once

#include <cstdint>
#include <optional>
#include <string_view>
#include <vector>

#include "legation/result.h"
#include "text/byte_source.h"

namespace legation {

struct Line {
  std::string_view text;     ///< without the newline; valid until the next call
  std::size_t readable = 0;  ///< bytes that may be read from text.data(): at least text.size() + line_padding
  std::uint64_t number = 0;  ///< from 1
};

inline constexpr std::size_t line_padding = 64;

/// Not thread safe. The byte source must outlive it.
class LineSource {
 public:
  LineSource(ByteSource& bytes, std::uint64_t max_line_bytes);
  /// Empty at the end. Errors: bad_format for a line that is longer than allowed (the next call goes on
  /// behind it); what the byte source reports, after all whole lines; the piece of a line before such a fault
  /// is dropped.
  std::optional<Result<Line>> next();

 private:
  bool fill();
  void make_room();
  Error skip_long_line();
  Error reading_fault();
  Line take(std::size_t size, std::size_t with_newline);

  ByteSource& bytes_;
  std::uint64_t max_line_bytes_;
  std::vector<char> buffer_;
  std::size_t begin_ = 0, end_ = 0;
  std::size_t searched_ = 0;  ///< bytes behind begin_ that hold no newline
  std::uint64_t number_ = 0;
  bool ended_ = false;
  std::optional<Error> fault_;
};

}  // namespace legation
