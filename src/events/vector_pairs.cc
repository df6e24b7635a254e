#include "events/vector_pairs.h"

#include <cstring>
#include <optional>

namespace legation {

VectorPairs VectorPairs::read(TensorReader& tensors, std::size_t vector_size) {
  VectorPairs pairs;
  pairs.vector_size_ = vector_size;
  pairs.word_ = tensors.matrix(numbers, vector_size);
  pairs.other_ = tensors.matrix(numbers, vector_size);
  pairs.kernels_ = available_kernels().front();
  return pairs;
}

void VectorPairs::products(const EventNetwork::Scores& scores, std::uint32_t word, EventNetwork::Scratch& s) const {
  const std::size_t count = s.tokens.size(), rows = std::max<std::size_t>(count, 1) * word_.rows;
  const auto vector_of = [&](std::uint32_t token) { return scores.vectors.data() + std::size_t{token} * vector_size_; };
  const auto layer = [&](const PackedMatrix& matrix, const std::int8_t* in, std::size_t many, std::vector<std::int8_t>& out) {
    kernels_->multiply(in, many, vector_size_, matrix, s.sums.data());
    kernels_->rescale(s.sums.data(), many, matrix, s.floats.data());
    kernels_->tanh_int8(s.floats.data(), many * numbers, out.data());
  };
  const auto grow = [](auto& items, std::size_t size) { items.resize(std::max(items.size(), size)); };
  grow(s.sums, rows), grow(s.floats, rows);
  grow(s.trigger, numbers), grow(s.party, count * numbers);
  grow(s.some, count * vector_size_);
  for (std::size_t i = 0; i < count; ++i) std::memcpy(s.some.data() + i * vector_size_, vector_of(s.tokens[i]), vector_size_);
  layer(word_, vector_of(word), 1, s.trigger);
  layer(other_, s.some.data(), count, s.party);
  for (std::size_t i = 0; i < count * numbers; ++i)
    s.floats[i] = static_cast<float>(s.trigger[i % numbers]) * static_cast<float>(s.party[i]) / (127.0f * 127.0f);
}

Result<std::pair<RowNetwork, VectorPairs>> read_with_pairs(std::string_view bytes, const RowNetwork::Shape& shape, std::size_t vector_size) {
  std::optional<TensorReader> tensors;
  auto network = RowNetwork::view(bytes, shape, &tensors);
  if (!network.ok()) return network.error();
  const VectorPairs pairs = VectorPairs::read(*tensors, vector_size);
  if (!tensors->ok() || !tensors->at_end()) return RowNetwork::damaged(shape.what, "made for another scorer, or cut off");
  return std::pair(network.value(), pairs);
}

}  // namespace legation
