// TreeDecoder: the best tree for a matrix of arc scores. Door: best_tree().
// Chu and Liu (1965), Edmonds (1967), contracting cycles on a dense matrix as Tarjan (1977) does: time and memory O(n^2).
// Where arcs of that tree cross, the best tree without crossings (Eisner 1996, time O(n^3)) unless it scores far less.
#pragma once

#include <cstddef>
#include <cstdint>
#include <span>
#include <vector>

namespace legation {

/// Reused memory; grows to the square of the longest sentence that needed the search.
struct TreeScratch {
  enum class State : std::uint8_t { fresh, on_path, finished };
  struct Node {
    std::int32_t row = 0;                  ///< of `scores` and `from`
    std::int32_t top = 0, above = -1;      ///< outermost node it is part of (a hint), cycle it is a member of
    std::int32_t head = 0, dependent = 0;  ///< best arc into it, between words
    double score = 0;
    State state = State::fresh;
    bool overruled = false;
  };
  std::vector<double> scores;
  std::vector<std::int32_t> from;  ///< which word an arc into a node enters
  std::vector<Node> nodes;
  std::vector<std::int32_t> path, cycle;
  std::vector<std::uint8_t> state;

  /// Of a run of words: its best score and where it falls in two.
  struct Span {
    double score = 0;
    std::uint32_t split = 0;
  };
  std::vector<Span> spans;
  std::vector<std::int32_t> heads;
};

/// How much less the tree may score that is taken instead of one with crossing arcs. Crossings are rare in English (0.4% of
/// the arcs of EWT) and mostly a sign that two good arcs do not go together; measured on the development part of EWT.
inline constexpr double crossing_price = 4.0;

/// Longer sentences keep their crossings.
inline constexpr std::size_t longest_projective = 160;

/// `scores[d * (n + 1) + h]` is the score of head h for word d; h = 0 is the root, h = 1 + w is word w; a word's score for
/// itself is not read. Fills heads[d] with a word, or -1 for the one word that hangs on the root. Scores must be finite.
void best_tree(std::span<const float> scores, std::span<std::int32_t> heads, TreeScratch& scratch);

}  // namespace legation
