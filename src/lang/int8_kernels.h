// Int8Kernels: matrix products of eight-bit numbers and the elementwise steps of an LSTM, one set for each instruction set.
// All sets give identical results: integer sums are exact and the float steps are the same operations in the same order.
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <span>
#include <string_view>
#include <vector>

namespace legation {

struct PackedMatrix;

/// The numbers of a PackedMatrix once more, for AVX2: groups of 4 columns by twos, arranged so that no sum of their products overflows (int8_pairs.cc).
struct PairedGroups {
  static constexpr std::size_t lanes = 32, few_variants = 4, most_variants = 8;
  static constexpr std::size_t longest_row = 16384;  ///< bytes of all variants; wider matrices are not arranged

  /// How four activations are turned before they are multiplied: the order of their numbers, then which have their sign changed.
  struct Variant {
    std::array<std::uint8_t, 4> order;
    std::array<std::int8_t, 4> signs;
  };
  static constexpr Variant variant(std::size_t number) {
    constexpr std::int8_t signs[][2] = {{1, 1}, {-1, -1}, {1, -1}, {-1, 1}};  // of the second number of either pair
    const auto& own = signs[number % few_variants];
    if (number < few_variants) return {{0, 1, 2, 3}, {1, own[0], 1, own[1]}};
    return {{0, 2, 1, 3}, {1, own[0], 1, own[1]}};
  }

  /// Two groups, for 8 rows of the block and for 8 more, and what is to be added to the sums of either's products.
  struct alignas(64) Run {
    struct {
      std::int8_t weights[2][32];
      std::int16_t less[16];
    } half[2];
  };

  PairedGroups() = default;
  explicit PairedGroups(const PackedMatrix& matrix);

  std::size_t variants = 0, stride = 0;               ///< of the activations, and bytes from one to the next; 0 = not arranged
  std::vector<std::uint32_t> begin;                   ///< of each block's runs, and the end
  std::vector<std::array<std::uint32_t, 2>> offsets;  ///< of a run's two groups in the variants of a row of activations
  std::vector<Run> runs;
};

/// A matrix [rows][columns] of int8 packed for the kernels: blocks of 16 rows, in each block groups of 4 columns, in each
/// group the 16 rows' 4 numbers. Rows are padded with zeros to 16, columns to 4. y = (W q) * scale / 127 + bias.
struct PackedMatrix {
  static constexpr std::size_t block = 16, group = 4;

  PackedMatrix() = default;
  /// `values` is row-major; `scale` and `bias` have one item a row.
  PackedMatrix(const std::int8_t* values, std::size_t rows, std::size_t columns, std::size_t stride, const float* scale, const float* bias);

  std::size_t rows = 0, columns = 0;  ///< padded
  std::vector<std::int8_t> values;
  std::vector<std::int32_t> sums;  ///< of each row's numbers: what an offset of the activations adds
  std::vector<float> scale, bias;  ///< `scale` holds scale / 127
  PairedGroups paired;             ///< filled where the best kernels of this machine ask for it
};

/// The state of one LSTM direction for some sentences, a row each.
struct LstmRows {
  const std::int32_t* const* input;  ///< of each row the input part of its gates, [4 * hidden]
  const std::int32_t* recurrent;     ///< recurrent part, [rows][4 * hidden]
  const float* scale;                ///< [4 * hidden]
  const float* bias;
  float* cell;         ///< [rows][hidden]
  std::int8_t* state;  ///< [rows][state_stride], the new h * 127
  std::size_t rows, hidden, state_stride;
};

struct Int8Kernels {
  std::string_view name;
  /// out[r][n] = sum over k of a[r][k] * w[n][k]; a has `stride` numbers a row in [-127, 127], out has w.rows a row.
  void (*multiply)(const std::int8_t* a, std::size_t count, std::size_t stride, const PackedMatrix& w, std::int32_t* out);
  /// Gates in the order input, forget, cell, output; sigmoid and tanh by one rational approximation (error below 2e-4).
  void (*lstm)(const LstmRows& rows);
  /// out[r][n] = round(127 * tanh(in[r][n])).
  void (*tanh_int8)(const float* in, std::size_t count, std::int8_t* out);
  /// out[i] = (in[i] * scale[i % columns]) + bias[i % columns], row by row.
  void (*rescale)(const std::int32_t* in, std::size_t rows, const PackedMatrix& w, float* out);
  /// Dot product of two vectors of `size` int8 numbers, a multiple of 32.
  std::int32_t (*dot)(const std::int8_t* a, const std::int8_t* b, std::size_t size);
  bool wants_pairs = false;  ///< multiply() is faster with PackedMatrix::paired
};

/// What this machine can run, best first; the last is plain C++.
std::span<const Int8Kernels* const> available_kernels();

}  // namespace legation
