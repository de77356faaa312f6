// SPDX-License-Identifier: Apache-2.0
#include "hw/compute/accumulator/block_accumulator.h"

#include "hw/compute/mac/adder_tree.h"

namespace airnn {

namespace {

/// Behind the adders whose halves are `half` blocks long.
AccumulatorLevel next_level(const AccumulatorLevel& below, const BlockFlags& flags,
                            std::size_t half) {
  AccumulatorLevel level;
  level.adders = add_neighbours(below.adders);
  level.lanes = below.lanes;
  for (std::size_t adder = 0; adder < level.adders.size(); ++adder) {
    const std::size_t left = 2 * half * adder;
    const std::size_t right = left + half;
    // In legal flags a run that crosses the middle takes both halves as a whole.
    const bool same = flags[right - 1] == flags[right];
    level.selects.push_back(same);
    if (same) {
      level.lanes[left] = level.adders[adder];
      level.lanes[right] = 0;
    }
  }
  return level;
}

}  // namespace

AccumulatedBlocks accumulate_blocks(const std::vector<std::int64_t>& block_sums,
                                    const BlockFlags& flags) {
  AccumulatedBlocks result;
  result.levels.push_back({block_sums, {}, block_sums});
  for (std::size_t half = 1; half < flags.size(); half *= 2) {
    result.levels.push_back(next_level(result.levels.back(), flags, half));
  }
  const DecodedFlags decoded = decode_flags(flags);
  if (decoded.error.empty()) {
    for (const BlockRun& run : decoded.runs) {
      result.sums.push_back({run, adder_tree_levels(run.blocks), run.first_block / run.blocks,
                             result.levels.back().lanes[run.first_block]});
    }
  }
  return result;
}

}  // namespace airnn
