#include "relations/network.h"

#include <fmt/format.h>

#include <algorithm>
#include <boost/graph/adjacency_list.hpp>
#include <boost/graph/betweenness_centrality.hpp>
#include <boost/graph/graphml.hpp>
#include <cmath>
#include <map>
#include <set>
#include <sstream>

#include "relations/index.h"
#include "relations/panel.h"

namespace legation {
namespace {

struct Vertex {
  std::string code;
  double betweenness = 0;
  long community = 0, cooperation = 0, conflict = 0;
};
struct Tie {
  long cooperation = 0, conflict = 0;
  double balance = 0, length = 1;
};
using Graph = boost::adjacency_list<boost::vecS, boost::vecS, boost::undirectedS, Vertex, Tie>;

Graph graph_of(const RelationNetwork& network) {
  Graph graph(network.nodes.size());
  for (std::size_t at = 0; at < network.nodes.size(); ++at) {
    const auto& node = network.nodes[at];
    graph[at] = {node.code, node.betweenness, static_cast<long>(node.community), node.cooperation, node.conflict};
  }
  for (const auto& edge : network.edges)
    boost::add_edge(edge.a, edge.b,
                    Tie{edge.cooperation, edge.conflict, edge.balance(), 1.0 / static_cast<double>(std::max<std::int64_t>(edge.cooperation, 1))}, graph);
  return graph;
}

void add_betweenness(RelationNetwork& network) {
  RelationNetwork cooperative = network;
  std::erase_if(cooperative.edges, [](const auto& edge) { return edge.cooperation == 0; });
  Graph graph = graph_of(cooperative);
  boost::brandes_betweenness_centrality(graph, boost::weight_map(boost::get(&Tie::length, graph)).centrality_map(boost::get(&Vertex::betweenness, graph)));
  boost::relative_betweenness_centrality(graph, boost::get(&Vertex::betweenness, graph));
  for (std::size_t at = 0; at < network.nodes.size(); ++at) network.nodes[at].betweenness = graph[at].betweenness;
}

/// Modularity of positive ties less that of negative ones, each against its own chance, weighed by their
/// sums.
class SignedModularity {
 public:
  explicit SignedModularity(const RelationNetwork& network) : n_(network.nodes.size()), gain_(n_ * n_), place_(n_) {
    std::vector<double> plus(n_), minus(n_);
    double all_plus = 0, all_minus = 0;
    for (const auto& edge : network.edges) {
      const double c = static_cast<double>(edge.cooperation), k = static_cast<double>(edge.conflict);
      plus[edge.a] += c, plus[edge.b] += c, minus[edge.a] += k, minus[edge.b] += k;
      all_plus += 2 * c, all_minus += 2 * k;
      gain_[edge.a * n_ + edge.b] += c - k, gain_[edge.b * n_ + edge.a] += c - k;
    }
    for (std::size_t a = 0; a < n_; ++a)
      for (std::size_t b = 0; b < n_; ++b) {
        if (all_plus > 0) gain_[a * n_ + b] -= plus[a] * plus[b] / all_plus;
        if (all_minus > 0) gain_[a * n_ + b] += minus[a] * minus[b] / all_minus;
      }
    scale_ = std::max(all_plus + all_minus, 1.0);
    for (std::size_t at = 0; at < n_; ++at) place_[at] = at;
  }

  /// Moves single nodes, then merges whole communities, while either gains: the steps of Louvain (Blondel et
  /// al. 2008) on a small graph.
  void climb() {
    while (move_nodes() || merge_communities()) {
    }
  }
  const std::vector<std::size_t>& communities() const { return place_; }
  double value() const {
    double sum = 0;
    for (std::size_t a = 0; a < n_; ++a)
      for (std::size_t b = 0; b < n_; ++b)
        if (place_[a] == place_[b]) sum += gain_[a * n_ + b];
    return sum / scale_;
  }

 private:
  double pull(std::size_t node, std::size_t community) const {
    double sum = 0;
    for (std::size_t other = 0; other < n_; ++other)
      if (other != node && place_[other] == community) sum += gain_[node * n_ + other];
    return sum;
  }
  bool move_nodes() {
    bool moved = false;
    for (std::size_t node = 0; node < n_; ++node) {
      std::size_t best = place_[node];
      double most = pull(node, best);
      for (const std::size_t community : std::set<std::size_t>(place_.begin(), place_.end()))
        if (const double sum = pull(node, community); sum > most + 1e-9) most = sum, best = community;
      moved |= best != place_[node];
      place_[node] = best;
    }
    return moved;
  }
  bool merge_communities() {
    std::map<std::pair<std::size_t, std::size_t>, double> between;
    for (std::size_t a = 0; a < n_; ++a)
      for (std::size_t b = 0; b < n_; ++b)
        if (place_[a] < place_[b]) between[{place_[a], place_[b]}] += gain_[a * n_ + b];
    const auto best = std::max_element(between.begin(), between.end(), [](const auto& x, const auto& y) { return x.second < y.second; });
    if (best == between.end() || best->second <= 1e-9) return false;
    std::replace(place_.begin(), place_.end(), best->first.second, best->first.first);
    return true;
  }

