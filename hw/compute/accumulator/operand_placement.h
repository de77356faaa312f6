// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <vector>

#include "hw/compute/mac/sparse_kernels.h"
#include "sw/format/interleaving.h"

namespace airnn {

/// A weight of a group at its multiplier.
struct PlacedOperand {
  std::uint32_t place = 0;       ///< of its kernel in the group
  std::uint32_t channel = 0;     ///< of the kernel, from 0
  std::uint32_t multiplier = 0;  ///< of that channel's unit
  std::uint32_t pixel = 0;       ///< place in the window, y * Kw + x, that it is multiplied with
  std::int32_t weight = 0;
};

/// Which multiplier each weight of a group sits on (docs/units/compute_unit.md). `block`: the
/// weights that a kernel has in a channel lie side by side from its first block on, in ascending
/// order of columns; an operand selector brings the pixel. `block_fixed`, `position`: at the
/// multiplier of their own pixel. The group must fit (check_loaded_weights).
std::vector<PlacedOperand> place_operands(const KernelGroup& group, const SparseKernels& kernels,
                                          InterleavePolicy policy, const BlockSplit& split);

}  // namespace airnn
