// RelationNetwork: all dyads of a stretch of time as one signed, weighted graph. Doors: make_network(),
// graphml().
#pragma once

#include <string>
#include <vector>

#include "relations/report.h"
#include "relations/series.h"

namespace legation {

struct RelationNetwork {
  struct Node {
    std::string code;
    std::int64_t cooperation = 0, conflict = 0;  ///< with all others of the network
    double betweenness = 0;                      ///< over cooperation, a tie as long as 1 / count (Brandes 2001)
    std::size_t community = 0;
  };
  struct Edge {
    std::size_t a = 0, b = 0;
    std::int64_t cooperation = 0, conflict = 0;
    double balance() const { return static_cast<double>(cooperation - conflict) / static_cast<double>(cooperation + conflict); }  ///< -1..1
  };
  std::vector<Node> nodes;
  std::vector<Edge> edges;
  std::size_t communities = 0;
  double modularity = 0;  ///< signed (Gomez, Jensen & Arenas, Phys. Rev. E 80, 2009)
  std::int64_t triads = 0,
               balanced = 0;      ///< closed triads; balanced: an even number of negative ties (Cartwright & Harary 1956)
  double balanced_by_chance = 0;  ///< part of the triads, if the signs were dealt at random over the ties
};

/// Ties of at least `min_events`; only between `states` unless that is empty.
RelationNetwork make_network(const DyadPanel& panel, const std::vector<std::string>& states, std::int64_t min_events);

/// Correlation of the changes of two dyads that share a state: does KOR-USA move against KOR-CHN?
struct CoMovement {
  std::string shared, one, other;
  double correlation = 0;   ///< of period-to-period differences of the filtered index, -1..1
  std::size_t periods = 0;  ///< in which both have events
};
std::vector<CoMovement> co_movements(const DyadPanel& panel, const std::vector<std::string>& states);

/// The network of each single period in which there is any tie.
struct PeriodNetwork {
  std::size_t period = 0;  ///< of the panel
  RelationNetwork network;
};
std::vector<PeriodNetwork> networks_by_period(const DyadPanel& panel, const std::vector<std::string>& states, std::int64_t min_events);

std::string graphml(const RelationNetwork& network, const Provenance& provenance);
std::string csv(const RelationNetwork& network, const Provenance& provenance);

}  // namespace legation
