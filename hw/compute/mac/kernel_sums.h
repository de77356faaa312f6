// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>

#include "hw/compute/mac/sparse_kernels.h"

namespace airnn {

/// The sums of products of a layer with weights, without bias. They are asked for a tile of output
/// positions, or of neurons, at a time. What all engines have in common, biases, skip operands and
/// results, is LayerArithmetic.
class KernelSums {
 public:
  virtual ~KernelSums() = default;

  /// A run begins. Both must stay until its end.
  virtual void begin(const SparseKernels& kernels, const std::int32_t* input) = 0;

  /// Of a convolution: add_positions() is from now on asked for kernels of this group, at the
  /// kTilePositions positions from `first` on.
  virtual void load(std::int32_t group, std::int64_t first) = 0;
  virtual void add_positions(std::uint32_t kernel, std::int64_t* sums) = 0;

  /// Of a fully connected layer: whether neurons are asked for in tiles in this run.
  virtual bool has_tiles() const = 0;
  /// The tile of kTilePositions neurons with this number.
  virtual void add_neurons(std::uint32_t tile, std::int64_t* sums) = 0;
  virtual std::int64_t neuron(std::uint32_t kernel) = 0;
};

}  // namespace airnn
