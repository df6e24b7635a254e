// Averaged perceptron with lazily updated totals. Doors: the members of AveragedPerceptron.
#include "perceptron.h"

#include <algorithm>
#include <cmath>
#include <cstring>

#include "lang/model_format.h"

namespace legation {
namespace {

template <class Item>
void append_item(std::string& bytes, const Item& item) {
  bytes.append(reinterpret_cast<const char*>(&item), sizeof(item));
}

std::uint32_t slots_log2_for(std::size_t features) {
  std::uint32_t log2 = 4;
  while ((std::size_t{1} << log2) * 3 < features * 4) ++log2;
  return log2;
}

}  // namespace

std::size_t AveragedPerceptron::slot_of(std::uint32_t key) const {
  const std::size_t mask = slots_.size() - 1;
  std::size_t slot = key & mask;
  while (slots_[slot].key != 0 && slots_[slot].key != key) slot = (slot + 1) & mask;
  return slot;
}

void AveragedPerceptron::score(std::span<const std::uint32_t> keys, float* scores) const {
  const std::size_t mask = slots_.size() - 1;
  for (std::uint32_t key : keys) __builtin_prefetch(&slots_[key & mask]);
  for (std::uint32_t key : keys) {
    const Slot& slot = slots_[slot_of(key)];
    if (slot.key != 0) __builtin_prefetch(&rows_[slot.row]);
  }
  for (std::uint32_t key : keys) {
    const Slot& slot = slots_[slot_of(key)];
    if (slot.key == 0) continue;
    for (const Weight& weight : rows_[slot.row]) scores[weight.target] += weight.value;
  }
}

void AveragedPerceptron::grow() {
  std::vector<Slot> old(slots_.size() * 2);
  old.swap(slots_);
  for (const Slot& slot : old) {
    if (slot.key != 0) slots_[slot_of(slot.key)] = slot;
  }
}

std::vector<AveragedPerceptron::Weight>& AveragedPerceptron::row_of(std::uint32_t key) {
  if (rows_.size() * 2 > slots_.size()) grow();
  Slot& slot = slots_[slot_of(key)];
  if (slot.key == 0) {
    slot = {key, static_cast<std::uint32_t>(rows_.size())};
    rows_.emplace_back();
  }
  return rows_[slot.row];
}

void AveragedPerceptron::add(std::vector<Weight>& row, std::size_t target, float delta) {
  auto at = std::find_if(row.begin(), row.end(), [&](const Weight& weight) { return weight.target == target; });
  if (at == row.end()) {
    row.push_back({static_cast<std::uint16_t>(target), steps_, 0, 0});
    at = row.end() - 1;
  }
  at->total += static_cast<double>(at->value) * (steps_ - at->stamp);
  at->stamp = steps_;
  at->value += delta;
}

void AveragedPerceptron::update(std::span<const std::uint32_t> keys, std::size_t right, std::size_t wrong) {
  if (right == wrong) return;
  for (std::uint32_t key : keys) {
    std::vector<Weight>& row = row_of(key);
    add(row, right, 1);
    add(row, wrong, -1);
  }
}

std::vector<AveragedPerceptron::Kept> AveragedPerceptron::averaged(double threshold, double& largest) const {
  std::vector<Kept> kept;
  for (const Slot& slot : slots_) {
    if (slot.key == 0) continue;
    Kept row{slot.key, {}};
    for (const Weight& weight : rows_[slot.row]) {
      const double mean = (weight.total + static_cast<double>(weight.value) * (steps_ - weight.stamp)) / steps_;
      largest = std::max(largest, std::abs(mean));
      if (std::abs(mean) >= threshold) row.weights.emplace_back(weight.target, mean);
    }
    if (!row.weights.empty()) kept.push_back(std::move(row));
  }
  // The order of the file must not depend on the order in which the table grew.
  std::sort(kept.begin(), kept.end(), [](const Kept& a, const Kept& b) { return a.key < b.key; });
  return kept;
}

AveragedPerceptron::Written AveragedPerceptron::write(double threshold) const {
  double largest = 1e-9;
  const std::vector<Kept> kept = averaged(threshold, largest);
  const std::uint32_t log2 = slots_log2_for(kept.size());
  std::vector<LinearSlot> slots(std::size_t{1} << log2, LinearSlot{0, 0});
  std::vector<LinearWeight> weights;
  for (Kept row : kept) {
    std::sort(row.weights.begin(), row.weights.end());
    if (row.weights.size() > 255) row.weights.resize(255);
    std::size_t slot = row.key & (slots.size() - 1);
    while (slots[slot].key != 0) slot = (slot + 1) & (slots.size() - 1);
    slots[slot] = {row.key, static_cast<std::uint32_t>(weights.size() << 8 | row.weights.size())};
    for (const auto& [target, mean] : row.weights) {
      weights.push_back({static_cast<std::int16_t>(std::lround(mean * 32000 / largest)), target});
    }
  }
  Written written{{}, kept.size(), weights.size()};
  append_item(written.bytes, LinearHeader{log2, static_cast<std::uint32_t>(weights.size()), static_cast<std::uint32_t>(classes_), 0});
  for (const LinearSlot& slot : slots) append_item(written.bytes, slot);
  for (const LinearWeight& weight : weights) append_item(written.bytes, weight);
  return written;
}

}  // namespace legation
