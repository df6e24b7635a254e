// The kernels for AMX, which multiplies tiles of 16 rows by 64 columns. PackedMatrix has the order that it wants of the weights. All but
// the products are those of AVX-512.
#if defined(__x86_64__) && defined(__linux__)
#include <cpuid.h>
#include <immintrin.h>
#include <sys/syscall.h>
#include <unistd.h>

#include "lang/int8_kernels.h"

namespace legation::avx512 {
extern const Int8Kernels kernels;
}

namespace legation::amx {
namespace {

constexpr std::size_t block = PackedMatrix::block, group = PackedMatrix::group;
constexpr std::size_t tile_rows = 16, tile_columns = 64, strip = 4;

/// The shapes of the eight tiles, as the processor reads them.
struct alignas(64) Shapes {
  std::uint8_t palette = 1, start_row = 0, reserved[14] = {};
  std::uint16_t column_bytes[16] = {};
  std::uint8_t rows[16] = {};

  void set(std::size_t tile, std::size_t count, std::size_t bytes) {
    rows[tile] = static_cast<std::uint8_t>(count);
    column_bytes[tile] = static_cast<std::uint16_t>(bytes);
  }
};

/// Tiles 0 to 3 hold sums of `count` rows and a block each; 4 activations, 5 weights; 6 and 7 the same for the columns left over.
void set_shapes(std::size_t count, std::size_t rest) {
  Shapes shapes;
  for (std::size_t b = 0; b < strip; ++b) shapes.set(b, count, block * sizeof(std::int32_t));
  shapes.set(4, count, tile_columns);
  shapes.set(5, tile_columns / group, block * group);
  if (rest > 0) shapes.set(6, count, rest), shapes.set(7, rest / group, block * group);
  asm volatile("" : : "r"(&shapes) : "memory");  // gcc 12 believes that only the first eight bytes are read
  _tile_loadconfig(&shapes);
}

// The number of a tile is part of the instruction, so that no loop can run over tiles.
template <std::size_t blocks>
void add_columns(const std::int8_t* a, std::size_t stride, const std::int8_t* values, std::size_t to_next) {
  _tile_loadd(4, a, stride);
  _tile_loadd(5, values, block * group);
  _tile_dpbssd(0, 4, 5);
  if constexpr (blocks > 1) {
    _tile_loadd(5, values + to_next, block * group);
    _tile_dpbssd(1, 4, 5);
  }
  if constexpr (blocks > 2) {
    _tile_loadd(5, values + 2 * to_next, block * group);
    _tile_dpbssd(2, 4, 5);
    _tile_loadd(5, values + 3 * to_next, block * group);
    _tile_dpbssd(3, 4, 5);
  }
}

/// The same for fewer columns than a tile has.
template <std::size_t blocks>
void add_rest(const std::int8_t* a, std::size_t stride, const std::int8_t* values, std::size_t to_next) {
  _tile_loadd(6, a, stride);
  _tile_loadd(7, values, block * group);
  _tile_dpbssd(0, 6, 7);
  if constexpr (blocks > 1) {
    _tile_loadd(7, values + to_next, block * group);
    _tile_dpbssd(1, 6, 7);
  }
  if constexpr (blocks > 2) {
    _tile_loadd(7, values + 2 * to_next, block * group);
    _tile_dpbssd(2, 6, 7);
    _tile_loadd(7, values + 3 * to_next, block * group);
    _tile_dpbssd(3, 6, 7);
  }
}

template <std::size_t blocks>
void store(std::int32_t* out, std::size_t row_bytes) {
  _tile_stored(0, out, row_bytes);
  if constexpr (blocks > 1) _tile_stored(1, out + block, row_bytes);
  if constexpr (blocks > 2) {
    _tile_stored(2, out + 2 * block, row_bytes);
    _tile_stored(3, out + 3 * block, row_bytes);
  }
}

/// As many rows as set_shapes() was told, 1, 2 or 4 blocks of weights.
template <std::size_t blocks>
void multiply_tile(const std::int8_t* a, std::size_t stride, const PackedMatrix& w, std::size_t n, std::int32_t* out) {
  const std::size_t columns = w.columns, to_next = block * columns;
  const std::int8_t* values = w.values.data() + n * columns;
  _tile_zero(0);
  _tile_zero(1);
  _tile_zero(2);
  _tile_zero(3);
  std::size_t k = 0;
  for (; k + tile_columns <= columns; k += tile_columns) add_columns<blocks>(a + k, stride, values + k * block, to_next);
  if (k < columns) add_rest<blocks>(a + k, stride, values + k * block, to_next);
  store<blocks>(out + n, w.rows * sizeof(std::int32_t));
}

/// One strip of weights stays in the first cache while all activations pass by, `height` rows at a time.
template <std::size_t blocks>
void multiply_strip(const std::int8_t* a, std::size_t count, std::size_t height, std::size_t stride, const PackedMatrix& w, std::size_t n, std::int32_t* out) {
  for (std::size_t r = 0; r < count; r += height) multiply_tile<blocks>(a + r * stride, stride, w, n, out + r * w.rows);
}

/// `count` is a multiple of `height`, the rows of a tile.
void multiply_rows(const std::int8_t* a, std::size_t count, std::size_t height, std::size_t stride, const PackedMatrix& w, std::int32_t* out) {
  if (count == 0) return;
  set_shapes(height, w.columns % tile_columns);
  std::size_t n = 0;
  for (; n + 4 * block <= w.rows; n += 4 * block) multiply_strip<4>(a, count, height, stride, w, n, out);
  for (; n + 2 * block <= w.rows; n += 2 * block) multiply_strip<2>(a, count, height, stride, w, n, out);
  for (; n < w.rows; n += block) multiply_strip<1>(a, count, height, stride, w, n, out);
}

void multiply(const std::int8_t* a, std::size_t count, std::size_t stride, const PackedMatrix& w, std::int32_t* out) {
  const std::size_t rest = count % tile_rows, full = count - rest;
  multiply_rows(a, full, tile_rows, stride, w, out);
  multiply_rows(a + full * stride, rest, rest, stride, w, out + full * w.rows);
  _tile_release();  // the system need not keep the tiles when it turns to another thread
}

bool processor_has_tiles() {
  unsigned a = 0, b = 0, c = 0, d = 0;
  constexpr unsigned tiles = 1u << 24, of_eight_bits = 1u << 25;
  return __get_cpuid_count(7, 0, &a, &b, &c, &d) != 0 && (d & tiles) != 0 && (d & of_eight_bits) != 0;
}

}  // namespace

bool granted() {
  constexpr long ask = 0x1023, tile_data = 18;  // ARCH_REQ_XCOMP_PERM of asm/prctl.h, which older systems lack
  return processor_has_tiles() && syscall(SYS_arch_prctl, ask, tile_data) == 0;
}

extern const Int8Kernels kernels;
const Int8Kernels kernels{"amx", multiply, avx512::kernels.lstm, avx512::kernels.tanh_int8, avx512::kernels.rescale, avx512::kernels.dot};
}  // namespace legation::amx
#endif
