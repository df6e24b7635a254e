// Door: cost().
#include "oracle.h"

#include <cstddef>

namespace legation {
namespace {

int head_of(int node, std::span<const Token> gold, int root) {
  if (node == root) return -2;
  const int head = gold[static_cast<std::size_t>(node)].head;
  return head < 0 ? root : head;
}

/// Dependents of `node` from buffer position `from` on.
int dependents_ahead(int node, int from, std::span<const Token> gold, int root) {
  int count = 0;
  for (int i = from; i < root; ++i) count += head_of(i, gold, root) == node;
  return count;
}

}  // namespace

int cost(const ParserState& state, Move move, std::span<const Token> gold) {
  const int root = state.root(), next = state.next(), top = state.stack(0), second = state.stack(1);
  int lost = 0;
  if (move == Move::shift) {
    // b0 can no longer govern what is on the stack, nor be governed from below the top.
    for (std::size_t below = 0; below < state.depth(); ++below) {
      const int node = state.stack(below);
      lost += head_of(node, gold, root) == next;
      lost += below > 0 && head_of(next, gold, root) == node;
    }
    return lost;
  }
  const int head = head_of(top, gold, root);
  lost += dependents_ahead(top, next, gold, root);
  if (move == Move::left) lost += head == second || (head > next && head <= root);
  else lost += head >= next;
  return lost;
}

}  // namespace legation
