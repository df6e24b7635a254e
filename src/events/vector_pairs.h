// VectorPairs: what the scorer's vectors of two words have to say of each other, be they in different sentences: each goes through a layer of its own,
// and the products are numbers for a chooser's network. Doors: read_with_pairs(), compare().
#pragma once

#include <algorithm>
#include <cstdint>
#include <span>
#include <utility>
#include <vector>

#include "events/event_network.h"
#include "events/row_network.h"
#include "lang/tensor_reader.h"

namespace legation {

/// Const and safe on many threads with one Scratch each. Views the bytes that it was read from.
class VectorPairs {
 public:
  static constexpr std::size_t numbers = 64;
  /// Two matrices with [numbers][vector_size] weights of eight bits; the reader says whether they were sound.
  static VectorPairs read(TensorReader& tensors, std::size_t vector_size);
  /// Of candidates with `token` and `values`: fills in `numbers` values from `first` on, each in [-1, 1]; whoever has no token of the text keeps zeros.
  template <class Candidate>
  void compare(const EventNetwork::Scores& scores, std::uint32_t word, std::span<Candidate> candidates, std::size_t first,
               EventNetwork::Scratch& scratch) const {
    const std::size_t tokens = scores.vectors.size() / vector_size_;
    scratch.tokens.clear();
    for (const Candidate& candidate : candidates)
      if (candidate.token < tokens) scratch.tokens.push_back(candidate.token);
    products(scores, word, scratch);
    const float* said = scratch.floats.data();
    for (Candidate& candidate : candidates) {
      if (candidate.token >= tokens) continue;
      std::copy_n(said, numbers, candidate.values.data() + first);
      said += numbers;
    }
  }

 private:
  /// Of `word` and each of scratch.tokens: [tokens][numbers] in scratch.floats.
  void products(const EventNetwork::Scores& scores, std::uint32_t word, EventNetwork::Scratch& scratch) const;

  std::size_t vector_size_ = 0;
  PackedMatrix word_, other_;
  const Int8Kernels* kernels_ = nullptr;
};

/// A chooser's file: its network, and the layers of its pairs. Errors: bad_format, newer_version.
Result<std::pair<RowNetwork, VectorPairs>> read_with_pairs(std::string_view bytes, const RowNetwork::Shape& shape, std::size_t vector_size);

}  // namespace legation
