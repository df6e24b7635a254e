// The kernels for AVX2. Products of signed bytes: |a| times w with a's sign, summed in pairs to 16 bits (at most 2 * 127 * 127,
// so nothing saturates), then to 32. Of matrices arranged for it (int8_pairs.cc) four products go into 16 bits, without the signs.
#ifdef __x86_64__
#include <immintrin.h>

#include <algorithm>
#include <array>

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

/// How 32 activations become a variant of them.
struct alignas(32) Turn {
  std::uint8_t order[32];
  std::int8_t signs[32];
};
constexpr auto turns = [] {
  std::array<Turn, PairedGroups::most_variants> all{};
  for (std::size_t i = 0; i < all.size(); ++i) {
    const PairedGroups::Variant variant = PairedGroups::variant(i);
    for (std::size_t byte = 0; byte < 32; ++byte) {
      all[i].order[byte] = static_cast<std::uint8_t>(byte % 16 / 4 * 4 + variant.order[byte % 4]);
      all[i].signs[byte] = variant.signs[byte % 4];
    }
  }
  return all;
}();

/// 128 is added to each: the same as turning the top bit.
template <std::size_t variants>
void turn(const std::int8_t* from, std::size_t stride, std::uint8_t* out) {
  const __m256i a = _mm256_loadu_si256(reinterpret_cast<const __m256i*>(from)), top_bits = _mm256_set1_epi8(-128);
#pragma GCC unroll 8
  for (std::size_t i = 0; i < variants; ++i) {
    const __m256i order = _mm256_load_si256(reinterpret_cast<const __m256i*>(turns[i].order));
    const __m256i signs = _mm256_load_si256(reinterpret_cast<const __m256i*>(turns[i].signs));
    const __m256i turned = _mm256_sign_epi8(_mm256_shuffle_epi8(a, order), signs);
    _mm256_store_si256(reinterpret_cast<__m256i*>(out + i * stride), _mm256_xor_si256(turned, top_bits));
  }
}

/// Writes all variants of a row of activations one behind the other.
template <std::size_t variants>
void turn_row(const std::int8_t* row, std::size_t columns, std::size_t stride, std::uint8_t* out) {
  std::size_t k = 0;
  for (; k + 32 <= columns; k += 32) turn<variants>(row + k, stride, out + k);
  if (k == columns) return;
  std::int8_t rest[32] = {};
  std::copy(row + k, row + columns, rest);
  turn<variants>(rest, stride, out + k);
}

__m256i spread(const std::uint8_t* from) {
  std::int32_t value;
  __builtin_memcpy(&value, from, sizeof(value));
  return _mm256_set1_epi32(value);
}

__m256i whole(const void* from) { return _mm256_load_si256(static_cast<const __m256i*>(from)); }

/// `count` rows of activations in all variants, `row_bytes` each, by one block of weights. Fully unrolled, so that the sums stay in registers.
template <std::size_t count>
[[gnu::noinline]] void multiply_paired(const std::uint8_t* a, std::size_t row_bytes, const PairedGroups& w, std::size_t of, std::int32_t* out,
                                       std::size_t out_stride) {
  __m256i sums[2 * count];
#pragma GCC unroll 8
  for (std::size_t i = 0; i < 2 * count; ++i) sums[i] = _mm256_setzero_si256();
  const __m256i ones = _mm256_set1_epi16(1);
  const PairedGroups::Run* run = w.runs.data() + w.begin[of];
  const auto* end = w.offsets.data() + w.begin[of + 1];
  for (const auto* at = w.offsets.data() + w.begin[of]; at != end; ++at, ++run) {
    const std::uint8_t *first = a + (*at)[0], *second = a + (*at)[1];
#pragma GCC unroll 8
    for (std::size_t r = 0; r < count; ++r) {
      const __m256i one = spread(first + r * row_bytes), two = spread(second + r * row_bytes);
#pragma GCC unroll 2
      for (std::size_t half = 0; half < 2; ++half) {
        const __m256i some = _mm256_add_epi16(_mm256_maddubs_epi16(one, whole(run->half[half].weights[0])), whole(run->half[half].less));
        const __m256i both = _mm256_add_epi16(_mm256_maddubs_epi16(two, whole(run->half[half].weights[1])), some);
        sums[2 * r + half] = _mm256_add_epi32(sums[2 * r + half], _mm256_madd_epi16(both, ones));
      }
    }
  }
#pragma GCC unroll 8
  for (std::size_t i = 0; i < 2 * count; ++i) _mm256_storeu_si256(reinterpret_cast<__m256i*>(out + i / 2 * out_stride + i % 2 * 8), sums[i]);
}

