// AveragedPerceptron: trains what src/lang/sparse_linear.h uses. Doors: score(), update(), write().
#pragma once

#include <cstdint>
#include <span>
#include <string>
#include <vector>

namespace legation {

class AveragedPerceptron {
 public:
  explicit AveragedPerceptron(std::size_t classes) : classes_(classes), slots_(1u << 16) {}

  std::size_t classes() const { return classes_; }
  /// Adds the present weights of the keys to scores[class].
  void score(std::span<const std::uint32_t> keys, float* scores) const;
  /// Moves the weights of the keys from one class to another.
  void update(std::span<const std::uint32_t> keys, std::size_t right, std::size_t wrong);
  /// One decision has passed, right or wrong: the unit of averaging.
  void step() { ++steps_; }

  struct Written {
    std::string bytes;
    std::size_t features = 0, weights = 0;
  };
  /// The averaged weights as a section (src/lang/model_format.h); those below `threshold` are left out.
  Written write(double threshold) const;

 private:
  struct Weight {
    std::uint16_t target = 0;
    std::uint32_t stamp = 0;  ///< step at which `total` was brought up to date
    float value = 0;
    double total = 0;
  };
  struct Slot {
    std::uint32_t key = 0, row = 0;
  };
  struct Kept {
    std::uint32_t key;
    std::vector<std::pair<std::uint16_t, double>> weights;
  };

  std::size_t slot_of(std::uint32_t key) const;
  std::vector<Weight>& row_of(std::uint32_t key);
  void add(std::vector<Weight>& row, std::size_t target, float delta);
  void grow();
  std::vector<Kept> averaged(double threshold, double& largest) const;

  std::size_t classes_;
  std::vector<Slot> slots_;
  std::vector<std::vector<Weight>> rows_;
  std::uint32_t steps_ = 1;
};

}  // namespace legation
