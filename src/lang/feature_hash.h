// FeatureKeys: the hashed features of one decision. Training and use share it, so the hash must never change within a
// model version (src/lang/model_format.h).
#pragma once

#include <cassert>
#include <cstddef>
#include <cstdint>
#include <span>
#include <string_view>

namespace legation {

/// 32-bit hash of a byte string (FNV-1a with a final mix). Never 0: 0 marks "nothing" in tables.
inline std::uint32_t hash_bytes(std::string_view bytes) {
  std::uint64_t hash = 0xcbf29ce484222325ull;
  for (char byte : bytes) hash = (hash ^ static_cast<unsigned char>(byte)) * 0x100000001b3ull;
  hash ^= hash >> 29;
  hash *= 0xbf58476d1ce4e5b9ull;
  const auto key = static_cast<std::uint32_t>(hash >> 32);
  return key == 0 ? 1 : key;
}

/// Up to 16 keys, on the stack of whoever decides.
class FeatureKeys {
 public:
  static constexpr std::size_t capacity = 16;

  void clear() { size_ = 0; }
  std::span<const std::uint32_t> keys() const { return {keys_, size_}; }

  /// One feature: the template's number and its parts. Parts of different templates never meet.
  void add(std::uint32_t feature_template, std::uint64_t a, std::uint64_t b = 0, std::uint64_t c = 0, std::uint64_t d = 0) {
    assert(size_ < capacity);
    std::uint64_t hash = (a + feature_template * 0x9e3779b97f4a7c15ull) * 0xff51afd7ed558ccdull;
    hash = (hash ^ (hash >> 32) ^ b) * 0xc4ceb9fe1a85ec53ull;
    hash = (hash ^ (hash >> 29) ^ (c << 7) ^ (d << 39)) * 0x94d049bb133111ebull;
    const auto key = static_cast<std::uint32_t>(hash >> 32);
    keys_[size_++] = key == 0 ? 1 : key;
  }

 private:
  std::uint32_t keys_[capacity];
  std::size_t size_ = 0;
};

}  // namespace legation
