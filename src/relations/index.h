// RelationIndex: how two stand with each other, -1 (conflict alone) to 1 (cooperation alone), with its
// uncertainty. Doors: learn_balance() for the group, estimate_index() for a dyad.
#pragma once

#include <optional>
#include <span>
#include <vector>

#include "relations/rate_filter.h"

namespace legation {

/// What was seen in one period.
struct Observation {
  double cooperation = 0, conflict = 0;  ///< counts
  double exposure = 1;                   ///< coverage relative to a usual period; 0: nothing could be seen
};

/// What is usual in the group of dyads, told as events seen before the first: Beta(cooperation, conflict).
struct Balance {
  double cooperation = 1, conflict = 1;
};

struct IndexOptions {
  Balance group;                     ///< thin dyads are shrunk to it
  std::optional<double> discount;    ///< averaged over by predictive likelihood unless given
  std::optional<double> usual_rate;  ///< events in a usual period; the dyad's own mean unless given
  double interval = 0.9;             ///< probability inside lower..upper
  bool smoothed = true;              ///< false leaves RelationIndex::smoothed empty: faster
  bool points = true;                ///< false leaves RelationIndex::filtered empty too: index_point() makes single ones
};

/// The posterior of (c - k) / (c + k), where c and k are the rates of cooperation and of conflict.
struct IndexPoint {
  double mean = 0, lower = -1, upper = 1;
};

struct RelationIndex {
  double discount = 1;                             ///< the most probable one
  double log_predictive = 0;                       ///< of all counts, one period ahead, nats
  std::vector<IndexPoint> filtered;                ///< as known in the period; one per observation
  std::vector<IndexPoint> smoothed;                ///< as known at the end
  std::vector<GammaBelief> cooperation, conflict;  ///< filtered rates
};

/// Follows both rates with RateFilter, the same discount for both, and averages over the discounts of a grid
/// by how probable each made the counts one period ahead (West & Harrison 1997, ch. 12: multi-process models,
/// class I). With one discount the filtered share c / (c + k) is a beta distribution exactly; else, and
/// smoothed, mean and variance of each rate are exact and its shape is taken as gamma (docs/relations.md has
/// the recursion). Cost: linear in the periods, times 13 unless the discount is given.
RelationIndex estimate_index(std::span<const Observation> periods, const IndexOptions& options);

/// The grid.
std::span<const double> discount_grid();
/// Log probability of all counts, one period ahead.
double log_predictive_of(std::span<const Observation> periods, const IndexOptions& options, double discount);

/// The discount of the grid under which the counts were most probable one period ahead.
double learn_discount(std::span<const Observation> periods, const IndexOptions& options);

/// Fits the beta-binomial distribution to the totals of the group's dyads: mean by pooling, worth by
/// likelihood, 0.5 to 16 events.
Balance learn_balance(std::span<const Observation> totals);

/// The index of one period from its filtered rates; `interval`: probability inside lower..upper.
IndexPoint index_point(const GammaBelief& cooperation, const GammaBelief& conflict, double interval);

/// Quantile of c / (c + k) for two independent gamma distributions.
double share_quantile(const GammaBelief& cooperation, const GammaBelief& conflict, double probability);

}  // namespace legation
