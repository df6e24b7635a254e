// The kernels for AVX-512 with VNNI, whose products want one unsigned side: activations go in with 128 added, and the row sums
// of the weights take it out again.
#ifdef __x86_64__
#include <immintrin.h>

#include "lang/int8_kernels.h"

namespace legation::avx512 {
namespace {

#include "lang/int8_kernels.inc"

/// Four numbers for all lanes, 128 added to each: the same as turning the top bit.
__m512i four(const std::int8_t* a, __m512i top_bits) {
  std::int32_t value;
  __builtin_memcpy(&value, a, sizeof(value));
  return _mm512_xor_si512(_mm512_set1_epi32(value), top_bits);
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
  const __m512i top_bits = _mm512_set1_epi8(-128);
  const std::int8_t* values = w.values.data() + n * columns;
  for (std::size_t k = 0; k < columns; k += group, values += block * group) {
#pragma GCC unroll 32
    for (std::size_t b = 0; b < blocks; ++b) weights[b] = _mm512_loadu_si512(values + b * block * columns);
#pragma GCC unroll 32
    for (std::size_t i = 0; i < count * blocks; ++i) {
      sums[i] = _mm512_dpbusd_epi32(sums[i], four(a + i / blocks * stride + k, top_bits), weights[i % blocks]);
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

void multiply(const std::int8_t* a, std::size_t count, std::size_t stride, const PackedMatrix& w, std::int32_t* out) {
  constexpr std::size_t block = PackedMatrix::block;
  std::size_t n = 0;
  for (; n + 4 * block <= w.rows; n += 4 * block) multiply_strip<4>(a, count, stride, w, n, out);
  for (; n + 2 * block <= w.rows; n += 2 * block) multiply_strip<2>(a, count, stride, w, n, out);
  for (; n < w.rows; n += block) multiply_strip<1>(a, count, stride, w, n, out);
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
const Int8Kernels kernels{"avx512-vnni", multiply, lstm, tanh_int8, rescale, dot};
}  // namespace legation::avx512
#endif
