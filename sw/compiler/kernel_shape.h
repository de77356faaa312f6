// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <vector>

#include "sw/compiler/place_set.h"
#include "sw/format/interleaving.h"

namespace airnn {

/// The multipliers of one compute unit: a channel unit of Kh * Kw for each channel of a kernel.
/// Column c of a kernel is multiplier c mod (Kh * Kw) of channel c / (Kh * Kw).
struct UnitShape {
  InterleavePolicy policy = InterleavePolicy::block;
  BlockSplit split;            ///< of every channel unit
  std::uint32_t channels = 1;  ///< of a kernel

  std::uint32_t columns() const { return channels * split.multipliers; }
  /// Places that only one kernel of a group may use: multipliers (position) or blocks.
  std::uint32_t places() const {
    return policy == InterleavePolicy::position ? columns() : split.blocks;
  }
};

/// What a kernel that is not all zero needs of a compute unit (docs/interleaving.md).
struct KernelShape {
  std::uint32_t kernel = 0;
  std::uint32_t window = 0;       ///< convolution group; kernels of one unit see the same window
  std::uint32_t weights = 0;      ///< that are not zero
  std::uint32_t blocks = 0;       ///< policies with blocks: a power of two
  std::uint32_t first_block = 0;  ///< block_fixed: a multiple of `blocks`
  PlaceSet places;                ///< position, block_fixed: of UnitShape::places()
};

/// `columns` of the kernel's weights that are not zero, ascending, at least one.
/// - block: in each channel ceil(count / floor(Kh * Kw / B)) blocks, at most B; the maximum over
///   the channels, rounded up to a power of two. A full block fits (6 of 6). The last block counts
///   like the others: the multipliers it has more serve only a kernel that owns the whole unit.
/// - block_fixed: the smallest power of two of blocks, at a multiple of it, that contains each
/// block
///   with a weight in any channel.
/// - position: the columns themselves.
KernelShape shape_of(std::uint32_t kernel, std::uint32_t window,
                     const std::vector<std::uint32_t>& columns, const UnitShape& unit);

/// The largest power of two that is at most `number` >= 1.
std::uint32_t power_of_two_below(std::uint32_t number);

}  // namespace airnn
