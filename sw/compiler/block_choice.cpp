// SPDX-License-Identifier: Apache-2.0
#include "sw/compiler/block_choice.h"

#include <algorithm>
#include <cstddef>

#include "sw/compiler/kernel_shape.h"

namespace airnn {

void GroupSizes::add(const Grouping& by_position) {
  for (const std::vector<std::size_t>& group : by_position) {
    groups_of_.resize(std::max(groups_of_.size(), group.size() + 1), 0);
    ++groups_of_[group.size()];
  }
}

std::uint32_t GroupSizes::blocks(std::uint32_t multipliers) const {
  std::uint32_t frequent = 0;
  for (std::uint32_t size = 1; size < groups_of_.size(); ++size) {
    if (frequent == 0 || groups_of_[size] >= groups_of_[frequent]) {
      frequent = size;
    }
  }
  const std::uint32_t below = power_of_two_below(std::max(2U, frequent));
  const std::uint32_t nearest = 2 * frequent >= 3 * below ? 2 * below : below;
  return std::min(nearest, power_of_two_below(multipliers));
}

}  // namespace airnn
