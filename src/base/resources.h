// Resources: where the tables and weights come from: the program itself, or a folder that overrides it.
#pragma once

#include <map>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "base/embedded.h"
#include "legation/result.h"

namespace legation {

/// Named byte strings. Views stay valid as long as the object lives. Safe to read from many threads.
class Resources {
 public:
  /// The files carried by the program.
  static Resources embedded(std::span<const EmbeddedFile> files);
  /// Files under `root` (laid out like the repository: data/..., models/...) hide those carried.
  /// Errors: not_found when `root` is no folder, io when a file cannot be read.
  Status overlay(const std::string& root);
  /// Adds or hides one file.
  void put(std::string name, std::string bytes);

  /// not_found when absent.
  Result<std::string_view> file(std::string_view name) const;
  /// Names that begin with `prefix`, sorted.
  std::vector<std::string> names(std::string_view prefix) const;
  /// 64-bit digest of names and bytes of all files with the prefix, as 16 hex digits: part of the engine version.
  std::string digest(std::string_view prefix) const;

 private:
  std::map<std::string, std::string_view, std::less<>> files_;
  std::vector<std::unique_ptr<std::string>> owned_;
};

}  // namespace legation
