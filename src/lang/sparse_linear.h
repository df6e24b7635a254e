// SparseLinear: a multi-class linear model over hashed features, read in place from a model file.
#pragma once

#include <cstdint>
#include <span>
#include <string_view>

#include "lang/model_format.h"
#include "legation/result.h"

namespace legation {

/// Safe to share between threads. The bytes must outlive it.
class SparseLinear {
 public:
  SparseLinear() = default;  ///< no classes, scores nothing
  /// Errors: bad_format when the section is cut off or points outside itself.
  static Result<SparseLinear> view(std::string_view section);

  std::size_t classes() const { return classes_; }
  /// Adds the weights of each key to scores[class]; `scores` has classes() items. Cost: two cache misses a key,
  /// overlapped by prefetching.
  void score(std::span<const std::uint32_t> keys, std::int32_t* scores) const;

 private:
  std::uint32_t find(std::uint32_t key) const;

  const LinearSlot* slots_ = nullptr;
  const LinearWeight* weights_ = nullptr;
  std::uint32_t mask_ = 0;
  std::size_t classes_ = 0;
};

/// The class with the highest score; the lowest number wins a tie.
std::size_t best_class(std::span<const std::int32_t> scores);

}  // namespace legation
