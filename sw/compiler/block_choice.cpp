// SPDX-License-Identifier: Apache-2.0
#include "sw/compiler/block_choice.h"

#include <algorithm>
#include <cstddef>

#include "sw/compiler/kernel_shape.h"

namespace airnn {

void GroupSizes::add(const Grouping& by_position) {
  for (const std::vector<std::size_t>& group : by_position) {
    kernels_in_.resize(std::max(kernels_in_.size(), group.size() + 1), 0);
    kernels_in_[group.size()] += group.size();
  }
}

std::uint32_t GroupSizes::blocks(std::uint32_t multipliers) const {
  std::uint32_t frequent = 0;
  for (std::uint32_t size = 2; size < kernels_in_.size(); ++size) {
    if (frequent == 0 || kernels_in_[size] >= kernels_in_[frequent]) {
      frequent = size;
    }
  }
  const std::uint32_t below = power_of_two_below(std::max(2U, frequent));
  const std::uint32_t nearest = 2 * frequent >= 3 * below ? 2 * below : below;
  return std::min(nearest, power_of_two_below(multipliers));
}

}  // namespace airnn
