// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <string>

#include "sw/format/interleaving.h"

namespace airnn {

/// The flag of each block of a channel unit, '0' or '1', the first '0': inverted wherever the
/// kernel changes from one block to the next (paper, VI-B). Blocks that no kernel owns count as
/// the fewest pieces of a power of two of blocks at a multiple of it, as if a kernel owned each.
std::string block_flags(const KernelGroup& group, std::uint32_t blocks);

}  // namespace airnn
