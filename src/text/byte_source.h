// ByteSource: the bytes of one file or of standard input, decompressed on the way (gzip and Zstandard, told
// by content).
#pragma once

#include <cstdint>
#include <memory>
#include <string>
#include <string_view>

#include "legation/result.h"

namespace legation {

/// Reads forward only, in bounded memory. Not thread safe.
class ByteSource {
 public:
  /// "-" is standard input. Errors: not_found, io; bad_format for a compression that we do not read.
  static Result<std::unique_ptr<ByteSource>> open(const std::string& path);
  ~ByteSource();
  ByteSource(const ByteSource&) = delete;
  ByteSource& operator=(const ByteSource&) = delete;

  /// Up to `size` bytes; 0 only at the end. Errors: io; bad_format when compressed data are cut off or
  /// damaged, given once, after all bytes before the damage. Later calls return 0.
  Result<std::size_t> read(char* out, std::size_t size);
  /// The first bytes (64 KiB at most, less only when the input is shorter or damaged), without taking them.
  std::string_view peek();
  /// Everything that is left, up to `limit` bytes: too_long when there was more, faulty when reading broke
  /// off.
  struct Rest {
    std::string bytes;
    bool too_long = false;
    bool faulty = false;
    Error fault;
  };
  Rest read_rest(std::uint64_t limit);

  std::uint64_t raw_bytes() const;                   ///< bytes taken from the file so far, before decompression
  const std::string& name() const { return name_; }  ///< the path, "<stdin>" for standard input

 private:
  class Stream;
  class PlainStream;
  class GzipStream;
  class ZstdStream;
  class RawFile;
  ByteSource(std::string name, std::unique_ptr<RawFile> file);
  Result<std::size_t> read_stream(char* out, std::size_t size);

  std::string name_;
  std::unique_ptr<RawFile> file_;
  std::unique_ptr<Stream> stream_;
  std::string head_;  ///< bytes peeked at
  std::size_t head_taken_ = 0;
  bool ended_ = false;
  bool faulty_ = false;
  Error fault_;
};

}  // namespace legation
