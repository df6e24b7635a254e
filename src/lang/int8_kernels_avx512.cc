// The kernels for AVX-512 with VNNI, whose products want one unsigned side: activations go in with 128 added, and the row sums
// of the weights take it out again.
#ifdef __x86_64__
#include <immintrin.h>

#include <algorithm>

#include "lang/int8_kernels.h"

namespace legation::avx512 {
namespace {

#include "lang/int8_kernels.inc"

/// Sixteen floats.
struct Sixteen {
  static constexpr std::size_t lanes = 16;
  __m512 v;

  Sixteen() = default;
  Sixteen(__m512 value) : v(value) {}
  explicit Sixteen(float value) : v(_mm512_set1_ps(value)) {}
  static Sixteen load(const float* from) { return _mm512_loadu_ps(from); }
  static Sixteen sum(const std::int32_t* a, const std::int32_t* b) {
    return _mm512_cvtepi32_ps(_mm512_add_epi32(_mm512_loadu_si512(a), _mm512_loadu_si512(b)));
  }
  static Sixteen most(Sixteen a, Sixteen b) { return _mm512_max_ps(a.v, b.v); }
  static Sixteen least(Sixteen a, Sixteen b) { return _mm512_min_ps(a.v, b.v); }
  friend Sixteen operator+(Sixteen a, Sixteen b) { return _mm512_add_ps(a.v, b.v); }
  friend Sixteen operator*(Sixteen a, Sixteen b) { return _mm512_mul_ps(a.v, b.v); }
  friend Sixteen operator/(Sixteen a, Sixteen b) { return _mm512_div_ps(a.v, b.v); }
  void store(float* to) const { _mm512_storeu_ps(to, v); }
  void store_rounded(std::int8_t* to) const {
    const __m512i whole = _mm512_sub_epi32(_mm512_castps_si512(_mm512_add_ps(v, _mm512_set1_ps(12582912.0f))), _mm512_set1_epi32(0x4B400000));
    _mm_storeu_si128(reinterpret_cast<__m128i*>(to), _mm512_cvtepi32_epi8(whole));
  }
};

#include "lang/int8_lanes.inc"

/// Four numbers for all lanes.
__m512i four(const std::int8_t* a) {
  std::int32_t value;
  __builtin_memcpy(&value, a, sizeof(value));
  return _mm512_set1_epi32(value);
}

// Fully unrolled, so that the sums stay in registers.
template <std::size_t count, std::size_t blocks>
void multiply_tile(const std::int8_t* a, std::size_t stride, const PackedMatrix& w, std::size_t n, std::int32_t* out) {
  constexpr std::size_t block = PackedMatrix::block, group = PackedMatrix::group;
  const std::size_t columns = w.columns, row_size = w.rows;
  __m512i sums[count * blocks], weights[blocks];
#pragma GCC unroll 32
  for (std::size_t i = 0; i < count * blocks; ++i) {
    const __m512i offset = _mm512_slli_epi32(_mm512_loadu_si512(w.sums.data() + n + i % blocks * block), 7);
    sums[i] = _mm512_sub_epi32(_mm512_setzero_si512(), offset);
  }
  const std::int8_t* values = w.values.data() + n * columns;
  for (std::size_t k = 0; k < columns; k += group, values += block * group) {
#pragma GCC unroll 32
    for (std::size_t b = 0; b < blocks; ++b) weights[b] = _mm512_loadu_si512(values + b * block * columns);
#pragma GCC unroll 32
    for (std::size_t i = 0; i < count * blocks; ++i) {
      sums[i] = _mm512_dpbusd_epi32(sums[i], four(a + i / blocks * stride + k), weights[i % blocks]);
    }
  }
#pragma GCC unroll 32
  for (std::size_t i = 0; i < count * blocks; ++i) _mm512_storeu_si512(out + i / blocks * row_size + n + i % blocks * block, sums[i]);
}

/// One strip of weights stays in the first cache while all activations pass by.
template <std::size_t blocks>
void multiply_strip(const std::int8_t* a, std::size_t count, std::size_t stride, const PackedMatrix& w, std::size_t n, std::int32_t* out) {
  std::size_t r = 0;
  for (; r + 5 <= count; r += 5) multiply_tile<5, blocks>(a + r * stride, stride, w, n, out + r * w.rows);
  for (; r + 2 <= count; r += 2) multiply_tile<2, blocks>(a + r * stride, stride, w, n, out + r * w.rows);
  for (; r < count; ++r) multiply_tile<1, blocks>(a + r * stride, stride, w, n, out + r * w.rows);
}

/// 128 added to each number: the same as turning the top bit. `size` may be passed by up to 63 bytes, in `to` alone.
void turn(const std::int8_t* from, std::size_t size, std::int8_t* to) {
  const __m512i top_bits = _mm512_set1_epi8(-128);
  std::size_t i = 0;
  for (; i + 64 <= size; i += 64) _mm512_store_si512(to + i, _mm512_xor_si512(_mm512_loadu_si512(from + i), top_bits));
  if (i == size) return;
  const __mmask64 rest = (std::uint64_t{1} << (size - i)) - 1;
  _mm512_store_si512(to + i, _mm512_xor_si512(_mm512_maskz_loadu_epi8(rest, from + i), top_bits));
}

/// All activations are turned once and not by each strip of weights; as many at a time as fit beside the strip.
void multiply(const std::int8_t* a, std::size_t count, std::size_t stride, const PackedMatrix& w, std::int32_t* out) {
  constexpr std::size_t block = PackedMatrix::block, room = 16384;
  alignas(64) std::int8_t turned[room + 64];
  const std::size_t row = (w.columns + 63) / 64 * 64, height = std::max<std::size_t>(room / row / 5 * 5, 1);
  for (std::size_t first = 0; first < count; first += height) {
    const std::size_t rows = std::min(height, count - first);
    for (std::size_t r = 0; r < rows; ++r) turn(a + (first + r) * stride, w.columns, turned + r * row);
    std::int32_t* to = out + first * w.rows;
    std::size_t n = 0;
    for (; n + 4 * block <= w.rows; n += 4 * block) multiply_strip<4>(turned, rows, row, w, n, to);
    for (; n + 2 * block <= w.rows; n += 2 * block) multiply_strip<2>(turned, rows, row, w, n, to);
    for (; n < w.rows; n += block) multiply_strip<1>(turned, rows, row, w, n, to);
  }
}

std::int32_t dot(const std::int8_t* a, const std::int8_t* b, std::size_t size) {
  __m512i sum = _mm512_setzero_si512();
  for (std::size_t i = 0; i < size; i += 32) {
    const __m512i x = _mm512_cvtepi8_epi16(_mm256_loadu_si256(reinterpret_cast<const __m256i*>(a + i)));
    const __m512i y = _mm512_cvtepi8_epi16(_mm256_loadu_si256(reinterpret_cast<const __m256i*>(b + i)));
    sum = _mm512_dpwssd_epi32(sum, x, y);
  }
  return _mm512_reduce_add_epi32(sum);
}

}  // namespace
extern const Int8Kernels kernels;
const Int8Kernels kernels{"avx512-vnni", multiply, lstm_by_lanes<Sixteen>, tanh_by_lanes<Sixteen>, rescale, dot};
}  // namespace legation::avx512
#endif
