// Change points of a whole series: the segmentation of least cost, found exactly. Door: find_changes().
#pragma once

#include <cstdint>
#include <optional>
#include <span>
#include <string_view>
#include <vector>

namespace legation {

/// What a segment is taken to be; its cost is minus twice its greatest log likelihood, without terms that no
/// segmentation changes.
enum class SegmentCost : std::uint8_t {
  poisson,            ///< counts with one rate per exposure
  negative_binomial,  ///< counts, variance in proportion to the mean: exposure * size failures (NB1, Cameron
                      ///< & Trivedi 1998)
  gaussian_mean,      ///< one mean, one known variance for all segments
  gaussian,           ///< mean and variance of its own
  binomial,           ///< values are successes out of exposure
};
std::string_view name(SegmentCost cost);

struct ChangeOptions {
  SegmentCost cost = SegmentCost::poisson;
  std::optional<double> penalty;  ///< per change; (free numbers per segment + 1) log n, the BIC, unless given
  double size = 1;                ///< negative_binomial: failures per unit of exposure; the less, the more the counts clump
  double variance = 1;            ///< gaussian_mean
  std::size_t min_length = 1;     ///< of a segment; gaussian takes at least 2
};

struct Segmentation {
  std::vector<std::size_t> changes;  ///< first index of every segment but the first, ascending
  double cost = 0;                   ///< of all segments and penalties
};

/// The optimum by PELT (Killick, Fearnhead & Eckley, JASA 107, 2012): optimal partitioning that forgets
/// beginnings which can win no more.
/// @param exposure  as many as values, or empty for ones everywhere.
/// Cost: linear in n when changes keep coming, quadratic when there are none.
Segmentation find_changes(std::span<const double> values, std::span<const double> exposure, const ChangeOptions& options);

/// The cost of values[begin, end) as one segment.
double segment_cost(std::span<const double> values, std::span<const double> exposure, const ChangeOptions& options, std::size_t begin, std::size_t end);

/// The size of a negative binomial from neighbouring periods, so that changes of level count little. Large
/// when counts do not clump.
double learn_size(std::span<const double> values, std::span<const double> exposure);
/// The variance round a mean that changes seldom: from the median of absolute differences between neighbours.
double learn_variance(std::span<const double> values);

}  // namespace legation
