// The files under a list of paths. Only entry point: FileWalk.
#include "text/file_walk.h"

#include <algorithm>
#include <filesystem>
#include <functional>
#include <system_error>

namespace legation {
namespace {

namespace fs = std::filesystem;

std::optional<std::vector<std::string>> names_backwards(const std::string& folder, std::error_code& fault) {
  std::vector<std::string> names;
  for (fs::directory_iterator entry(folder, fault), end; !fault && entry != end; entry.increment(fault)) {
    std::string name = entry->path().filename().string();
    if (!name.starts_with('.')) names.push_back(std::move(name));
  }
  if (fault) return std::nullopt;
  std::sort(names.begin(), names.end(), std::greater<>());
  return names;
}

/// Links to folders are followed only where the user named them: below, they may run in circles.
bool is_folder_to_walk(const std::string& path, bool named) {
  std::error_code ignored;
  return fs::is_directory(path, ignored) && (named || !fs::is_symlink(path, ignored));
}

}  // namespace

FileWalk::FileWalk(std::vector<std::string> paths) : paths_(std::move(paths)) {}

std::optional<Result<FileWalk::Step>> FileWalk::enter(const std::string& path, bool named) {
  if (path == "-") return Step{path, true, false};
  if (is_folder_to_walk(path, named)) {
    std::error_code fault;
    auto names = names_backwards(path, fault);
    if (!names) return Error{Error::Code::io, path + ": " + fault.message()};
    open_.push_back({path, std::move(*names), named});
    return std::nullopt;
  }
  std::error_code ignored;
  if (!named && !fs::is_regular_file(path, ignored)) return std::nullopt;
  return Step{path, named, false};
}

std::optional<Result<FileWalk::Step>> FileWalk::next() {
  while (!open_.empty() || position_ < paths_.size()) {
    std::optional<Result<Step>> step;
    if (open_.empty()) {
      step = enter(paths_[position_++], true);
    } else if (open_.back().names.empty()) {
      const Folder done = std::move(open_.back());
      open_.pop_back();
      if (done.named) step = Step{done.path, true, true};
    } else {
      const std::string path = (fs::path(open_.back().path) / open_.back().names.back()).string();
      open_.back().names.pop_back();
      step = enter(path, false);
    }
    if (step) return step;
  }
  return std::nullopt;
}

std::uint64_t FileWalk::total_bytes() const {
  std::uint64_t total = 0;
  FileWalk walk(paths_);
  while (auto step = walk.next()) {
    if (!*step || step->value().folder_ended) continue;
    std::error_code fault;
    const std::string& path = step->value().path;
    if (path == "-" || (fs::exists(path, fault) && !fs::is_regular_file(path, fault))) return 0;
    const auto size = fs::file_size(path, fault);
    if (!fault) total += size;
  }
  return total;
}

}  // namespace legation
