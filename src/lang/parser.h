// Parser: greedy arc-hybrid transitions with the root at the end of the buffer, so that whatever the weights say, the
// result is a tree with exactly one root. Door: parse_words(); ParserState and parser_features() serve training too.
#pragma once

#include <cstdint>
#include <span>
#include <vector>

#include "lang/feature_hash.h"
#include "lang/model.h"
#include "lang/word_features.h"
#include "legation/parse.h"

namespace legation {

/// Transitions: 0 = shift; 1 + deprel = left arc (next word governs stack top); 1 + deprel_count + deprel = right arc.
enum class Move : std::uint8_t { shift, left, right };
inline constexpr std::size_t transition_count = 2 * deprel_count + 1;
inline std::size_t transition(Move move, Deprel deprel) {
  if (move == Move::shift) return 0;
  return 1 + static_cast<std::size_t>(deprel) + (move == Move::right ? deprel_count : 0);
}
inline Move move_of(std::size_t transition) {
  return transition == 0 ? Move::shift : transition <= deprel_count ? Move::left : Move::right;
}
inline Deprel deprel_of(std::size_t transition) {
  return static_cast<Deprel>(transition == 0 ? 0 : (transition - 1) % deprel_count);
}

/// Stack, buffer and arcs of a sentence of n words; node n is the root.
///
///   stack: s2 s1 s0 | buffer: b0 b1 b2 ... root
///   left:  b0 -> s0, pop        right: s1 -> s0, pop        shift: push b0
class ParserState {
 public:
  void start(std::size_t words);
  bool done() const { return stack_.empty() && next_ == root(); }
  bool allowed(Move move) const;
  void apply(Move move, Deprel deprel);

  int root() const { return static_cast<int>(nodes_.size()) - 1; }
  int next() const { return next_; }
  std::size_t depth() const { return stack_.size(); }
  /// Node `below` the top of the stack, or -1.
  int stack(std::size_t below) const { return below < stack_.size() ? stack_[stack_.size() - 1 - below] : -1; }
  /// Node `ahead` of the front of the buffer, or -1.
  int buffer(int ahead) const { return next_ + ahead <= root() ? next_ + ahead : -1; }

  struct Node {
    int head = -1;
    Deprel deprel = Deprel::dep;
    int left1 = -1, left2 = -1, right1 = -1, right2 = -1;  ///< outermost and next dependents on either side
    std::uint8_t lefts = 0, rights = 0;                    ///< how many, at most 15 counted
    std::uint64_t left_deprels = 0, right_deprels = 0;     ///< which, one bit each
  };
  const Node& node(int index) const { return nodes_[static_cast<std::size_t>(index)]; }

 private:
  void attach(int dependent, int head, Deprel deprel, bool to_left);

  std::vector<Node> nodes_;
  std::vector<int> stack_;
  int next_ = 0;
};

/// What the parser sees of a word.
struct ParserWord {
  std::uint32_t lexical = 0;
  std::uint16_t tag = 0, cluster = 0;  ///< tag: 1 + row of model.tags; 0 = none
};

void parser_words(std::span<const WordFeatures> words, std::span<const std::uint16_t> tags, std::vector<ParserWord>& out);
/// `words` has one item a word and one for the root.
void parser_features(const ParserState& state, std::span<const ParserWord> words, FeatureKeys& keys);

/// The best transition that keeps the way to a tree open. Only the last word takes `root`, and it takes nothing else.
std::size_t choose_transition(const ParserState& state, std::span<const std::int32_t> scores);

struct ParserScratch {
  ParserState state;
  std::vector<ParserWord> words;
  std::vector<std::int32_t> scores;
};

/// Fills head (relative to the first token of `sentence`, -1 for the root) and deprel of every token.
/// Thread-safe with one scratch per thread; linear.
void parse_words(const LanguageModel& model, std::span<const WordFeatures> words, std::span<const std::uint16_t> tags,
                 std::span<Token> sentence, ParserScratch& scratch);

}  // namespace legation
