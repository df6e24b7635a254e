// SeenIds: which ids were given before, in bounded memory.
#pragma once

#include <cstdint>
#include <string_view>
#include <vector>

namespace legation {

/// A set of 64-bit digests. After half a million ids it learns no new ones (8 MiB), so that memory stays
/// flat; ids that come later are told apart from the first half million only.
class SeenIds {
 public:
  SeenIds();
  /// False when `id` was inserted before.
  bool insert(std::string_view id);

 private:
  void grow();
  std::vector<std::uint64_t> slots_;  ///< 0 = free
  std::size_t count_ = 0;
};

}  // namespace legation
