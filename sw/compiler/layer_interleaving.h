// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstddef>
#include <cstdint>
#include <vector>

#include "sw/compiler/checkpoint.h"
#include "sw/compiler/interleave_options.h"
#include "sw/compiler/kernel_arrivals.h"
#include "sw/format/interleave_check.h"
#include "sw/format/interleaving.h"
#include "sw/format/network.h"

namespace airnn {

/// The groups of one layer in one iteration, and how good they are.
struct InterleavedIteration {
  KernelGroups groups;          ///< empty if every kernel is all zero
  std::size_t greedy = 0;       ///< groups of the paper's method
  std::size_t best = 0;         ///< groups of GroupingMethod::best
  std::size_t lower_bound = 0;  ///< no method makes fewer
};

struct LayerInterleaving {
  std::uint32_t blocks = 1;                      ///< B; 1 under policy position
  std::vector<InterleavedIteration> iterations;  ///< from the first on
};

/// The groups of iterations 1.. `options.iterations`, at most `iterations` of the image. Passes
/// the checkpoint in each of them.
LayerInterleaving interleave_layer(const Layer& layer, const KernelArrivals& arrivals,
                                   int iterations, const InterleaveOptions& options,
                                   const Checkpoint& checkpoint = {});

}  // namespace airnn
