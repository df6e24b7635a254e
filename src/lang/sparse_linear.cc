// Scoring by open addressing. Doors: SparseLinear::view(), SparseLinear::score(), best_class().
#include "lang/sparse_linear.h"

#include <algorithm>
#include <cassert>

#include "lang/feature_hash.h"

namespace legation {
namespace {

bool rows_inside(std::span<const LinearSlot> slots, const LinearHeader& header, const LinearWeight* weights) {
  for (const LinearSlot& slot : slots) {
    if (slot.key != 0 && (slot.row >> 8) + (slot.row & 255u) > header.weights) return false;
  }
  const auto outside = [&](const LinearWeight& weight) { return weight.target >= header.classes; };
  return std::none_of(weights, weights + header.weights, outside);
}

}  // namespace

Result<SparseLinear> SparseLinear::view(std::string_view section) {
  const Error broken{Error::Code::bad_format, "language model: a linear section is damaged"};
  if (section.size() < sizeof(LinearHeader)) return broken;
  const auto& header = *reinterpret_cast<const LinearHeader*>(section.data());
  if (header.slots_log2 > 28 || header.classes > 4096) return broken;
  const std::size_t slots = std::size_t{1} << header.slots_log2;
  const std::size_t size = sizeof(LinearHeader) + slots * sizeof(LinearSlot) + header.weights * sizeof(LinearWeight);
  if (section.size() != size) return broken;
  SparseLinear model;
  model.slots_ = reinterpret_cast<const LinearSlot*>(section.data() + sizeof(LinearHeader));
  model.weights_ = reinterpret_cast<const LinearWeight*>(model.slots_ + slots);
  model.mask_ = static_cast<std::uint32_t>(slots - 1);
  model.classes_ = header.classes;
  if (!rows_inside({model.slots_, slots}, header, model.weights_)) return broken;
  return model;
}

std::uint32_t SparseLinear::find(std::uint32_t key) const {
  // The writer keeps at least a quarter of the slots empty; the bound holds even where a file does not.
  std::uint32_t slot = key & mask_;
  for (std::uint32_t tries = 0; tries <= mask_; ++tries, slot = (slot + 1) & mask_) {
    if (slots_[slot].key == key) return slots_[slot].row;
    if (slots_[slot].key == 0) return 0;
  }
  return 0;
}

void SparseLinear::score(std::span<const std::uint32_t> keys, std::int32_t* scores) const {
  if (slots_ == nullptr) return;
  assert(keys.size() <= FeatureKeys::capacity);
  std::uint32_t rows[FeatureKeys::capacity];
  for (std::uint32_t key : keys) __builtin_prefetch(&slots_[key & mask_]);
  std::size_t found = 0;
  for (std::uint32_t key : keys) {
    const std::uint32_t row = find(key);
    rows[found] = row;
    found += row != 0;
    __builtin_prefetch(&weights_[row >> 8]);
  }
  for (std::size_t i = 0; i < found; ++i) {
    const LinearWeight* weight = weights_ + (rows[i] >> 8);
    for (std::uint32_t left = rows[i] & 255u; left > 0; --left, ++weight) scores[weight->target] += weight->weight;
  }
}

std::size_t best_class(std::span<const std::int32_t> scores) {
  return static_cast<std::size_t>(std::max_element(scores.begin(), scores.end()) - scores.begin());
}

}  // namespace legation
