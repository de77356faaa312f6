// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstddef>
#include <cstdint>
#include <vector>

#include "sw/compiler/greedy_grouping.h"

namespace airnn {

/// Paper, VI-B, "Selecting appropriate number of blocks": how many kernels the groups have that
/// form by position.
class GroupSizes {
 public:
  void add(const Grouping& by_position);

  /// The size of group that most kernels are in, of equally frequent ones the larger, at the
  /// nearest power of two (3 is as near to 2 as to 4: 4), at least 2, and no more than there are
  /// `multipliers`. Kernels that are alone are not interleaved and do not count.
  std::uint32_t blocks(std::uint32_t multipliers) const;

 private:
  std::vector<std::size_t> kernels_in_;  ///< by size of the group
};

}  // namespace airnn
