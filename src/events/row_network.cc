#include "events/row_network.h"

#include <algorithm>
#include <array>
#include <cassert>
#include <cmath>
#include <cstring>
#include <string>

#include "lang/feature_hash.h"
#include "lang/model_file.h"
#include "lang/tensor_reader.h"

namespace legation {
namespace {

constexpr std::uint32_t known_version = 1;
constexpr std::size_t max_wide = 256;
constexpr float most = 8;  ///< no number counts for more

}  // namespace

RowChoice likeliest(std::span<const float> logits) {
  const auto best = std::ranges::max_element(logits);
  float sum = 0;
  for (const float logit : logits) sum += std::exp(logit - *best);
  return {static_cast<std::size_t>(best - logits.begin()), 1 / sum};
}

FeatureRows::~FeatureRows() { assert(slot_ == counts_.size()); }

void FeatureRows::put(std::size_t value) {
  out_[slot_] = static_cast<std::uint16_t>(next_ + std::min<std::size_t>(value, counts_[slot_] - 1u));
  next_ += counts_[slot_++];
}

std::size_t word_row(std::string_view word, std::size_t rows) { return word.empty() ? 0 : 1 + hash_bytes(word) % (rows - 1); }

std::size_t logit_row(float logit) { return static_cast<std::size_t>((std::clamp(logit, -most, most) + most) * 2); }

Error RowNetwork::damaged(std::string_view what, std::string_view how) { return {Error::Code::bad_format, std::string(what) + ": " + std::string(how)}; }

Result<RowNetwork> RowNetwork::view(std::string_view bytes, const Shape& shape, std::optional<TensorReader>* more) {
  const auto file = open_model_file(bytes, shape.magic, known_version, shape.what);
  if (!file.ok()) return file.error();
  const std::string_view body = file.value().body;
  RowNetwork n;
  n.checksum_ = file.value().checksum;
  if (body.size() < sizeof(Sizes)) return damaged(shape.what, "cut off");
  std::memcpy(&n.sizes_, body.data(), sizeof(Sizes));
  const Sizes& s = n.sizes_;
  if (s.rows != shape.rows || s.slots != shape.slots || s.numbers != shape.numbers || s.wide == 0 || s.wide > max_wide || s.narrow == 0 || s.narrow > max_wide)
    return damaged(shape.what, "its sizes do not fit");
  TensorReader tensors(body, sizeof(Sizes));
  n.table_ = tensors.take<float>(std::size_t{s.rows} * s.wide);
  n.direct_ = tensors.take<float>(std::size_t{s.rows} * shape.answers);
  n.number_ = tensors.take<float>(std::size_t{s.numbers} * s.wide);
  n.wide_bias_ = tensors.take<float>(s.wide);
  n.narrow_ = tensors.take<float>(std::size_t{s.wide} * s.narrow);
  n.narrow_bias_ = tensors.take<float>(s.narrow);
  n.out_ = tensors.take<float>(std::size_t{s.narrow} * shape.answers);
  n.out_bias_ = tensors.take<float>(shape.answers);
  if (!tensors.ok() || (more == nullptr && !tensors.at_end())) return damaged(shape.what, "its numbers are damaged");
  if (more != nullptr) *more = tensors;
  return n;
}

void RowNetwork::answer(std::span<const std::uint16_t> rows, std::span<const float> numbers, std::span<float> out) const {
  std::array<float, max_wide> wide, narrow;
  std::copy_n(wide_bias_, sizes_.wide, wide.begin());
  std::copy_n(out_bias_, out.size(), out.begin());
  for (const std::uint16_t row : rows) {
    const float* values = table_ + std::size_t{row} * sizes_.wide;
    for (std::size_t i = 0; i < sizes_.wide; ++i) wide[i] += values[i];
    for (std::size_t i = 0; i < out.size(); ++i) out[i] += direct_[std::size_t{row} * out.size() + i];
  }
  for (std::size_t n = 0; n < numbers.size(); ++n) {
    const float value = std::clamp(numbers[n], -most, most) / 4;
    for (std::size_t i = 0; i < sizes_.wide; ++i) wide[i] += value * number_[n * sizes_.wide + i];
  }
  std::copy_n(narrow_bias_, sizes_.narrow, narrow.begin());
  for (std::size_t k = 0; k < sizes_.wide; ++k) {
    if (wide[k] <= 0) continue;
    for (std::size_t i = 0; i < sizes_.narrow; ++i) narrow[i] += wide[k] * narrow_[k * sizes_.narrow + i];
  }
  for (std::size_t k = 0; k < sizes_.narrow; ++k)
    for (std::size_t i = 0; i < out.size(); ++i) out[i] += std::max(narrow[k], 0.0f) * out_[k * out.size() + i];
}

}  // namespace legation
