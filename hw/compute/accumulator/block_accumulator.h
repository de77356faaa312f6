// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <vector>

#include "hw/compute/accumulator/block_flags.h"

namespace airnn {

/// The tree over the B block sums of a channel unit, with a bypass at every level (paper, VI-B and
/// Figure 9). Level 0 are the block sums, Add1..Add4; adder i of level l adds adders 2i and 2i + 1
/// of level l - 1: Add21 and Add22, then Add31.
///
/// B lanes run along the tree, lane b from block b. Behind adder i of level l sit two 2-1
/// multiplexers, in the lanes of the first blocks of its two halves: if the flags of the two blocks
/// where the halves meet are equal, the left one takes the adder's sum and the right one 0; else
/// both let their lanes pass.
struct AccumulatorLevel {
  std::vector<std::int64_t> adders;
  std::vector<bool> selects;        ///< per adder: its multiplexers take the sum (level 0: none)
  std::vector<std::int64_t> lanes;  ///< behind the multiplexers
};

/// Where the sum of a decoded run comes from.
struct RunSum {
  BlockRun run;
  std::uint32_t level = 0;
  std::uint32_t adder = 0;  ///< of that level, from 0
  std::int64_t sum = 0;     ///< in the lane of the run's first block
};

struct AccumulatedBlocks {
  std::vector<AccumulatorLevel> levels;  ///< 1 + log2 B
  std::vector<RunSum> sums;              ///< one per run; none if the flags are not legal
};

/// Multiplexers of a channel unit of B blocks: two per adder above the blocks, 6 for B = 4.
constexpr std::uint32_t block_multiplexers(std::uint32_t blocks) {
  return 2 * blocks - 2;
}

/// `block_sums`: one per flag, a power of two of them. The groups are decoded from the flags alone.
AccumulatedBlocks accumulate_blocks(const std::vector<std::int64_t>& block_sums,
                                    const BlockFlags& flags);

}  // namespace airnn
