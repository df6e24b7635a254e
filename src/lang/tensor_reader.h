// TensorReader: the numbers of a network where they lie in a model file, each tensor at a multiple of 64 bytes.
#pragma once

#include <algorithm>
#include <cmath>
#include <cstring>
#include <string_view>

#include "lang/int8_kernels.h"

namespace legation {

/// Takes the tensors of the section one after another.
class TensorReader {
 public:
  explicit TensorReader(std::string_view bytes, std::size_t at) : bytes_(bytes), at_(at) {}

  template <class Item>
  const Item* take(std::size_t count) {
    at_ = (at_ + 63) / 64 * 64;
    if (at_ > bytes_.size() || count > (bytes_.size() - at_) / sizeof(Item)) return ok_ = false, nullptr;
    const auto* items = reinterpret_cast<const Item*>(bytes_.data() + at_);
    at_ += count * sizeof(Item);
    ok_ &= sound(items, count);
    return items;
  }

  PackedMatrix matrix(std::size_t rows, std::size_t columns) {
    const auto* values = take<std::int8_t>(rows * columns);
    const auto *scale = take<float>(rows), *bias = take<float>(rows);
    return ok_ ? PackedMatrix(values, rows, columns, columns, scale, bias) : PackedMatrix();
  }

  /// A matrix whose first `split` columns go with the input, the others with the state; the bias with either sum.
  void split_matrix(std::size_t rows, std::size_t columns, std::size_t split, PackedMatrix& left, PackedMatrix& right) {
    const auto* values = take<std::int8_t>(rows * columns);
    const auto *scale = take<float>(rows), *bias = take<float>(rows);
    if (!ok_) return;
    left = PackedMatrix(values, rows, split, columns, scale, bias);
    right = PackedMatrix(values + split, rows, columns - split, columns, scale, bias);
  }

  bool ok() const { return ok_; }
  bool at_end() const { return at_ == bytes_.size(); }

 private:
  /// -128 has no opposite, which the kernels need.
  static bool sound(const std::int8_t* items, std::size_t count) { return std::memchr(items, 0x80, count) == nullptr; }
  /// Not a number, or so large that scores could be infinite.
  static bool sound(const float* items, std::size_t count) {
    return std::all_of(items, items + count, [](float item) { return std::abs(item) < 1e6f; });
  }

  std::string_view bytes_;
  std::size_t at_;
  bool ok_ = true;
};

}  // namespace legation
