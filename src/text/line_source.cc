// The lines of a ByteSource. Only entry point: LineSource.
#include "text/line_source.h"

#include <fmt/format.h>

#include <algorithm>
#include <cstring>

namespace legation {
namespace {
constexpr std::size_t first_buffer_bytes = 256 * 1024;
}

LineSource::LineSource(ByteSource& bytes, std::uint64_t max_line_bytes) : bytes_(bytes), max_line_bytes_(max_line_bytes), buffer_(first_buffer_bytes) {}

void LineSource::make_room() {
  if (begin_ > 0) {
    std::memmove(buffer_.data(), buffer_.data() + begin_, end_ - begin_);
    end_ -= begin_;
    begin_ = 0;
  }
  if (end_ + line_padding >= buffer_.size()) buffer_.resize(buffer_.size() * 2);
}

/// False when nothing more comes.
bool LineSource::fill() {
  if (ended_) return false;
  make_room();
  auto got = bytes_.read(buffer_.data() + end_, buffer_.size() - line_padding - end_);
  if (!got) fault_ = got.error();
  ended_ = !got || got.value() == 0;
  if (!ended_) end_ += got.value();
  return !ended_;
}

Error LineSource::skip_long_line() {
  do {
    const void* newline = std::memchr(buffer_.data() + begin_, '\n', end_ - begin_);
    if (newline != nullptr) {
      begin_ = static_cast<std::size_t>(static_cast<const char*>(newline) - buffer_.data()) + 1;
      break;
    }
    begin_ = end_ = 0;
  } while (fill());
  searched_ = 0;
  const auto megabytes = static_cast<double>(max_line_bytes_) / (1024 * 1024);
  return {Error::Code::bad_format, fmt::format("{}:{}: line is longer than {:.3g} MB", bytes_.name(), number_, megabytes)};
}

Error LineSource::reading_fault() {
  Error fault = *fault_;
  fault_.reset();
  begin_ = end_ = searched_ = 0;
  const std::string prefix = bytes_.name() + ": ";
  if (fault.what.starts_with(prefix)) fault.what = fault.what.substr(prefix.size());
  fault.what = fmt::format("{}:{}: {}", bytes_.name(), number_ + 1, fault.what);
  return fault;
}

Line LineSource::take(std::size_t size, std::size_t with_newline) {
  Line line{std::string_view(buffer_.data() + begin_, size), buffer_.size() - begin_, number_};
  begin_ += with_newline;
  searched_ = 0;
  return line;
}

std::optional<Result<Line>> LineSource::next() {
  while (true) {
    const char* from = buffer_.data() + begin_;
    const void* newline = std::memchr(from + searched_, '\n', end_ - begin_ - searched_);
    if (newline != nullptr) {
      const auto size = static_cast<std::size_t>(static_cast<const char*>(newline) - from);
      ++number_;
      if (size > max_line_bytes_) return skip_long_line();
      return take(size, size + 1);
    }
    searched_ = end_ - begin_;
    if (searched_ > max_line_bytes_) {
      ++number_;
      return skip_long_line();
    }
    if (fill()) continue;
    if (fault_) return reading_fault();
    if (begin_ == end_) return std::nullopt;
    ++number_;
    return take(end_ - begin_, end_ - begin_);
  }
}

}  // namespace legation
