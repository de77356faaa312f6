// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>

#include "sw/format/interleaving.h"

namespace airnn {

/// How kernels are put into groups.
enum class GroupingMethod : std::uint8_t {
  greedy,  ///< the paper's, VI-A
  best,    ///< the fewest groups of several methods, greedy among them
};

/// Iterations whose groups decide on B, and that are interleaved by default (paper, VI-A).
inline constexpr int kSparseIterations = 3;

/// Of scheme interleaved.
struct InterleaveOptions {
  InterleavePolicy policy = InterleavePolicy::block;
  /// Blocks of a channel unit, a power of two up to kMaxBlocks; 0: chosen per layer. A layer with
  /// fewer multipliers takes the largest power of two that fits. Policy position has none.
  int blocks = 0;
  GroupingMethod grouping = GroupingMethod::greedy;
  int iterations = kSparseIterations;  ///< that are interleaved, from the first on
};

}  // namespace airnn
