// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "sw/format/interleaving.h"

namespace airnn {

/// One bit per block of a channel unit, inverted wherever the next block belongs to another kernel
/// (paper, VI-B and Figure 9). The first is 0.
using BlockFlags = std::vector<bool>;

/// Neighbouring blocks whose products are summed up together.
struct BlockRun {
  std::uint32_t first_block = 0;
  std::uint32_t blocks = 0;

  friend bool operator==(const BlockRun& a, const BlockRun& b) {
    return a.first_block == b.first_block && a.blocks == b.blocks;
  }
};

/// What the accumulator takes from flags, which know nothing of kernels.
struct DecodedFlags {
  std::vector<BlockRun> runs;  ///< ascending; together all blocks
  std::string error;           ///< empty: every run is a power of two at a multiple of it
};

/// Flags of a group. Blocks that no kernel owns are split into powers of two at multiples of them,
/// each as if a kernel owned it: so the flags are legal whenever the kernels' ranges are.
BlockFlags encode_flags(const KernelGroup& group, std::uint32_t blocks);

DecodedFlags decode_flags(const BlockFlags& flags);

/// Rule P9: whether the flags decode to the kernels of the group, each to a run of its own. Returns
/// "" or what is wrong.
std::string check_flags(const BlockFlags& flags, const KernelGroup& group);

}  // namespace airnn
