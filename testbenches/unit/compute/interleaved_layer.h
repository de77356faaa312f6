// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <vector>

#include "hw/compute/mac/compute_pins.h"
#include "testbenches/reference/compute_twin.h"
#include "testbenches/unit/compute/random_layer.h"

namespace airnn::test {

/// First fit, in the order of the kernels: legal, not necessarily good.
KernelGroups group_naively(const SparseKernels& kernels, InterleavePolicy policy,
                           const BlockSplit& split, std::uint32_t kernels_per_window);

/// A convolution with its unit; its groups fit its weights.
struct InterleavedLayer {
  RandomLayer drawn;
  EngineParams params;  ///< with exact products
  KernelGroups groups;  ///< empty: not interleaved

  BlockSplit split() const {
    return {static_cast<std::uint32_t>(params.layer.window.area()), params.blocks};
  }
  std::uint32_t kernels_per_window() const {
    return static_cast<std::uint32_t>(drawn.layer.kernels / drawn.layer.groups);
  }
  TwinConvolution twin() const;
};

/// Windows of 1x1 to 7x7, paddings, strides, convolution groups, passes, positions in parallel and
/// second operands at random, small enough for the twin.
InterleavedLayer draw_interleaved(unsigned seed, InterleavePolicy policy);

}  // namespace airnn::test
