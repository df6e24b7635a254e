// ModelWriter: puts sections together into a model file (docs/model-format.md). Doors: add(), write().
#pragma once

#include <algorithm>
#include <string>
#include <utility>
#include <vector>

#include "lang/model_format.h"
#include "legation/result.h"

namespace legation {

class ModelWriter {
 public:
  void add(Section section, std::string bytes) { sections_.emplace_back(section, std::move(bytes)); }
  /// Errors: io.
  Status write(const std::string& path) const;

 private:
  std::vector<std::pair<Section, std::string>> sections_;
};

template <class Item>
std::string item_bytes(const std::vector<Item>& items) {
  return {reinterpret_cast<const char*>(items.data()), items.size() * sizeof(Item)};
}

/// Open addressing, at most three quarters full, as HashedTable reads it. The order of `items` does not matter.
template <class Item>
std::vector<Item> hashed_slots(std::vector<Item> items) {
  std::sort(items.begin(), items.end(), [](const Item& a, const Item& b) { return a.key < b.key; });
  std::size_t size = 16;
  while (size * 3 < items.size() * 4) size *= 2;
  std::vector<Item> slots(size, Item{});
  for (const Item& item : items) {
    std::size_t slot = item.key & (size - 1);
    while (slots[slot].key != 0 && slots[slot].key != item.key) slot = (slot + 1) & (size - 1);
    slots[slot] = item;
  }
  return slots;
}

}  // namespace legation
