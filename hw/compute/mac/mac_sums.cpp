// SPDX-License-Identifier: Apache-2.0
#include "hw/compute/mac/mac_sums.h"

namespace airnn {

MacSums::MacSums(const Layer& layer, const Product& product)
    : layer_(layer), product_(product), patches_(layer) {}

void MacSums::begin(const SparseKernels& kernels, const std::int32_t* input) {
  kernels_ = &kernels;
  input_ = input;
  if (layer_.kind != LayerKind::fully_connected || !has_tiles()) {
    return;
  }
  // Behind an activation many inputs are zero: with many weights it pays to go by inputs.
  nonzero_inputs_.clear();
  for (std::uint32_t column = 0; column < static_cast<std::uint32_t>(layer_.columns); ++column) {
    if (input[column] != 0) {
      nonzero_inputs_.push_back({column, input[column]});
    }
  }
}

void MacSums::load(std::int32_t group, std::int64_t first) {
  patches_.load(input_, group, first, kernels_->used_columns());
}

void MacSums::add_positions(std::uint32_t kernel, std::int64_t* sums) {
  product_.accumulate(kernels_->begin(kernel), kernels_->end(kernel), patches_.operands(),
                      patches_.stride(), sums);
}

bool MacSums::has_tiles() const {
  return kernels_->has_panels() && product_.skips_zeros();
}

void MacSums::add_neurons(std::uint32_t tile, std::int64_t* sums) {
  const KernelWeight* inputs = nonzero_inputs_.data();
  product_.accumulate(inputs, inputs + nonzero_inputs_.size(), kernels_->panel(tile),
                      kTilePositions, sums);
}

std::int64_t MacSums::neuron(std::uint32_t kernel) {
  return product_.dot(kernels_->begin(kernel), kernels_->end(kernel), input_);
}

}  // namespace airnn
