// A bidirectional LSTM layer with eight-bit weights over a batch of sequences. Door: run_lstm().
#pragma once

#include <array>
#include <cstdint>
#include <span>
#include <vector>

#include "lang/int8_kernels.h"

namespace legation {

/// Gates in the order input, forget, cell, output; the bias goes with the input part.
struct LstmDirection {
  PackedMatrix input, recurrent;
};
using BiLstm = std::array<LstmDirection, 2>;  ///< forward, backward

/// Sequences laid out by time step: step t holds the t-th items of the active[t] sequences that have one, from row offset[t] on; longest first.
struct LstmBatch {
  std::span<const std::uint32_t> active, offset;  ///< offset has one more item: the number of rows
};

struct LstmScratch {
  std::vector<std::int8_t> state;
  std::vector<std::int32_t> gates, recurrent;
  std::vector<float> cell;
  std::vector<const std::int32_t*> rows;
};

/// `output` gets 2 * hidden numbers a row: the forward state, then the backward one. `input` has layer[0].input.columns a row.
void run_lstm(const Int8Kernels& kernels, const BiLstm& layer, const LstmBatch& batch, const std::int8_t* input, std::int8_t* output, LstmScratch& scratch);
/// The same where the products of the input are known: `sums` holds for each row where they lie, the forward direction's, then the backward one's.
void run_lstm(const Int8Kernels& kernels, const BiLstm& layer, const LstmBatch& batch, std::span<const std::int32_t* const> sums, std::int8_t* output,
              LstmScratch& scratch);

}  // namespace legation