  std::size_t n_;
  std::vector<double> gain_;
  std::vector<std::size_t> place_;
  double scale_ = 1;
};

/// Numbered from 0, the largest first.
void add_communities(RelationNetwork& network) {
  SignedModularity modularity(network);
  modularity.climb();
  std::map<std::size_t, std::size_t> size, rank;
  for (const std::size_t community : modularity.communities()) ++size[community];
  std::vector<std::pair<std::size_t, std::size_t>> order(size.begin(), size.end());
  std::stable_sort(order.begin(), order.end(), [](const auto& a, const auto& b) { return a.second > b.second; });
  for (const auto& [community, members] : order) rank.emplace(community, rank.size());
  for (std::size_t at = 0; at < network.nodes.size(); ++at) network.nodes[at].community = rank[modularity.communities()[at]];
  network.communities = rank.size();
  network.modularity = modularity.value();
}

void add_triads(RelationNetwork& network) {
  const std::size_t n = network.nodes.size();
  std::vector<int> sign(n * n);
  double positive = 0, ties = 0;
  for (const auto& edge : network.edges) {
    if (edge.cooperation == edge.conflict) continue;
    sign[edge.a * n + edge.b] = sign[edge.b * n + edge.a] = edge.cooperation > edge.conflict ? 1 : -1;
    positive += edge.cooperation > edge.conflict, ties += 1;
  }
  for (std::size_t a = 0; a < n; ++a)
    for (std::size_t b = a + 1; b < n; ++b)
      for (std::size_t c = b + 1; sign[a * n + b] != 0 && c < n; ++c) {
        const int product = sign[a * n + b] * sign[a * n + c] * sign[b * n + c];
        network.triads += product != 0, network.balanced += product > 0;
      }
  const double p = ties > 0 ? positive / ties : 0;
  network.balanced_by_chance = p * p * p + 3 * p * (1 - p) * (1 - p);
}

double correlation(const std::vector<double>& x, const std::vector<double>& y) {
  const double n = static_cast<double>(x.size());
  double mx = 0, my = 0, xx = 0, yy = 0, xy = 0;
  for (std::size_t at = 0; at < x.size(); ++at) mx += x[at] / n, my += y[at] / n;
  for (std::size_t at = 0; at < x.size(); ++at) {
    xx += (x[at] - mx) * (x[at] - mx), yy += (y[at] - my) * (y[at] - my), xy += (x[at] - mx) * (y[at] - my);
  }
  return xx > 0 && yy > 0 ? xy / std::sqrt(xx * yy) : 0;
}

struct Path {
  const SparseDyad* dyad;
  std::vector<double> index;
};

CoMovement compare(const std::string& shared, const Path& one, const Path& other) {
  const auto far_side = [&](const SparseDyad& dyad) { return dyad.a == shared ? dyad.b : dyad.a; };
  CoMovement out{shared, far_side(*one.dyad), far_side(*other.dyad), 0, 0};
  std::vector<double> x, y;
  for (const auto& cell : one.dyad->cells) {
    const bool both = std::any_of(other.dyad->cells.begin(), other.dyad->cells.end(), [&](const auto& c) { return c.period == cell.period; });
    if (!both || cell.period == 0) continue;
    x.push_back(one.index[cell.period] - one.index[cell.period - 1]);
    y.push_back(other.index[cell.period] - other.index[cell.period - 1]);
  }
  out.periods = x.size();
  out.correlation = x.size() > 2 ? correlation(x, y) : 0;
  return out;
}

}  // namespace

RelationNetwork make_network(const DyadPanel& panel, const std::vector<std::string>& states, std::int64_t min_events) {
  RelationNetwork network;
  std::map<std::string, std::size_t> place;
  const auto wanted = [&](const std::string& code) { return states.empty() || std::find(states.begin(), states.end(), code) != states.end(); };
  const auto node = [&](const std::string& code) {
    const auto [at, added] = place.emplace(code, network.nodes.size());
    if (added) network.nodes.emplace_back().code = code;
    return at->second;
  };
  for (const SparseDyad& dyad : panel.dyads) {
    if (dyad.cooperation + dyad.conflict < std::max<std::int64_t>(min_events, 1) || !wanted(dyad.a) || !wanted(dyad.b)) continue;
    const RelationNetwork::Edge edge{node(dyad.a), node(dyad.b), dyad.cooperation, dyad.conflict};
    for (const std::size_t end : {edge.a, edge.b}) network.nodes[end].cooperation += edge.cooperation, network.nodes[end].conflict += edge.conflict;
    network.edges.push_back(edge);
  }
  add_betweenness(network);
  add_communities(network);
  add_triads(network);
  return network;
}

std::vector<PeriodNetwork> networks_by_period(const DyadPanel& panel, const std::vector<std::string>& states, std::int64_t min_events) {
  std::vector<DyadPanel> single(panel.begins.size());
  for (const SparseDyad& dyad : panel.dyads)
    for (const SparseDyad::Cell& cell : dyad.cells)
      single[cell.period].dyads.push_back({dyad.a, dyad.b, {cell}, cell.quads[0] + cell.quads[1], cell.quads[2] + cell.quads[3]});
  std::vector<PeriodNetwork> out;
  for (std::size_t at = 0; at < single.size(); ++at)
    if (RelationNetwork network = make_network(single[at], states, min_events); !network.edges.empty()) out.push_back({at, std::move(network)});
  return out;
}

std::vector<CoMovement> co_movements(const DyadPanel& panel, const std::vector<std::string>& states) {
  if (panel.begins.empty()) return {};
  const PanelModel model = learn_panel(panel, panel.begins.size());
  IndexOptions options;
  options.group = model.group, options.discount = model.discount, options.smoothed = false;
  std::vector<Path> paths;
  const auto wanted = [&](const std::string& code) { return std::find(states.begin(), states.end(), code) != states.end(); };
  for (const SparseDyad& dyad : panel.dyads) {
    if (!wanted(dyad.a) || !wanted(dyad.b)) continue;
    Path& path = paths.emplace_back(Path{&dyad, {}});
    for (const IndexPoint& point : estimate_index(counts(panel, dyad, panel.begins.size()), options).filtered) path.index.push_back(point.mean);
  }
  std::vector<CoMovement> out;
  for (const std::string& shared : states)
    for (std::size_t one = 0; one < paths.size(); ++one)
      for (std::size_t other = one + 1; other < paths.size(); ++other) {
        const auto has = [&](const Path& path) { return path.dyad->a == shared || path.dyad->b == shared; };
        if (has(paths[one]) && has(paths[other])) out.push_back(compare(shared, paths[one], paths[other]));
      }
  return out;
}

std::string graphml(const RelationNetwork& network, const Provenance& provenance) {
  Graph graph = graph_of(network);
  boost::dynamic_properties properties;
  properties.property("code", boost::get(&Vertex::code, graph));
  properties.property("betweenness", boost::get(&Vertex::betweenness, graph));
  properties.property("community", boost::get(&Vertex::community, graph));
  properties.property("all_cooperation", boost::get(&Vertex::cooperation, graph));
  properties.property("all_conflict", boost::get(&Vertex::conflict, graph));
  properties.property("cooperation", boost::get(&Tie::cooperation, graph));
  properties.property("conflict", boost::get(&Tie::conflict, graph));
  properties.property("balance", boost::get(&Tie::balance, graph));
  std::ostringstream out;
  boost::write_graphml(out, graph, properties);
  std::string note = fmt::format("{}; engine {}; mapping {}", provenance.filter, provenance.engines, provenance.mappings);
  for (std::size_t at = note.find("--"); at != std::string::npos; at = note.find("--")) note.replace(at, 2, "-");  // ends an XML comment
  std::string text = out.str();
  return text.insert(text.find('\n') + 1, "<!-- " + note + " -->\n");
}

std::string csv(const RelationNetwork& network, const Provenance& provenance) {
  std::string out = fmt::format("# {}; engine {}; mapping {}\na,b,cooperation,conflict,balance,community_a,community_b\n", provenance.filter,
                                provenance.engines, provenance.mappings);
  for (const auto& edge : network.edges)
    out += fmt::format("{},{},{},{},{:.4f},{},{}\n", network.nodes[edge.a].code, network.nodes[edge.b].code, edge.cooperation, edge.conflict, edge.balance(),
                       network.nodes[edge.a].community, network.nodes[edge.b].community);
  return out;
}

}  // namespace legation
