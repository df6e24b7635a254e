// Int8Kernels: matrix products of eight-bit numbers and the elementwise steps of an LSTM, one set for each instruction set.
// All sets give identical results: integer sums are exact and the float steps are the same operations in the same order.
#pragma once

#include <cstddef>
#include <cstdint>
#include <span>
#include <string_view>
#include <vector>

namespace legation {

/// A matrix [rows][columns] of int8 packed for the kernels: blocks of 16 rows, in each block groups of 4 columns, in each
/// group the 16 rows' 4 numbers. Rows are padded with zeros to 16, columns to 4. y = (W q) * scale / 127 + bias.
struct PackedMatrix {
  static constexpr std::size_t block = 16, group = 4;

  PackedMatrix() = default;
  /// `values` is row-major; `scale` and `bias` have one item a row.
  PackedMatrix(const std::int8_t* values, std::size_t rows, std::size_t columns, std::size_t stride, const float* scale,
               const float* bias);

  std::size_t rows = 0, columns = 0;  ///< padded
  std::vector<std::int8_t> values;
  std::vector<std::int32_t> sums;     ///< of each row's numbers: what an offset of the activations adds
  std::vector<float> scale, bias;     ///< `scale` holds scale / 127
};

/// The state of one LSTM direction for some sentences, a row each.
struct LstmRows {
  const std::int32_t* input;      ///< input part of the gates, [rows][4 * hidden]
  const std::int32_t* recurrent;  ///< recurrent part, the same shape
  const float* scale;             ///< [4 * hidden]
  const float* bias;
  float* cell;                    ///< [rows][hidden]
  std::int8_t* state;             ///< [rows][state_stride], the new h * 127
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
};

/// What this machine can run, best first; the last is plain C++.
std::span<const Int8Kernels* const> available_kernels();

}  // namespace legation
