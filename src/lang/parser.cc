// Transition system, features and greedy decoding. Doors: parse_words(), ParserState, parser_features().
#include "lang/parser.h"

#include <algorithm>
#include <cassert>

namespace legation {

void ParserState::start(std::size_t words) {
  nodes_.assign(words + 1, Node{});
  stack_.clear();
  next_ = 0;
}

bool ParserState::allowed(Move move) const {
  switch (move) {
    case Move::shift: return next_ != root();
    // The last word left takes the root; before that, nobody may.
    case Move::left: return !stack_.empty() && (next_ != root() || stack_.size() == 1);
    case Move::right: return stack_.size() >= 2;
  }
  return false;
}

void ParserState::attach(int dependent, int head, Deprel deprel, bool to_left) {
  nodes_[static_cast<std::size_t>(dependent)].head = head;
  nodes_[static_cast<std::size_t>(dependent)].deprel = deprel;
  Node& governor = nodes_[static_cast<std::size_t>(head)];
  const std::uint64_t bit = std::uint64_t{1} << static_cast<unsigned>(deprel);
  if (to_left) {
    governor.left2 = governor.left1;
    governor.left1 = dependent;
    governor.lefts = static_cast<std::uint8_t>(std::min(governor.lefts + 1, 15));
    governor.left_deprels |= bit;
  } else {
    governor.right2 = governor.right1;
    governor.right1 = dependent;
    governor.rights = static_cast<std::uint8_t>(std::min(governor.rights + 1, 15));
    governor.right_deprels |= bit;
  }
}

void ParserState::apply(Move move, Deprel deprel) {
  assert(allowed(move));
  if (move == Move::shift) {
    stack_.push_back(next_++);
    return;
  }
  const int dependent = stack_.back();
  stack_.pop_back();
  attach(dependent, move == Move::left ? next_ : stack_.back(), deprel, move == Move::left);
}

void parser_words(std::span<const WordFeatures> words, std::span<const std::uint16_t> tags, std::vector<ParserWord>& out) {
  out.resize(words.size() + 1);
  for (std::size_t i = 0; i < words.size(); ++i) {
    out[i] = {words[i].lexical, static_cast<std::uint16_t>(tags[i] + 1), words[i].cluster};
  }
  out[words.size()] = {0x52, 0xffff, 0xffff};
}

namespace {

/// The words of a state that features speak of.
struct View {
  const ParserState& state;
  std::span<const ParserWord> words;

