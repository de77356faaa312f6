// SPDX-License-Identifier: Apache-2.0
#include "sw/cli/block_flags.h"

#include <vector>

namespace airnn {

namespace {

/// Blocks of what begins at `block`: a kernel, or a free piece.
std::uint32_t piece_at(std::uint32_t block, const std::vector<std::uint32_t>& owned) {
  if (owned[block] > 0) {
    return owned[block];
  }
  std::uint32_t free = 0;
  while (block + free < owned.size() && owned[block + free] == 0) {
    ++free;
  }
  std::uint32_t piece = 1;
  while (2 * piece <= free && block % (2 * piece) == 0) {
    piece *= 2;
  }
  return piece;
}

}  // namespace

std::string block_flags(const KernelGroup& group, std::uint32_t blocks) {
  std::vector<std::uint32_t> owned(blocks, 0);  // by the kernel that begins there
  for (const GroupedKernel& kernel : group) {
    owned[kernel.first_block] = kernel.blocks;
  }
  std::string flags;
  for (char flag = '0'; flags.size() < blocks; flag = flag == '0' ? '1' : '0') {
    flags.append(piece_at(static_cast<std::uint32_t>(flags.size()), owned), flag);
  }
  return flags;
}

}  // namespace airnn
