// The encoder's parts: every kernel set agrees with plain loops, trees are trees, neighbours do not matter.
#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>
#include <numeric>
#include <random>

#include "english_model.h"
#include "lang/int8_kernels.h"
#include "lang/tree_decoder.h"

namespace legation {
namespace {

std::vector<std::int8_t> random_bytes(std::size_t size, std::mt19937& random) {
  std::uniform_int_distribution<int> byte(-127, 127);
  std::vector<std::int8_t> out(size);
  for (auto& value : out) value = static_cast<std::int8_t>(byte(random));
  return out;
}

std::vector<float> random_floats(std::size_t size, float reach, std::mt19937& random) {
  std::uniform_real_distribution<float> number(-reach, reach);
  std::vector<float> out(size);
  for (auto& value : out) value = number(random);
  return out;
}

TEST(Int8Kernels, ProductsAreThoseOfPlainLoopsForEveryShape) {
  std::mt19937 random(3);
  for (const auto [rows, columns, count] : {std::array<std::size_t, 3>{640, 160, 1},
                                            {96, 320, 7},
                                            {51, 96, 13},
                                            {16, 4, 40},
                                            {80, 192, 5},
                                            {112, 544, 35},
                                            {256, 700, 9},
                                            {256, 2048, 3},
                                            {256, 2100, 3}}) {
    const auto weights = random_bytes(rows * columns, random), input = random_bytes(count * columns, random);
    const std::vector<float> ones(rows, 1.0f);
    PackedMatrix packed(weights.data(), rows, columns, columns, ones.data(), ones.data());
    packed.paired = PairedGroups(packed);
    for (const Int8Kernels* kernels : available_kernels()) {
      std::vector<std::int32_t> out(count * packed.rows, 7);
      kernels->multiply(input.data(), count, columns, packed, out.data());
      for (std::size_t r = 0; r < count; ++r) {
        for (std::size_t n = 0; n < packed.rows; ++n) {
          std::int32_t sum = 0;
          for (std::size_t k = 0; n < rows && k < columns; ++k) sum += input[r * columns + k] * weights[n * columns + k];
          ASSERT_EQ(out[r * packed.rows + n], sum) << kernels->name << " " << rows << "x" << columns << " row " << r << " of " << n;
        }
      }
    }
  }
}

TEST(Int8Kernels, ExtremeProductsDoNotSaturate) {
  constexpr std::size_t rows = 256, columns = 24, count = 6;
  std::mt19937 random(7);
  const std::vector<float> ones(rows, 1.0f);
  for (int round = 0; round < 50; ++round) {
    const int least = round % 5 * 32 - 1;  // of all numbers, without their signs: from any up to 127 alone
    const auto extreme = [&](std::size_t size) {
      std::vector<std::int8_t> out(size);
      for (auto& value : out)
        value = static_cast<std::int8_t>((random() % 2 == 0 ? 1 : -1) * std::uniform_int_distribution<int>(std::max(least, 0), 127)(random));
      return out;
    };
    auto weights = extreme(rows * columns), input = extreme(count * columns);
    if (round < 5) std::ranges::fill(weights, static_cast<std::int8_t>(127));
    if (round % 2 == 0) std::ranges::fill(input, static_cast<std::int8_t>(round % 4 == 0 ? 127 : -127));
    PackedMatrix packed(weights.data(), rows, columns, columns, ones.data(), ones.data());
    packed.paired = PairedGroups(packed);
    std::vector<std::int32_t> expected(count * rows), out(count * rows);
    available_kernels().back()->multiply(input.data(), count, columns, packed, expected.data());
    for (const Int8Kernels* kernels : available_kernels()) {
      kernels->multiply(input.data(), count, columns, packed, out.data());
      EXPECT_EQ(out, expected) << kernels->name << " round " << round;
    }
  }
}

TEST(Int8Kernels, ExtremesDoNotSaturate) {
  const std::vector<std::int8_t> low(128, -127), high(128, 127);
  for (const Int8Kernels* kernels : available_kernels()) {
    EXPECT_EQ(kernels->dot(low.data(), high.data(), 128), -127 * 127 * 128) << kernels->name;
    EXPECT_EQ(kernels->dot(low.data(), low.data(), 128), 127 * 127 * 128) << kernels->name;
  }
}

TEST(Int8Kernels, LstmStepFollowsTheEquationsAndIsTheSameOnEveryMachine) {
  constexpr std::size_t hidden = 48, rows = 3;
  std::mt19937 random(5);
  std::uniform_int_distribution<std::int32_t> sum(-400000, 400000);
  std::vector<std::int32_t> input(rows * 4 * hidden), recurrent(rows * 4 * hidden);
  for (auto& value : input) value = sum(random);
  for (auto& value : recurrent) value = sum(random);
  const auto scale = random_floats(4 * hidden, 1e-5f, random), bias = random_floats(4 * hidden, 1.0f, random);
  const auto cell = random_floats(rows * hidden, 2.0f, random);
  std::vector<const std::int32_t*> inputs;
  for (std::size_t r = 0; r < rows; ++r) inputs.push_back(input.data() + r * 4 * hidden);
  std::vector<float> first_cell;
  std::vector<std::int8_t> first_state;
  for (const Int8Kernels* kernels : available_kernels()) {
    std::vector<float> c = cell;
    std::vector<std::int8_t> state(rows * hidden);
    kernels->lstm({inputs.data(), recurrent.data(), scale.data(), bias.data(), c.data(), state.data(), rows, hidden, hidden});
    if (first_cell.empty()) first_cell = c, first_state = state;
    EXPECT_EQ(c, first_cell) << kernels->name;
    EXPECT_EQ(state, first_state) << kernels->name;
  }
  for (std::size_t r = 0; r < rows; ++r) {
    for (std::size_t i = 0; i < hidden; ++i) {
      const auto gate = [&](std::size_t which) {
        const std::size_t at = r * 4 * hidden + which * hidden + i;
        return static_cast<double>(input[at] + recurrent[at]) * scale[which * hidden + i] + bias[which * hidden + i];
      };
      const auto sigmoid = [](double x) { return 1 / (1 + std::exp(-x)); };
      const double c = sigmoid(gate(1)) * cell[r * hidden + i] + sigmoid(gate(0)) * std::tanh(gate(2));
      EXPECT_NEAR(first_cell[r * hidden + i], c, 1e-3);
      EXPECT_NEAR(first_state[r * hidden + i], 127 * sigmoid(gate(3)) * std::tanh(c), 0.6);
    }
  }
}

TEST(Encoder, ASentenceGetsTheSameTreeAloneAndAmongOthers) {
  const std::string sentences[] = {"The two leaders met in Seoul on Tuesday.", "Beijing protested.",
                                   "Officials in Tokyo, who asked not to be named, said that talks would go on next week.", "No."};
  std::string all;
  for (const auto& sentence : sentences) all += sentence + "\n\n";
  const Analysed together(all);
  std::size_t at = 0;
  for (const auto& sentence : sentences) {
    const Analysed alone(sentence);
    for (const Token& token : alone.parse.tokens) {
      const Token& other = together.parse.tokens.at(at++);
      EXPECT_EQ(token.form, other.form);
      EXPECT_EQ(token.deprel, other.deprel) << token.form;
      EXPECT_EQ(token.feats, other.feats) << token.form;
      const auto distance = [](const Analysed& text, const Token& word) { return word.head < 0 ? 0 : word.head - (&word - text.parse.tokens.data()); };
      EXPECT_EQ(distance(alone, token), distance(together, other)) << token.form;
    }
  }
}

TEST(Encoder, DamagedWeightsAreRefused) {
  const std::string junk(64 * 1024, '\x7f');
  EXPECT_FALSE(Encoder::view(junk, {}, {Deprel::root}, {}));
  EXPECT_FALSE(Encoder::view({}, {}, {}, {}));
  Encoder::Sizes sizes{10, 100, 32, 92, 1, 16, 32, 16, 16, 2, 2, 1};
  std::string cut(reinterpret_cast<const char*>(&sizes), sizeof(sizes));
  const std::vector<std::uint32_t> begins(3, 0);
  const auto result = Encoder::view(cut, {}, {Deprel::root}, {begins, {}});
  ASSERT_FALSE(result);
  EXPECT_NE(result.error().what.find("encoder"), std::string::npos);
}

}  // namespace
}  // namespace legation
