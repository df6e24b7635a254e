#include "lang/lstm.h"

#include <algorithm>
#include <cstring>

namespace legation {
namespace {

/// s.rows: of each row where the products of its input lie.
void run_direction(const Int8Kernels& kernels, const LstmDirection& direction, bool backward, const LstmBatch& batch, std::int8_t* output, LstmScratch& s) {
  const std::size_t hidden = direction.recurrent.columns, steps = batch.active.size(), lanes = batch.active[0];
  if (s.recurrent.size() < lanes * 4 * hidden) s.recurrent.resize(lanes * 4 * hidden);
  s.state.assign(lanes * hidden, 0);
  s.cell.assign(lanes * hidden, 0.0f);
  std::size_t begun = 0;  // sequences that have a state
  for (std::size_t i = 0; i < steps; ++i) {
    const std::size_t t = backward ? steps - 1 - i : i, active = batch.active[t];
    begun = std::min(begun, active);
    kernels.multiply(s.state.data(), begun, hidden, direction.recurrent, s.recurrent.data());
    std::fill(s.recurrent.data() + begun * 4 * hidden, s.recurrent.data() + active * 4 * hidden, 0);
    kernels.lstm({s.rows.data() + batch.offset[t], s.recurrent.data(), direction.input.scale.data(), direction.input.bias.data(), s.cell.data(), s.state.data(),
                  active, hidden, hidden});
    for (std::size_t lane = 0; lane < active; ++lane) {
      std::memcpy(output + (std::size_t{batch.offset[t]} + lane) * 2 * hidden + (backward ? hidden : 0), s.state.data() + lane * hidden, hidden);
    }
    begun = active;
  }
}

}  // namespace

void run_lstm(const Int8Kernels& kernels, const BiLstm& layer, const LstmBatch& batch, const std::int8_t* input, std::int8_t* output, LstmScratch& scratch) {
  if (batch.active.empty()) return;
  const std::size_t rows = batch.offset[batch.active.size()], width = layer[0].input.rows;
  if (scratch.gates.size() < rows * width) scratch.gates.resize(rows * width);
  scratch.rows.resize(rows);
  for (std::size_t row = 0; row < rows; ++row) scratch.rows[row] = scratch.gates.data() + row * width;
  for (const bool backward : {false, true}) {
    const LstmDirection& direction = layer[backward ? 1 : 0];
    kernels.multiply(input, rows, direction.input.columns, direction.input, scratch.gates.data());
    run_direction(kernels, direction, backward, batch, output, scratch);
  }
}

void run_lstm(const Int8Kernels& kernels, const BiLstm& layer, const LstmBatch& batch, std::span<const std::int32_t* const> sums, std::int8_t* output,
              LstmScratch& scratch) {
  if (batch.active.empty()) return;
  scratch.rows.assign(sums.begin(), sums.end());
  run_direction(kernels, layer[0], false, batch, output, scratch);
  for (auto& row : scratch.rows) row += layer[0].input.rows;
  run_direction(kernels, layer[1], true, batch, output, scratch);
}

}  // namespace legation