  ParserWord word(int node) const { return node < 0 ? ParserWord{} : words[static_cast<std::size_t>(node)]; }
  std::uint64_t label(int node) const { return node < 0 ? 0 : 1 + static_cast<std::uint64_t>(state.node(node).deprel); }
  ParserState::Node node(int node) const { return node < 0 ? ParserState::Node{} : state.node(node); }
};

void single(const ParserWord& word, std::uint32_t base, FeatureKeys& keys) {
  keys.add(base, word.lexical, word.tag);
  keys.add(base + 1, word.lexical);
  keys.add(base + 2, word.tag);
  keys.add(base + 3, word.cluster, word.tag);
}

void pair(const ParserWord& a, const ParserWord& b, std::uint32_t base, FeatureKeys& keys) {
  keys.add(base, a.lexical, a.tag, b.lexical, b.tag);
  keys.add(base + 1, a.lexical, a.tag, b.tag);
  keys.add(base + 2, a.tag, b.lexical, b.tag);
  keys.add(base + 3, a.lexical, b.lexical);
  keys.add(base + 4, a.tag, b.tag);
  keys.add(base + 5, a.cluster, b.cluster);
  keys.add(base + 6, a.cluster, b.cluster, a.tag, b.tag);
}

std::uint64_t distance(int from, int to) {
  if (from < 0 || to < 0) return 0;
  const int gap = to - from;
  return static_cast<std::uint64_t>(gap <= 5 ? gap : gap <= 8 ? 6 : gap <= 14 ? 7 : 8);
}

void dependent_features(const View& view, int head, const ParserWord& a, const ParserWord& b, std::uint32_t base, FeatureKeys& keys) {
  const auto node = view.node(head);
  const ParserWord left = view.word(node.left1), left2 = view.word(node.left2), right = view.word(node.right1);
  const std::uint64_t left_label = view.label(node.left1), right_label = view.label(node.right1);
  keys.add(base, a.tag, b.tag, left.tag, left_label);
  keys.add(base + 1, a.tag, b.tag, right.tag, right_label);
  keys.add(base + 2, left.lexical, left_label, a.tag);
  keys.add(base + 3, right.lexical, right_label, a.tag);
  keys.add(base + 4, a.tag, left.tag, left2.tag, left_label << 8 | view.label(node.left2));
  keys.add(base + 5, a.tag, node.left_deprels, b.tag);
  keys.add(base + 6, a.tag, node.right_deprels, b.tag);
  keys.add(base + 7, a.lexical, node.lefts, node.rights);
  keys.add(base + 8, a.tag, node.lefts, node.rights, b.tag);
  keys.add(base + 9, a.lexical, a.tag, node.right_deprels);
  keys.add(base + 10, a.lexical, a.tag, node.left_deprels);
}

}  // namespace

void parser_features(const ParserState& state, std::span<const ParserWord> words, FeatureKeys& keys) {
  const View view{state, words};
  const int i0 = state.stack(0), i1 = state.stack(1), i2 = state.stack(2), j0 = state.buffer(0);
  const ParserWord s0 = view.word(i0), s1 = view.word(i1), s2 = view.word(i2);
  const ParserWord b0 = view.word(j0), b1 = view.word(state.buffer(1)), b2 = view.word(state.buffer(2));
  const auto n0 = view.node(i0), n1 = view.node(i1), m0 = view.node(j0);
  keys.clear();
  single(s0, 1, keys);
  single(s1, 5, keys);
  single(b0, 9, keys);
  single(b1, 13, keys);
  keys.add(17, s2.lexical, s2.tag);
  keys.add(18, s2.tag);
  keys.add(19, b2.lexical, b2.tag);
  keys.add(20, b2.tag);
  pair(s0, b0, 21, keys);
  pair(s1, s0, 28, keys);
  keys.add(35, s1.tag, b0.tag);
  keys.add(36, s1.lexical, b0.tag);
  keys.add(37, s1.tag, b0.lexical);
  keys.add(38, s1.lexical, b0.lexical);
  keys.add(39, b0.tag, b1.tag);
  keys.add(40, b0.lexical, b1.tag);
  keys.add(41, b0.tag, b1.lexical);

  keys.add(42, s0.tag, b0.tag, b1.tag);
  keys.add(43, s1.tag, s0.tag, b0.tag);
  keys.add(44, s2.tag, s1.tag, s0.tag);
  keys.add(45, b0.tag, b1.tag, b2.tag);
  keys.add(46, s1.tag, s0.tag, b0.tag, b1.tag);
  keys.add(47, s2.tag, s1.tag, s0.tag, b0.tag);
  keys.add(48, s0.tag, b0.tag, b1.tag, b2.tag);
  keys.add(49, s0.lexical, s1.tag, b0.tag);
  keys.add(50, s1.lexical, s0.tag, b0.tag);
  keys.add(51, b0.lexical, s1.tag, s0.tag);
  keys.add(52, s1.lexical, s0.tag, b0.lexical);
  keys.add(53, s1.lexical, s0.lexical, b0.tag);
  keys.add(54, s0.lexical, b0.tag, b1.tag);
  keys.add(55, s1.cluster, s0.cluster, b0.cluster);
  keys.add(56, s1.lexical, s0.cluster, b0.tag);

  dependent_features(view, i0, s0, b0, 60, keys);
  dependent_features(view, i0, s0, s1, 75, keys);
  dependent_features(view, i1, s1, s0, 90, keys);
  dependent_features(view, j0, b0, s0, 105, keys);

  // Prepositions and markers stand left of the noun: who wants this phrase, s0 or s1?
  const ParserWord case_b = view.word(m0.left1), case_s = view.word(n0.left1);
  keys.add(120, s0.lexical, case_b.lexical);
  keys.add(121, s1.lexical, case_b.lexical);
  keys.add(122, s1.lexical, case_s.lexical);
  keys.add(123, s1.tag, case_s.lexical, s0.tag);
  keys.add(124, s0.tag, case_b.lexical, b0.tag, s1.tag);
  keys.add(125, s1.lexical, case_s.lexical, s0.lexical);
  keys.add(126, s0.lexical, case_b.lexical, b0.lexical);
  keys.add(127, s1.cluster, case_s.lexical, s0.cluster);
  keys.add(128, s0.cluster, case_b.lexical, b0.cluster);

  const std::uint64_t far0 = distance(i0, j0), far1 = distance(i1, i0);
  keys.add(130, far0, s0.tag, b0.tag);
  keys.add(131, far0, s0.lexical);
  keys.add(132, far0, b0.lexical);
  keys.add(133, far1, s1.tag, s0.tag);
  keys.add(134, far1, s0.lexical);
  keys.add(135, far1, s1.lexical);
  keys.add(136, far0, far1, s1.tag << 10 | s0.tag, b0.tag);

  // The neighbours in the text tell of what was reduced between.
  const ParserWord after_s0 = view.word(i0 < 0 ? -1 : i0 + 1), before_b0 = view.word(j0 - 1);
  const ParserWord before_s0 = view.word(i0 - 1), after_s1 = view.word(i1 < 0 ? -1 : i1 + 1);
  keys.add(140, after_s0.tag, s0.tag, b0.tag);
  keys.add(141, before_b0.tag, s0.tag, b0.tag);
  keys.add(142, before_s0.tag, s0.tag, b0.tag);
  keys.add(143, before_s0.tag, s1.tag, s0.tag);
  keys.add(144, after_s1.tag, s1.tag, s0.tag, b0.tag);
  keys.add(145, before_b0.lexical, s0.tag, b0.tag);
  keys.add(146, view.label(n1.right1), n0.left_deprels, s1.tag, s0.tag);
  keys.add(147, state.depth() > 3 ? 3 : state.depth(), s0.tag, b0.tag);
}

std::size_t choose_transition(const ParserState& state, std::span<const std::int32_t> scores) {
  constexpr auto root = static_cast<std::size_t>(Deprel::root);
  if (state.next() == state.root() && state.depth() == 1) return 1 + root;
  std::size_t best = transition_count;
  const auto consider = [&](std::size_t from, std::size_t to) {
    for (std::size_t i = from; i < to; ++i) {
      if (best == transition_count || scores[i] > scores[best]) best = i;
    }
  };
  if (state.allowed(Move::shift)) consider(0, 1);
  for (const Move move : {Move::left, Move::right}) {
    if (!state.allowed(move)) continue;
    const std::size_t begin = transition(move, static_cast<Deprel>(0));
    consider(begin, begin + root);
    consider(begin + root + 1, begin + deprel_count);
  }
  assert(best != transition_count);
  return best;
}

void parse_words(const LanguageModel& model, std::span<const WordFeatures> words, std::span<const std::uint16_t> tags,
                 std::span<Token> sentence, ParserScratch& scratch) {
  parser_words(words, tags, scratch.words);
  ParserState& state = scratch.state;
  FeatureKeys keys;
  for (state.start(words.size()); !state.done();) {
    parser_features(state, scratch.words, keys);
    scratch.scores.assign(transition_count, 0);
    model.parser.score(keys.keys(), scratch.scores.data());
    const std::size_t best = choose_transition(state, scratch.scores);
    state.apply(move_of(best), deprel_of(best));
  }
  for (std::size_t i = 0; i < sentence.size(); ++i) {
    const auto& node = state.node(static_cast<int>(i));
    sentence[i].head = node.head == state.root() ? -1 : node.head;
    sentence[i].deprel = node.deprel;
  }
}

}  // namespace legation
