// The plain C++ kernels, packing, and the choice among kernel sets.
#include "lang/int8_kernels.h"

#include <algorithm>
#include <array>

namespace legation {

namespace portable {
namespace {

#include "lang/int8_kernels.inc"

void multiply(const std::int8_t* a, std::size_t count, std::size_t stride, const PackedMatrix& w, std::int32_t* out) {
  constexpr std::size_t block = PackedMatrix::block, group = PackedMatrix::group;
  for (std::size_t r = 0; r < count; ++r) {
    const std::int8_t* row = a + r * stride;
    for (std::size_t n = 0; n < w.rows; n += block) {
      std::int32_t sums[block] = {};
      const std::int8_t* values = w.values.data() + n * w.columns;
      for (std::size_t k = 0; k < w.columns; k += group, values += block * group) {
        for (std::size_t i = 0; i < block; ++i) {
          for (std::size_t j = 0; j < group; ++j) sums[i] += row[k + j] * values[i * group + j];
        }
      }
      std::copy(sums, sums + block, out + r * w.rows + n);
    }
  }
}

std::int32_t dot(const std::int8_t* a, const std::int8_t* b, std::size_t size) {
  std::int32_t sum = 0;
  for (std::size_t i = 0; i < size; ++i) sum += a[i] * b[i];
  return sum;
}

}  // namespace
constexpr Int8Kernels kernels{"portable", multiply, lstm, tanh_int8, rescale, dot};
}  // namespace portable

#ifdef __x86_64__
namespace avx2 {
extern const Int8Kernels kernels;
}
namespace avx512 {
extern const Int8Kernels kernels;
}
#ifdef __linux__
namespace amx {
extern const Int8Kernels kernels;
/// Asks the system for the tiles' registers, which it gives to a process that wants them.
bool granted();
}  // namespace amx
#endif
#endif

PackedMatrix::PackedMatrix(const std::int8_t* from, std::size_t n, std::size_t k, std::size_t stride, const float* row_scale, const float* row_bias)
    : rows((n + block - 1) / block * block), columns((k + group - 1) / group * group), values(rows * columns), sums(rows), scale(rows), bias(rows) {
  for (std::size_t row = 0; row < n; ++row) {
    scale[row] = row_scale[row] / 127.0f;
    bias[row] = row_bias[row];
    std::int8_t* to = values.data() + row / block * block * columns + row % block * group;
    for (std::size_t column = 0; column < k; ++column) {
      const std::int8_t value = from[row * stride + column];
      to[column / group * block * group + column % group] = value;
      sums[row] += value;
    }
  }
  if (available_kernels().front()->wants_pairs) paired = PairedGroups(*this);
}

#ifdef __x86_64__
namespace {

bool has_avx512() {
  return __builtin_cpu_supports("avx512f") && __builtin_cpu_supports("avx512bw") && __builtin_cpu_supports("avx512vl") && __builtin_cpu_supports("avx512dq") &&
         __builtin_cpu_supports("avx512vnni");
}

std::vector<const Int8Kernels*> find_kernels() {
  std::vector<const Int8Kernels*> found;
#ifdef __linux__
  if (has_avx512() && amx::granted()) found.push_back(&amx::kernels);
#endif
  if (has_avx512()) found.push_back(&avx512::kernels);
  if (__builtin_cpu_supports("avx2")) found.push_back(&avx2::kernels);
  found.push_back(&portable::kernels);
  return found;
}

}  // namespace
#endif

std::span<const Int8Kernels* const> available_kernels() {
#ifdef __x86_64__
  static const std::vector<const Int8Kernels*> all = find_kernels();
#else
  static const std::array<const Int8Kernels*, 1> all{&portable::kernels};
#endif
  return all;
}

}  // namespace legation
