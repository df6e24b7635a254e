// HashedTable: a table by hash, read in place from a model file. Door: HashedTable::find().
#pragma once

#include <span>
#include <string_view>

#include "lang/model_format.h"
#include "legation/result.h"

namespace legation {

/// Open addressing over items with a `key` (0 = empty slot); the number of slots is a power of two.
template <class Item>
class HashedTable {
 public:
  HashedTable() = default;
  explicit HashedTable(std::span<const Item> slots) : slots_(slots) {}

  static Result<HashedTable> view(std::string_view section) {
    const std::size_t slots = section.size() / sizeof(Item);
    if (section.size() % sizeof(Item) != 0 || (slots & (slots - 1)) != 0) {
      return Error{Error::Code::bad_format, "language model: a table is damaged"};
    }
    return HashedTable(std::span(reinterpret_cast<const Item*>(section.data()), slots));
  }

  /// Null when absent.
  const Item* find(std::uint32_t key) const {
    const std::size_t mask = slots_.size() - 1;
    for (std::size_t tries = 0, slot = key & mask; tries < slots_.size(); ++tries, slot = (slot + 1) & mask) {
      if (slots_[slot].key == key) return &slots_[slot];
      if (slots_[slot].key == 0) return nullptr;
    }
    return nullptr;
  }

 private:
  std::span<const Item> slots_;
};

}  // namespace legation
