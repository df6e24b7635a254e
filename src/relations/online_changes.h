// OnlineChanges: after each count, how long ago the rate last changed: Bayesian online change-point
// detection. Door: push().
#pragma once

#include <cstddef>
#include <vector>

namespace legation {

struct OnlineOptions {
  double usual_gap = 250;  ///< behaviour: periods between changes, in the mean (the hazard is its inverse)
  double prior_shape = 1;  ///< behaviour: the rate after a change is Gamma(shape, rate)
  double prior_rate = 1;
  std::size_t max_runs = 24;  ///< performance: run lengths followed; the least probable goes. More = slower, nearer to exact
};

struct OnlineState {
  std::size_t run_length = 0;  ///< the most probable number of periods since the change; 1 = the change is now
  double probability = 1;      ///< of that run length
  double fresh = 0;            ///< probability of a change within the last `fresh_window` periods
};

/// Adams & MacKay (2007, arXiv:0710.3742) for Poisson counts with a gamma prior, the run lengths pruned to
/// the most probable (as Fearnhead & Liu 2007 do with particles). Not thread safe.
class OnlineChanges {
 public:
  static constexpr std::size_t fresh_window = 3;
  explicit OnlineChanges(const OnlineOptions& options = {});
  /// Cost: proportional to max_runs; below a microsecond for small counts.
  OnlineState push(unsigned count);

 private:
  void weigh(unsigned count);
  void drop_least();
  OnlineState state() const;

  OnlineOptions options_;
  std::size_t runs_ = 0;
  std::vector<double> weight_, shape_, chance_;
  std::vector<std::size_t> length_;
  std::vector<double> log_stay_;  ///< log(rate / (rate + 1)) by run length
};

}  // namespace legation
