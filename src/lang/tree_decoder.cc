// Greedy heads first, since they nearly always are a tree; maximum spanning arborescence where they are not; where arcs then
// cross, which English seldom does, the best tree without crossings unless it costs too much.
#include "lang/tree_decoder.h"

#include <algorithm>
#include <limits>
#include <numeric>

namespace legation {
namespace {

constexpr double none = -std::numeric_limits<double>::infinity();
/// Dearer than any difference of two trees' scores, so that the best tree uses one root arc, and the best such tree wins.
double root_price(std::span<const float> scores, std::size_t n) {
  const auto [least, most] = std::ranges::minmax(scores);
  return 1.0 + 2.0 * static_cast<double>(n) * (static_cast<double>(most) - static_cast<double>(least));
}

void choose_greedily(std::span<const float> scores, std::span<std::int32_t> heads) {
  const std::size_t n = heads.size();
  for (std::size_t d = 0; d < n; ++d) {
    const float* row = scores.data() + d * (n + 1);
    std::size_t best = 0;
    for (std::size_t h = 1; h <= n; ++h) {
      if (h != d + 1 && row[h] > row[best]) best = h;
    }
    heads[d] = static_cast<std::int32_t>(best) - 1;
  }
}

bool is_tree(std::span<const std::int32_t> heads, std::vector<std::uint8_t>& state) {
  if (std::ranges::count(heads, -1) != 1) return false;
  state.assign(heads.size(), 0);
  for (std::size_t start = 0; start < heads.size(); ++start) {
    auto at = static_cast<std::int32_t>(start);
    for (; at >= 0 && state[static_cast<std::size_t>(at)] == 0; at = heads[static_cast<std::size_t>(at)]) {
      state[static_cast<std::size_t>(at)] = 1;
    }
    if (at >= 0 && state[static_cast<std::size_t>(at)] == 1) return false;
    at = static_cast<std::int32_t>(start);
    for (; at >= 0 && state[static_cast<std::size_t>(at)] == 1; at = heads[static_cast<std::size_t>(at)]) {
      state[static_cast<std::size_t>(at)] = 2;
    }
  }
  return true;
}

/// Nodes are 0 (root), 1..n (words), and one for each contracted cycle. A node has a row of scores over the words it could
/// hang on; a cycle takes over the row of one of its members.
class Arborescence {
 public:
  Arborescence(std::span<const float> scores, std::size_t n, TreeScratch& scratch) : width_(n + 1), s_(scratch) {
    const double price = root_price(scores, n);
    s_.scores.assign(width_ * width_, none);
    s_.from.assign(width_ * width_, 0);
    for (std::size_t d = 1; d <= n; ++d) {
      for (std::size_t h = 0; h <= n; ++h) {
        if (h != d) s_.scores[d * width_ + h] = static_cast<double>(scores[(d - 1) * width_ + h]) - (h == 0 ? price : 0.0);
        s_.from[d * width_ + h] = static_cast<std::int32_t>(d);
      }
    }
    s_.nodes.clear();
    for (std::size_t i = 0; i < width_; ++i) add_node(static_cast<std::int32_t>(i));
  }

  void run(std::span<std::int32_t> heads) {
    node(0).state = TreeScratch::State::finished;
    for (std::size_t start = 1; start < width_; ++start) grow(find(static_cast<std::int32_t>(start)));
    expand(heads);
  }

 private:
  using State = TreeScratch::State;
  TreeScratch::Node& node(std::int32_t id) { return s_.nodes[static_cast<std::size_t>(id)]; }
  std::size_t cell(std::int32_t id, std::size_t head) { return static_cast<std::size_t>(node(id).row) * width_ + head; }

  std::int32_t add_node(std::int32_t row) {
    const auto id = static_cast<std::int32_t>(s_.nodes.size());
    s_.nodes.push_back({.row = row, .top = id});
    return id;
  }

  /// The outermost node that `id` is part of.
  std::int32_t find(std::int32_t id) {
    while (node(id).top != id) {
      node(id).top = node(node(id).top).top;
      id = node(id).top;
    }
    return id;
  }

