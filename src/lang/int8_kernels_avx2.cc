// The kernels for AVX2. Products of signed bytes: |a| times w with a's sign, summed in pairs to 16 bits (at most 2 * 127 * 127,
// so nothing saturates), then to 32.
#ifdef __x86_64__
#include <immintrin.h>

#include "lang/int8_kernels.h"

namespace legation::avx2 {
namespace {

#include "lang/int8_kernels.inc"

__m256i products(__m256i magnitude, __m256i a, __m256i w) {
  return _mm256_madd_epi16(_mm256_maddubs_epi16(magnitude, _mm256_sign_epi8(w, a)), _mm256_set1_epi16(1));
}

std::int32_t four(const std::int8_t* a) {
  std::int32_t value;
  __builtin_memcpy(&value, a, sizeof(value));
  return value;
}

template <std::size_t count>
void multiply_tile(const std::int8_t* a, std::size_t stride, const PackedMatrix& w, std::size_t n, std::int32_t* out) {
  constexpr std::size_t block = PackedMatrix::block, group = PackedMatrix::group;
  __m256i sums[count][2];
  for (auto& row : sums) row[0] = row[1] = _mm256_setzero_si256();
  const std::int8_t* values = w.values.data() + n * w.columns;
  for (std::size_t k = 0; k < w.columns; k += group, values += block * group) {
    const __m256i low = _mm256_loadu_si256(reinterpret_cast<const __m256i*>(values));
    const __m256i high = _mm256_loadu_si256(reinterpret_cast<const __m256i*>(values + 32));
    for (std::size_t r = 0; r < count; ++r) {
      const __m256i q = _mm256_set1_epi32(four(a + r * stride + k));
      const __m256i magnitude = _mm256_abs_epi8(q);
      sums[r][0] = _mm256_add_epi32(sums[r][0], products(magnitude, q, low));
      sums[r][1] = _mm256_add_epi32(sums[r][1], products(magnitude, q, high));
    }
  }
  for (std::size_t r = 0; r < count; ++r) {
    _mm256_storeu_si256(reinterpret_cast<__m256i*>(out + r * w.rows + n), sums[r][0]);
    _mm256_storeu_si256(reinterpret_cast<__m256i*>(out + r * w.rows + n + 8), sums[r][1]);
  }
}

/// One strip of weights stays in the first cache while all activations pass by.
void multiply(const std::int8_t* a, std::size_t count, std::size_t stride, const PackedMatrix& w, std::int32_t* out) {
  for (std::size_t n = 0; n < w.rows; n += PackedMatrix::block) {
    std::size_t r = 0;
    for (; r + 4 <= count; r += 4) multiply_tile<4>(a + r * stride, stride, w, n, out + r * w.rows);
    for (; r < count; ++r) multiply_tile<1>(a + r * stride, stride, w, n, out + r * w.rows);
  }
}

std::int32_t dot(const std::int8_t* a, const std::int8_t* b, std::size_t size) {
  __m256i sum = _mm256_setzero_si256();
  for (std::size_t i = 0; i < size; i += 32) {
    const __m256i x = _mm256_loadu_si256(reinterpret_cast<const __m256i*>(a + i));
    const __m256i y = _mm256_loadu_si256(reinterpret_cast<const __m256i*>(b + i));
    sum = _mm256_add_epi32(sum, products(_mm256_abs_epi8(x), x, y));
  }
  __m128i half = _mm_add_epi32(_mm256_castsi256_si128(sum), _mm256_extracti128_si256(sum, 1));
  half = _mm_add_epi32(half, _mm_shuffle_epi32(half, 0x4E));
  half = _mm_add_epi32(half, _mm_shuffle_epi32(half, 0xB1));
  return _mm_cvtsi128_si32(half);
}

}  // namespace
extern const Int8Kernels kernels;
const Int8Kernels kernels{"avx2", multiply, lstm, tanh_int8, rescale, dot};
}  // namespace legation::avx2
#endif
