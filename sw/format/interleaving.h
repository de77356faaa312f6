// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <vector>

#include "sw/format/byte_view.h"

namespace airnn {

/// When kernels may share a compute unit (paper, VI; docs/interleaving.md).
enum class InterleavePolicy : std::uint8_t {
  block,        ///< VI.B: a kernel takes as many blocks as its weights fill, wherever they lie
  block_fixed,  ///< as block, but every weight stays at its own multiplier
  position,     ///< VI.A: no two weights at the same multiplier
};

const char* to_string(InterleavePolicy policy);

/// Most kernels of a group (paper, VI-B).
inline constexpr std::uint32_t kMaxGroupedKernels = 4;
/// Most blocks of a channel unit, so that a block number fits into a byte.
inline constexpr std::uint32_t kMaxBlocks = 128;

/// The multipliers of one channel unit (Kh * Kw) in B blocks of floor(Kh * Kw / B) each, the
/// remainder in the last (Figure 9: 25 in 6, 6, 6, 7).
struct BlockSplit {
  std::uint32_t multipliers = 1;
  std::uint32_t blocks = 1;  ///< a power of two, at most `multipliers`

  std::uint32_t size() const { return multipliers / blocks; }  ///< of every block but the last
  std::uint32_t begin(std::uint32_t block) const {
    return block == blocks ? multipliers : block * size();
  }
  std::uint32_t block_of(std::uint32_t multiplier) const {
    const std::uint32_t block = multiplier / size();
    return block < blocks ? block : blocks - 1;
  }
  /// Multipliers of `count` blocks from `first` on.
  std::uint32_t capacity(std::uint32_t first, std::uint32_t count) const {
    return begin(first + count) - begin(first);
  }
};

/// A kernel in its group: it owns `blocks` blocks from `first_block` on, a power of two at a
/// multiple of it. Policy `position`: blocks is 0, and first_block the tag of its multipliers, 0..3
/// in the order of the group.
struct GroupedKernel {
  std::uint32_t kernel = 0;
  std::uint32_t first_block = 0;
  std::uint32_t blocks = 0;

  friend bool operator==(const GroupedKernel& a, const GroupedKernel& b) {
    return a.kernel == b.kernel && a.first_block == b.first_block && a.blocks == b.blocks;
  }
};

/// The kernels that share one issue slot, first the reference kernel (paper, VI-A), then the others
/// in the order in which they were merged.
using KernelGroup = std::vector<GroupedKernel>;

/// The groups of one layer in one iteration: every kernel that is not all zero, once.
using KernelGroups = std::vector<KernelGroup>;

/// The tables of Figure 8c as they lie in memory, little endian, one entry per grouped kernel:
/// kernel number, number of its group (both of the index width), and first block and number of
/// blocks (a byte each).
struct InterleaveTables {
  std::vector<std::uint8_t> kernel_index;
  std::vector<std::uint8_t> group_index;
  std::vector<std::uint8_t> kernel_block;
};

InterleaveTables encode_groups(const KernelGroups& groups, int index_bytes);

/// Throws ImageError where lengths do not fit each other, group numbers do not ascend from 0
/// without gaps, or a group has more than kMaxGroupedKernels kernels.
KernelGroups decode_groups(ByteView kernel_index, ByteView group_index, ByteView kernel_block,
                           int index_bytes);

/// Throws ImageError unless every kernel is one of `kernels` and in one group only, and owns blocks
/// (tags) as GroupedKernel says, that no other of its group owns.
void check_groups(const KernelGroups& groups, InterleavePolicy policy, const BlockSplit& split,
                  std::uint32_t kernels);

}  // namespace airnn