  /// The best arc into a node from outside of it. The root is always outside.
  void choose(std::int32_t id) {
    std::size_t best = 0;
    for (std::size_t h = 1; h < width_; ++h) {
      const double score = s_.scores[cell(id, h)];
      if (score > s_.scores[cell(id, best)] && find(static_cast<std::int32_t>(h)) != id) best = h;
    }
    TreeScratch::Node& chosen = node(id);
    chosen.head = static_cast<std::int32_t>(best);
    chosen.dependent = s_.from[cell(id, best)];
    chosen.score = s_.scores[cell(id, best)];
  }

  /// Follows best arcs upwards, contracting each cycle met, until a node with a way to the root.
  void grow(std::int32_t id) {
    s_.path.clear();
    while (node(id).state != State::finished) {
      if (node(id).state == State::on_path) id = contract(id);
      node(id).state = State::on_path;
      s_.path.push_back(id);
      choose(id);
      id = find(node(id).head);
    }
    for (std::int32_t done : s_.path) node(done).state = State::finished;
  }

  /// Makes one node of the cycle from `first` to the end of the path.
  std::int32_t contract(std::int32_t first) {
    const auto begin = std::find(s_.path.begin(), s_.path.end(), first);
    s_.cycle.assign(begin, s_.path.end());
    s_.path.erase(begin, s_.path.end());
    for (std::size_t h = 0; h < width_; ++h) merge(h);
    const std::int32_t whole = add_node(node(first).row);
    for (std::int32_t member : s_.cycle) node(member).top = node(member).above = whole;
    return whole;
  }

  /// What entering the cycle from `head` gains over the arc of the cycle that it replaces.
  void merge(std::size_t head) {
    double best = none;
    std::int32_t dependent = 0;
    for (std::int32_t member : s_.cycle) {
      const double gain = s_.scores[cell(member, head)] - node(member).score;
      if (gain > best) best = gain, dependent = s_.from[cell(member, head)];
    }
    s_.scores[cell(s_.cycle.front(), head)] = best;
    s_.from[cell(s_.cycle.front(), head)] = dependent;
  }

  /// An arc into a cycle overrules the arcs chosen for the nodes inside that hold its dependent.
  void expand(std::span<std::int32_t> heads) {
    for (auto id = static_cast<std::int32_t>(s_.nodes.size()) - 1; id > 0; --id) {
      if (node(id).overruled) continue;
      const std::int32_t dependent = node(id).dependent;
      heads[static_cast<std::size_t>(dependent) - 1] = node(id).head - 1;
      for (std::int32_t inner = dependent; inner != id; inner = node(inner).above) node(inner).overruled = true;
    }
  }

  std::size_t width_;
  TreeScratch& s_;
};

bool has_crossing(std::span<const std::int32_t> heads) {
  for (std::int32_t d = 0; d < static_cast<std::int32_t>(heads.size()); ++d) {
    const std::int32_t h = heads[static_cast<std::size_t>(d)];
    if (h < 0) continue;
    const auto [left, right] = std::minmax(d, h);
    for (std::int32_t between = left + 1; between < right; ++between) {
      const std::int32_t above = heads[static_cast<std::size_t>(between)];
      if (above < left || above > right) return true;
    }
  }
  return false;
}

double tree_score(std::span<const float> scores, std::span<const std::int32_t> heads) {
  double sum = 0;
  for (std::size_t d = 0; d < heads.size(); ++d) {
    sum += static_cast<double>(scores[d * (heads.size() + 1) + static_cast<std::size_t>(heads[d] + 1)]);
  }
  return sum;
}

/// The best tree without crossing arcs and with one root: Eisner's algorithm (Eisner 1996, "Three new probabilistic models for
/// dependency parsing"). A closed span is a head with all its dependents on one side, an open one an arc between its ends.
class ProjectiveTree {
 public:
  ProjectiveTree(std::span<const float> scores, std::size_t n, TreeScratch& scratch) : scores_(scores), n_(n), s_(scratch) {
    s_.spans.assign(n * n * 4, {});
    for (std::size_t width = 1; width < n; ++width) {
      for (std::size_t i = 0; i + width < n; ++i) fill(i, i + width);
    }
  }

