// Unpack: an .xz file laid beside as plain bytes, since DuckDB reads gzip and Zstandard alone; digest of a file.
#pragma once

#include <string>
#include <utility>

#include "legation/result.h"

namespace legation {

/// A file that goes away with its owner, when it is ours.
class PlainFile {
 public:
  PlainFile(std::string path, bool ours) : path_(std::move(path)), ours_(ours) {}
  PlainFile(PlainFile&& other) noexcept : path_(std::move(other.path_)), ours_(std::exchange(other.ours_, false)) {}
  PlainFile(const PlainFile&) = delete;
  PlainFile& operator=(const PlainFile&) = delete;
  ~PlainFile();
  const std::string& path() const { return path_; }

 private:
  std::string path_;
  bool ours_;
};

/// The file itself, or its content in the temporary folder for .xz. Errors: not_found; bad_format when it is damaged or cut; io.
Result<PlainFile> plain_file(const std::string& path);
/// Whether the bytes are UTF-8, as far as the first fault. Errors: not_found, io.
Result<bool> is_utf8(const std::string& path);
/// 64 bits over the bytes, as 16 hex digits. Errors: not_found, io.
Result<std::string> file_digest(const std::string& path);

}  // namespace legation
