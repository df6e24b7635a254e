// Arranges a matrix for AVX2, which multiplies bytes only in pairs, one side unsigned, and cuts off what sixteen bits cannot hold.
// Activations a come in as u = a + 128 or, with the weight's sign turned, as u = 128 - a. A pair u0 * v0 + u1 * v1 then fits if the positive and
// the negative weights of the pair each sum up to 128 at most; of the ways to pair the four numbers of a group and to turn signs one nearly always
// fits for all rows of a block. Where none does, the group is taken twice, with a part of each weight. Two pairs whose four weights sum up to 258 at
// most may then be added in sixteen bits: sums may wrap, for less 128 times the weights the result fits again, a being within 127.
#include <algorithm>
#include <array>
#include <cstdlib>
#include <numeric>

#include "lang/int8_kernels.h"

namespace legation {
namespace {

constexpr std::size_t block = PackedMatrix::block, group = PackedMatrix::group, lanes = PairedGroups::lanes;
constexpr int fitting_pair = 128, fitting_run = 258;

/// One group of four columns for one block of rows, turned as its variant says.
struct Item {
  std::uint32_t offset = 0;
  std::array<std::int8_t, block * group> weights{};
  std::array<std::int16_t, lanes> sizes{};  ///< of each pair the sum of its weights without signs
  int most = 0;
};

Item turned(const std::int8_t* weights, std::size_t variant) {
  const auto [order, signs] = PairedGroups::variant(variant);
  Item item;
  for (std::size_t row = 0; row < block; ++row)
    for (std::size_t i = 0; i < group; ++i) item.weights[row * group + i] = static_cast<std::int8_t>(weights[row * group + order[i]] * signs[i]);
  return item;
}

/// Fills in the sizes; false where a pair would not fit.
bool measure(Item& item) {
  bool fits = true;
  for (std::size_t lane = 0; lane < lanes; ++lane) {
    const int a = item.weights[2 * lane], b = item.weights[2 * lane + 1];
    const int above = std::max(a, 0) + std::max(b, 0), below = -std::min(a, 0) - std::min(b, 0);
    fits = fits && above <= fitting_pair && below <= fitting_pair;
    item.sizes[lane] = static_cast<std::int16_t>(above + below);
  }
  item.most = *std::ranges::max_element(item.sizes);
  return fits;
}

bool fit_together(const Item& a, const Item& b) {
  bool fits = true;
  for (std::size_t lane = 0; lane < lanes; ++lane) fits &= a.sizes[lane] + b.sizes[lane] <= fitting_run;
  return fits;
}

void add_group(const std::int8_t* weights, std::size_t column, std::size_t stride, std::size_t variants, std::vector<Item>& out) {
  const auto keep = [&](Item item, std::size_t variant) {
    item.offset = static_cast<std::uint32_t>(variant * stride + column);
    out.push_back(item);
  };
  for (std::size_t variant = 0; variant < variants; ++variant)
    if (Item item = turned(weights, variant); measure(item)) return keep(item, variant);
  Item part = turned(weights, 0), rest = part;
  for (std::size_t i = 0; i < part.weights.size(); ++i) {
    part.weights[i] = static_cast<std::int8_t>(std::clamp<int>(part.weights[i], -fitting_pair / 2, fitting_pair / 2));
    rest.weights[i] = static_cast<std::int8_t>(rest.weights[i] - part.weights[i]);
  }
  measure(part), measure(rest);
  keep(part, 0), keep(rest, 0);
}

void add_run(const Item& a, const Item& b, PairedGroups& out) {
  out.offsets.push_back({a.offset, b.offset});
  PairedGroups::Run& run = out.runs.emplace_back();
  for (std::size_t half = 0; half < 2; ++half) {
    auto& to = run.half[half];
    for (std::size_t i = 0, from = half * lanes; i < lanes; ++i, ++from) to.weights[0][i] = a.weights[from], to.weights[1][i] = b.weights[from];
    for (std::size_t lane = 0; lane < lanes / 2; ++lane) {
      const int sum = to.weights[0][2 * lane] + to.weights[0][2 * lane + 1] + to.weights[1][2 * lane] + to.weights[1][2 * lane + 1];
      to.less[lane] = static_cast<std::int16_t>(-128 * sum);
    }
  }
}

/// Every group with the largest other that it may be added to.
void pair_up(std::vector<Item>& items, PairedGroups& out) {
  std::vector<std::uint32_t> order(items.size());
  std::iota(order.begin(), order.end(), 0u);
  std::ranges::stable_sort(order, std::greater(), [&](std::uint32_t item) { return items[item].most; });
  const Item nothing;
  std::vector<bool> taken(items.size());
  for (std::size_t i = 0; i < order.size(); ++i) {
    if (taken[i]) continue;
    const Item& item = items[order[i]];
    std::size_t other = i + 1;
    while (other < order.size() && (taken[other] || !fit_together(item, items[order[other]]))) ++other;
    if (other < order.size()) taken[other] = true;
    add_run(item, other < order.size() ? items[order[other]] : nothing, out);
  }
}

}  // namespace

PairedGroups::PairedGroups(const PackedMatrix& matrix) {
  constexpr std::size_t many_rows = 256;  // with few, more variants of the activations cost more than they save
  stride = (matrix.columns + 31) / 32 * 32;
  const std::size_t wanted = matrix.rows < many_rows ? few_variants : most_variants;
  if (wanted * stride > longest_row) return;
  variants = wanted;
  begin.push_back(0);
  std::vector<Item> items;
  for (std::size_t row = 0; row < matrix.rows; row += block) {
    items.clear();
    const std::int8_t* weights = matrix.values.data() + row * matrix.columns;
    for (std::size_t column = 0; column < matrix.columns; column += group, weights += block * group) add_group(weights, column, stride, variants, items);
    pair_up(items, *this);
    begin.push_back(static_cast<std::uint32_t>(offsets.size()));
  }
}

}  // namespace legation
