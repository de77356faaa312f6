// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <string>

#include "hw/compute/mac/sparse_kernels.h"
#include "sw/format/interleaving.h"

namespace airnn {

/// Whether the weights in a layer's buffer fit the groups of the interleave table: every kernel
/// with weights is in one group and none without is in any; and in every channel a kernel has at
/// most as many weights as its blocks have multipliers (`block`), its weights lie in its own blocks
/// (`block_fixed`), or no two weights of a group sit at one multiplier (`position`).
/// `kernels_per_window`: kernels that read the same input channels (all, but in a convolution with
/// groups); kernels of others cannot share a slot, because a channel unit has one window.
/// Ranges of blocks are those that check_groups() lets pass. Returns "" or what is wrong.
std::string check_loaded_weights(const SparseKernels& kernels, const KernelGroups& groups,
                                 InterleavePolicy policy, const BlockSplit& split,
                                 std::uint32_t kernels_per_window);

}  // namespace airnn