void multiply_paired(const std::int8_t* a, std::size_t count, std::size_t stride, const PackedMatrix& matrix, std::int32_t* out) {
  constexpr std::size_t room = 18432;  // of the first cache, beside the weights
  alignas(64) std::uint8_t turned[room];
  const PairedGroups& w = matrix.paired;
  const auto turn_one = w.variants == PairedGroups::most_variants ? turn_row<PairedGroups::most_variants> : turn_row<PairedGroups::few_variants>;
  static_assert(PairedGroups::longest_row <= room);
  const std::size_t row_bytes = w.variants * w.stride, fitting = room / row_bytes, height = fitting < 4 ? fitting : fitting / 4 * 4;
  for (std::size_t first = 0; first < count; first += height) {
    const std::size_t rows = std::min(height, count - first);
    for (std::size_t r = 0; r < rows; ++r) turn_one(a + (first + r) * stride, matrix.columns, w.stride, turned + r * row_bytes);
    for (std::size_t of = 0; of < matrix.rows / PackedMatrix::block; ++of) {
      std::size_t r = 0;
      const auto part = [&]<std::size_t size>() {
        multiply_paired<size>(turned + r * row_bytes, row_bytes, w, of, out + (first + r) * matrix.rows + of * PackedMatrix::block, matrix.rows);
        r += size;
      };
      while (r + 4 <= rows) part.template operator()<4>();
      if (r + 2 <= rows) part.template operator()<2>();
      if (r < rows) part.template operator()<1>();
    }
  }
}

/// One strip of weights stays in the first cache while all activations pass by.
void multiply(const std::int8_t* a, std::size_t count, std::size_t stride, const PackedMatrix& w, std::int32_t* out) {
  if (w.paired.variants > 0 && count > 1) return multiply_paired(a, count, stride, w, out);  // one row is not worth its variants
  for (std::size_t n = 0; n < w.rows; n += PackedMatrix::block) {
    std::size_t r = 0;
    for (; r + 4 <= count; r += 4) multiply_tile<4>(a + r * stride, stride, w, n, out + r * w.rows);
    for (; r < count; ++r) multiply_tile<1>(a + r * stride, stride, w, n, out + r * w.rows);
  }
}

/// Eight floats.
struct Eight {
  static constexpr std::size_t lanes = 8;
  __m256 v;

  Eight() = default;
  Eight(__m256 value) : v(value) {}
  explicit Eight(float value) : v(_mm256_set1_ps(value)) {}
  static Eight load(const float* from) { return _mm256_loadu_ps(from); }
  static Eight sum(const std::int32_t* a, const std::int32_t* b) {
    return _mm256_cvtepi32_ps(
        _mm256_add_epi32(_mm256_loadu_si256(reinterpret_cast<const __m256i*>(a)), _mm256_loadu_si256(reinterpret_cast<const __m256i*>(b))));
  }
  static Eight most(Eight a, Eight b) { return _mm256_max_ps(a.v, b.v); }
  static Eight least(Eight a, Eight b) { return _mm256_min_ps(a.v, b.v); }
  friend Eight operator+(Eight a, Eight b) { return _mm256_add_ps(a.v, b.v); }
  friend Eight operator*(Eight a, Eight b) { return _mm256_mul_ps(a.v, b.v); }
  friend Eight operator/(Eight a, Eight b) { return _mm256_div_ps(a.v, b.v); }
  void store(float* to) const { _mm256_storeu_ps(to, v); }
  void store_rounded(std::int8_t* to) const {
    const __m256i whole = _mm256_sub_epi32(_mm256_castps_si256(_mm256_add_ps(v, _mm256_set1_ps(12582912.0f))), _mm256_set1_epi32(0x4B400000));
    const __m128i words = _mm_packs_epi32(_mm256_castsi256_si128(whole), _mm256_extracti128_si256(whole, 1));
    _mm_storel_epi64(reinterpret_cast<__m128i*>(to), _mm_packs_epi16(words, words));
  }
};

#include "lang/int8_lanes.inc"

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
const Int8Kernels kernels{"avx2", multiply, lstm_by_lanes<Eight>, tanh_by_lanes<Eight>, rescale, dot, true};
}  // namespace legation::avx2
#endif
