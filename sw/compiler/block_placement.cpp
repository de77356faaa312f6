// SPDX-License-Identifier: Apache-2.0
#include "sw/compiler/block_placement.h"

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <numeric>

namespace airnn {

namespace {

/// Sizes descend and are powers of two, so the end of one is a multiple of the next.
void place_by_size(KernelGroup& group) {
  std::vector<std::size_t> order(group.size());
  std::iota(order.begin(), order.end(), std::size_t{0});
  std::stable_sort(order.begin(), order.end(),
                   [&](std::size_t a, std::size_t b) { return group[a].blocks > group[b].blocks; });
  std::uint32_t next = 0;
  for (const std::size_t place : order) {
    group[place].first_block = next;
    next += group[place].blocks;
  }
}

}  // namespace

KernelGroups place_groups(const Grouping& grouping, const std::vector<KernelShape>& kernels,
                          const UnitShape& unit) {
  KernelGroups groups;
  for (const std::vector<std::size_t>& members : grouping) {
    KernelGroup group;
    for (const std::size_t member : members) {
      const KernelShape& shape = kernels[member];
      group.push_back({shape.kernel, shape.first_block, shape.blocks});
      if (unit.policy == InterleavePolicy::position) {
        group.back().first_block = static_cast<std::uint32_t>(group.size() - 1);
      }
    }
    if (unit.policy == InterleavePolicy::block) {
      place_by_size(group);
    }
    groups.push_back(std::move(group));
  }
  return groups;
}

}  // namespace airnn
