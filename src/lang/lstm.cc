#include "lang/lstm.h"

#include <cstring>

namespace legation {
namespace {

void run_direction(const Int8Kernels& kernels, const LstmDirection& direction, bool backward, const LstmBatch& batch, const std::int8_t* input,
                   std::int8_t* output, LstmScratch& s) {
  const std::size_t hidden = direction.recurrent.columns, steps = batch.active.size(), lanes = batch.active[0];
  if (s.recurrent.size() < lanes * 4 * hidden) s.recurrent.resize(lanes * 4 * hidden);
  kernels.multiply(input, batch.offset[steps], direction.input.columns, direction.input, s.gates.data());
  s.state.assign(lanes * hidden, 0);
  s.cell.assign(lanes * hidden, 0.0f);
  for (std::size_t i = 0; i < steps; ++i) {
    const std::size_t t = backward ? steps - 1 - i : i, active = batch.active[t];
    kernels.multiply(s.state.data(), active, hidden, direction.recurrent, s.recurrent.data());
    kernels.lstm({s.gates.data() + std::size_t{batch.offset[t]} * 4 * hidden, s.recurrent.data(), direction.input.scale.data(),
                  direction.input.bias.data(), s.cell.data(), s.state.data(), active, hidden, hidden});
    for (std::size_t lane = 0; lane < active; ++lane) {
      std::memcpy(output + (std::size_t{batch.offset[t]} + lane) * 2 * hidden + (backward ? hidden : 0), s.state.data() + lane * hidden, hidden);
    }
  }
}

}  // namespace

void run_lstm(const Int8Kernels& kernels, const BiLstm& layer, const LstmBatch& batch, const std::int8_t* input, std::int8_t* output,
              LstmScratch& scratch) {
  if (batch.active.empty()) return;
  const std::size_t gates = std::size_t{batch.offset[batch.active.size()]} * layer[0].input.rows;
  if (scratch.gates.size() < gates) scratch.gates.resize(gates);
  run_direction(kernels, layer[0], false, batch, input, output, scratch);
  run_direction(kernels, layer[1], true, batch, input, output, scratch);
}

}  // namespace legation
