// Files for tests of src/text: a folder that goes away with the test, and what a reader gives for it.
#pragma once

#include <gtest/gtest.h>
#include <stdlib.h>
#include <zlib.h>
#include <zstd.h>

#include <filesystem>
#include <fstream>
#include <string>
#include <string_view>
#include <vector>

#include "text/reader.h"

namespace legation {

class InputFolder {
 public:
  InputFolder() {
    std::string pattern = (std::filesystem::temp_directory_path() / "legation-text-XXXXXX").string();
    path_ = mkdtemp(pattern.data());
  }
  ~InputFolder() { std::filesystem::remove_all(path_); }
  InputFolder(const InputFolder&) = delete;
  InputFolder& operator=(const InputFolder&) = delete;

  const std::string& path() const { return path_; }
  std::string path(const std::string& name) const { return path_ + "/" + name; }
  std::string write(const std::string& name, std::string_view bytes) const {
    std::filesystem::create_directories(std::filesystem::path(path(name)).parent_path());
    std::ofstream(path(name), std::ios::binary) << bytes;
    return path(name);
  }

 private:
  std::string path_;
};

struct ReadAll {
  std::vector<Document> documents;
  std::vector<Error> errors;
};

inline ReadAll read_all(std::vector<std::string> paths, ReaderOptions options = {}) {
  ReadAll all;
  DocumentReader reader(std::move(paths), std::move(options));
  while (auto item = reader.next()) {
    if (*item)
      all.documents.push_back(std::move(*item).value());
    else
      all.errors.push_back(item->error());
  }
  return all;
}

/// The one document that `bytes` in a file of this name hold.
inline Document read_one(const std::string& name, std::string_view bytes, ReaderOptions options = {}) {
  const InputFolder folder;
  ReadAll all = read_all({folder.write(name, bytes)}, std::move(options));
  EXPECT_TRUE(all.errors.empty()) << all.errors[0].what;
  EXPECT_EQ(all.documents.size(), 1U);
  return all.documents.empty() ? Document{} : all.documents[0];
}

inline std::string gzip(std::string_view bytes) {
  z_stream state = {};
  deflateInit2(&state, 6, Z_DEFLATED, 15 + 16, 8, Z_DEFAULT_STRATEGY);
  std::string out(deflateBound(&state, bytes.size()) + 32, '\0');
  state.next_in = reinterpret_cast<Bytef*>(const_cast<char*>(bytes.data()));
  state.avail_in = static_cast<uInt>(bytes.size());
  state.next_out = reinterpret_cast<Bytef*>(out.data());
  state.avail_out = static_cast<uInt>(out.size());
  deflate(&state, Z_FINISH);
  out.resize(state.total_out);
  deflateEnd(&state);
  return out;
}

inline std::string zstandard(std::string_view bytes) {
  std::string out(ZSTD_compressBound(bytes.size()), '\0');
  out.resize(ZSTD_compress(out.data(), out.size(), bytes.data(), bytes.size(), 3));
  return out;
}

inline bool contains(std::string_view text, std::string_view part) { return text.find(part) != text.npos; }

}  // namespace legation
