// The kernels for AVX-512 with VNNI, whose products want one unsigned side: activations go in with 128 added, and the row sums
// of the weights take it out again.
#ifdef __x86_64__
#include <immintrin.h>

#include "lang/int8_kernels.h"

namespace legation::avx512 {
namespace {

#include "lang/int8_kernels.inc"

std::int32_t four(const std::int8_t* a) {
  std::int32_t value;
  __builtin_memcpy(&value, a, sizeof(value));
  return value ^ static_cast<std::int32_t>(0x80808080u);  // the same as adding 128 to each byte
}

template <std::size_t count, std::size_t blocks>
void multiply_tile(const std::int8_t* a, std::size_t stride, const PackedMatrix& w, std::size_t n, std::int32_t* out) {
  constexpr std::size_t block = PackedMatrix::block, group = PackedMatrix::group;
  __m512i sums[count][blocks];
  for (std::size_t b = 0; b < blocks; ++b) {
    const __m512i offset = _mm512_slli_epi32(_mm512_loadu_si512(w.sums.data() + n + b * block), 7);
    for (std::size_t r = 0; r < count; ++r) sums[r][b] = _mm512_sub_epi32(_mm512_setzero_si512(), offset);
  }
  const std::int8_t* values = w.values.data() + n * w.columns;
  for (std::size_t k = 0; k < w.columns; k += group, values += block * group) {
    __m512i weights[blocks];
    for (std::size_t b = 0; b < blocks; ++b) weights[b] = _mm512_loadu_si512(values + b * block * w.columns);
    for (std::size_t r = 0; r < count; ++r) {
      const __m512i q = _mm512_set1_epi32(four(a + r * stride + k));
      for (std::size_t b = 0; b < blocks; ++b) sums[r][b] = _mm512_dpbusd_epi32(sums[r][b], q, weights[b]);
    }
  }
  for (std::size_t r = 0; r < count; ++r) {
    for (std::size_t b = 0; b < blocks; ++b) _mm512_storeu_si512(out + r * w.rows + n + b * block, sums[r][b]);
  }
}

template <std::size_t count>
void multiply_rows(const std::int8_t* a, std::size_t stride, const PackedMatrix& w, std::int32_t* out) {
  constexpr std::size_t block = PackedMatrix::block;
  std::size_t n = 0;
  for (; n + 4 * block <= w.rows; n += 4 * block) multiply_tile<count, 4>(a, stride, w, n, out);
  for (; n < w.rows; n += block) multiply_tile<count, 1>(a, stride, w, n, out);
}

void multiply(const std::int8_t* a, std::size_t count, std::size_t stride, const PackedMatrix& w, std::int32_t* out) {
  std::size_t r = 0;
  for (; r + 5 <= count; r += 5) multiply_rows<5>(a + r * stride, stride, w, out + r * w.rows);
  for (; r + 2 <= count; r += 2) multiply_rows<2>(a + r * stride, stride, w, out + r * w.rows);
  for (; r < count; ++r) multiply_rows<1>(a + r * stride, stride, w, out + r * w.rows);
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
