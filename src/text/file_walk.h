// FileWalk: the files under a list of paths, in order, folders in the order of their sorted names.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "legation/result.h"

namespace legation {

/// Keeps in memory the names of one folder per level, not the whole tree. Hidden entries and what is neither
/// file nor folder are passed over below a folder; a path that was named is always given. Not thread safe.
class FileWalk {
 public:
  explicit FileWalk(std::vector<std::string> paths);

  struct Step {
    std::string path;
    bool named = false;         ///< stood in the list itself
    bool folder_ended = false;  ///< `path` is a folder of the list that was walked to its end
  };
  /// Empty at the end. Errors: not_found, io for a path or folder that cannot be read.
  std::optional<Result<Step>> next();

  /// Sum of the sizes of all files that next() would give from the start; 0 when one of the paths is no file
  /// or folder (standard input, a pipe). Touches every file's entry once.
  std::uint64_t total_bytes() const;

 private:
  struct Folder {
    std::string path;
    std::vector<std::string> names;  ///< sorted backwards: the next one is last
    bool named = false;
  };
  std::optional<Result<Step>> enter(const std::string& path, bool named);

  std::vector<std::string> paths_;
  std::size_t position_ = 0;
  std::vector<Folder> open_;
};

}  // namespace legation
