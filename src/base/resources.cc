#include "base/resources.h"

#include <xxhash.h>

#include <cinttypes>
#include <cstdio>
#include <filesystem>
#include <fstream>
#include <iterator>

namespace legation {
namespace fs = std::filesystem;

Resources Resources::embedded(std::span<const EmbeddedFile> files) {
  Resources resources;
  for (const EmbeddedFile& file : files) resources.files_.emplace(file.name, file.bytes);
  return resources;
}

Status Resources::overlay(const std::string& root) {
  std::error_code fault;
  if (!fs::is_directory(root, fault)) return Error{Error::Code::not_found, root + ": no such folder of tables"};
  for (fs::recursive_directory_iterator at(root, fault), end; at != end && !fault; at.increment(fault)) {
    if (at.depth() == 0 && at->is_directory() && at->path().filename() != "data" && at->path().filename() != "models") {
      at.disable_recursion_pending();  // a whole checkout may be given
      continue;
    }
    if (!at->is_regular_file()) continue;
    std::ifstream in(at->path(), std::ios::binary);
    if (!in) return Error{Error::Code::io, at->path().string() + ": cannot be read"};
    put(fs::relative(at->path(), root).generic_string(), std::string(std::istreambuf_iterator<char>(in), std::istreambuf_iterator<char>()));
  }
  if (fault) return Error{Error::Code::io, root + ": " + fault.message()};
  return success();
}

void Resources::put(std::string name, std::string bytes) {
  owned_.push_back(std::make_unique<std::string>(std::move(bytes)));
  files_[std::move(name)] = *owned_.back();
}

Result<std::string_view> Resources::file(std::string_view name) const {
  const auto found = files_.find(name);
  if (found == files_.end()) return Error{Error::Code::not_found, std::string(name) + ": no such table or model"};
  return found->second;
}

std::vector<std::string> Resources::names(std::string_view prefix) const {
  std::vector<std::string> names;
  for (auto at = files_.lower_bound(prefix); at != files_.end() && at->first.starts_with(prefix); ++at) names.push_back(at->first);
  return names;
}

std::string Resources::digest(std::string_view prefix) const {
  XXH64_state_t* state = XXH64_createState();
  XXH64_reset(state, 0);
  for (const std::string& name : names(prefix)) {
    const std::string_view bytes = files_.find(name)->second;
    XXH64_update(state, name.data(), name.size() + 1);  // the final NUL parts name from bytes
    XXH64_update(state, bytes.data(), bytes.size());
  }
  char text[17];
  std::snprintf(text, sizeof text, "%016" PRIx64, static_cast<std::uint64_t>(XXH64_digest(state)));
  XXH64_freeState(state);
  return text;
}

}  // namespace legation
