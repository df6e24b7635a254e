// Which ids were given before. Only entry point: SeenIds.
#include "text/seen_ids.h"

#include <utility>

namespace legation {
namespace {

constexpr std::size_t ids_max = std::size_t{1} << 19;

/// FNV-1a with a final mix: the same on every machine, so that ids are.
std::uint64_t digest(std::string_view text) {
  std::uint64_t hash = 0xCBF29CE484222325ULL;
  for (const char byte : text) hash = (hash ^ static_cast<unsigned char>(byte)) * 0x100000001B3ULL;
  hash ^= hash >> 32;
  hash *= 0x9E3779B97F4A7C15ULL;
  hash ^= hash >> 29;
  return hash == 0 ? 1 : hash;
}

/// The slot that holds `hash`, or the free one where it belongs.
std::size_t find_slot(const std::vector<std::uint64_t>& slots, std::uint64_t hash) {
  std::size_t slot = hash & (slots.size() - 1);
  while (slots[slot] != 0 && slots[slot] != hash) slot = (slot + 1) & (slots.size() - 1);
  return slot;
}

}  // namespace

SeenIds::SeenIds() : slots_(1024) {}

bool SeenIds::insert(std::string_view id) {
  const std::uint64_t hash = digest(id);
  const std::size_t slot = find_slot(slots_, hash);
  if (slots_[slot] == hash) return false;
  if (count_ == ids_max) return true;
  slots_[slot] = hash;
  if (++count_ * 2 > slots_.size()) grow();
  return true;
}

void SeenIds::grow() {
  std::vector<std::uint64_t> larger(slots_.size() * 2);
  for (const std::uint64_t hash : slots_) {
    if (hash != 0) larger[find_slot(larger, hash)] = hash;
  }
  slots_ = std::move(larger);
}

}  // namespace legation
