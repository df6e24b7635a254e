#include "lang/tree_decoder.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>
#include <random>

namespace legation {
namespace {

using Heads = std::vector<std::int32_t>;

std::vector<float> random_scores(std::size_t n, float spread, std::mt19937& random) {
  std::normal_distribution<float> normal(0.0f, spread);
  std::vector<float> scores(n * (n + 1));
  for (float& score : scores) score = normal(random);
  return scores;
}

Heads best_heads(const std::vector<float>& scores, std::size_t n) {
  TreeScratch scratch;
  Heads heads(n);
  best_tree(scores, heads, scratch);
  return heads;
}

bool single_rooted_tree(const Heads& heads) {
  if (std::ranges::count(heads, -1) != 1) return false;
  for (std::size_t start = 0; start < heads.size(); ++start) {
    std::size_t steps = 0;
    for (auto at = static_cast<std::int32_t>(start); at >= 0; at = heads[static_cast<std::size_t>(at)]) {
      if (at >= static_cast<std::int32_t>(heads.size()) || ++steps > heads.size()) return false;
    }
  }
  return true;
}

double sum_of(const std::vector<float>& scores, const Heads& heads) {
  double sum = 0;
  for (std::size_t d = 0; d < heads.size(); ++d) sum += scores[d * (heads.size() + 1) + static_cast<std::size_t>(heads[d] + 1)];
  return sum;
}

bool crosses(const Heads& heads) {
  const auto n = static_cast<std::int32_t>(heads.size());
  for (std::int32_t a = 0; a < n; ++a) {
    for (std::int32_t b = 0; b < n; ++b) {
      const auto [left, right] = std::minmax(a, heads[static_cast<std::size_t>(a)]);
      const auto [other_left, other_right] = std::minmax(b, heads[static_cast<std::size_t>(b)]);
      if (left < other_left && other_left < right && right < other_right) return true;  // the root stands left of all words
    }
  }
  return false;
}

struct Best {
  double any = -INFINITY, uncrossed = -INFINITY;
};

/// Tries every choice of heads.
Best best_sums(const std::vector<float>& scores, std::size_t n) {
  Best best;
  Heads heads(n, -1);
  for (;;) {
    if (single_rooted_tree(heads)) {
      const double sum = sum_of(scores, heads);
      best.any = std::max(best.any, sum);
      if (!crosses(heads)) best.uncrossed = std::max(best.uncrossed, sum);
    }
    std::size_t d = 0;
    while (d < n && heads[d] == static_cast<std::int32_t>(n) - 1) heads[d++] = -1;
    if (d == n) return best;
    ++heads[d];
  }
}

TEST(TreeDecoder, EverySentenceGetsATreeWithOneRoot) {
  std::mt19937 random(3);
  for (std::size_t n = 1; n <= 60; ++n) {
    for (int round = 0; round < 20; ++round) ASSERT_TRUE(single_rooted_tree(best_heads(random_scores(n, 5.0f, random), n))) << n;
  }
}

TEST(TreeDecoder, NoTreeScoresMoreThanACrossingIsWorth) {
  std::mt19937 random(5);
  int uncrossed = 0, crossed = 0;
  for (std::size_t n = 1; n <= 6; ++n) {
    for (int round = 0; round < (n == 6 ? 20 : 60); ++round) {
      auto scores = random_scores(n, 5.0f, random);
      // half of them tempt with many roots
      for (std::size_t d = 0; round % 2 == 0 && d < n; ++d) scores[d * (n + 1)] += 8.0f;
      const Heads heads = best_heads(scores, n);
      ASSERT_TRUE(single_rooted_tree(heads));
      const Best best = best_sums(scores, n);
      const bool affordable = best.uncrossed + crossing_price >= best.any;
      ASSERT_NEAR(sum_of(scores, heads), affordable ? best.uncrossed : best.any, 1e-4) << n;
      ASSERT_EQ(crosses(heads), !affordable) << n;
      uncrossed += affordable && best.uncrossed < best.any, crossed += !affordable;
    }
  }
  EXPECT_GT(uncrossed, 5);
  EXPECT_GT(crossed, 5);
}

TEST(TreeDecoder, EqualScoresGiveATreeToo) {
  for (std::size_t n : {1u, 2u, 17u}) ASSERT_TRUE(single_rooted_tree(best_heads(std::vector<float>(n * (n + 1), 0.5f), n)));
}

TEST(TreeDecoder, TwoThousandWordsFullOfCyclesGetATree) {
  constexpr std::size_t n = 2000;
  std::mt19937 random(7);
  auto scores = random_scores(n, 1.0f, random);
  // neighbours want each other, and so do pairs of pairs
  for (std::size_t d = 0; d < n; ++d) scores[d * (n + 1) + (d ^ 1) + 1] += 50.0f, scores[d * (n + 1) + (d ^ 2) % n + 1] += 20.0f;
  ASSERT_TRUE(single_rooted_tree(best_heads(scores, n)));
}

}  // namespace
}  // namespace legation