  /// Writes the heads; returns the score of the tree.
  double run(std::span<std::int32_t> heads) {
    std::size_t root = 0;
    double best = none;
    for (std::size_t r = 0; r < n_; ++r) {
      const double total = span(0, r, closed_left).score + span(r, n_ - 1, closed_right).score + arc(r, -1);
      if (total > best) best = total, root = r;
    }
    heads[root] = -1;
    unfold(0, root, closed_left, heads);
    unfold(root, n_ - 1, closed_right, heads);
    return best;
  }

 private:
  /// Left: the head is the right end.
  enum Shape : std::uint8_t { open_left, open_right, closed_left, closed_right };

  TreeScratch::Span& span(std::size_t i, std::size_t j, Shape shape) { return s_.spans[(i * n_ + j) * 4 + shape]; }
  double arc(std::size_t dependent, std::int32_t head) const { return static_cast<double>(scores_[dependent * (n_ + 1) + static_cast<std::size_t>(head + 1)]); }

  void fill(std::size_t i, std::size_t j) {
    TreeScratch::Span met{none, 0};
    for (std::size_t k = i; k < j; ++k) improve(met, span(i, k, closed_right).score + span(k + 1, j, closed_left).score, k);
    span(i, j, open_left) = {met.score + arc(i, static_cast<std::int32_t>(j)), met.split};
    span(i, j, open_right) = {met.score + arc(j, static_cast<std::int32_t>(i)), met.split};
    TreeScratch::Span left{none, 0}, right{none, 0};
    for (std::size_t k = i; k < j; ++k) improve(left, span(i, k, closed_left).score + span(k, j, open_left).score, k);
    for (std::size_t k = i + 1; k <= j; ++k) improve(right, span(i, k, open_right).score + span(k, j, closed_right).score, k);
    span(i, j, closed_left) = left;
    span(i, j, closed_right) = right;
  }

  static void improve(TreeScratch::Span& best, double score, std::size_t split) {
    if (score > best.score) best = {score, static_cast<std::uint32_t>(split)};
  }

  void unfold(std::size_t i, std::size_t j, Shape shape, std::span<std::int32_t> heads) {
    if (i == j) return;
    const std::size_t k = span(i, j, shape).split;
    switch (shape) {
      case open_left:
      case open_right:
        shape == open_left ? heads[i] = static_cast<std::int32_t>(j) : heads[j] = static_cast<std::int32_t>(i);
        unfold(i, k, closed_right, heads);
        unfold(k + 1, j, closed_left, heads);
        break;
      case closed_left:
        unfold(i, k, closed_left, heads);
        unfold(k, j, open_left, heads);
        break;
      case closed_right:
        unfold(i, k, open_right, heads);
        unfold(k, j, closed_right, heads);
        break;
    }
  }

  std::span<const float> scores_;
  std::size_t n_;
  TreeScratch& s_;
};

void uncross(std::span<const float> scores, std::span<std::int32_t> heads, TreeScratch& scratch) {
  if (heads.size() > longest_projective || !has_crossing(heads)) return;
  scratch.heads.resize(heads.size());
  const double uncrossed = ProjectiveTree(scores, heads.size(), scratch).run(scratch.heads);
  if (uncrossed + crossing_price >= tree_score(scores, heads)) std::ranges::copy(scratch.heads, heads.begin());
}

}  // namespace

void best_tree(std::span<const float> scores, std::span<std::int32_t> heads, TreeScratch& scratch) {
  choose_greedily(scores, heads);
  if (!is_tree(heads, scratch.state)) Arborescence(scores, heads.size(), scratch).run(heads);
  uncross(scores, heads, scratch);
}

}  // namespace legation
