// SPDX-License-Identifier: Apache-2.0
#include "sw/compiler/group_bound.h"

#include <algorithm>
#include <cstdint>
#include <map>

namespace airnn {

namespace {

/// What the kernels of one convolution group need together.
struct Demand {
  std::size_t kernels = 0;
  std::size_t blocks = 0;
  std::vector<std::uint32_t> owners;  ///< of each place
};

std::size_t quotient_up(std::size_t number, std::size_t by) {
  return (number + by - 1) / by;
}

}  // namespace

std::size_t least_groups(const std::vector<KernelShape>& kernels, const UnitShape& unit) {
  const bool by_count = unit.policy == InterleavePolicy::block;
  std::map<std::uint32_t, Demand> demands;
  for (const KernelShape& kernel : kernels) {
    Demand& demand = demands[kernel.window];
    ++demand.kernels;
    demand.blocks += kernel.blocks;
    if (!by_count) {
      demand.owners.resize(unit.places(), 0);
      kernel.places.count_into(demand.owners);
    }
  }
  std::size_t groups = 0;
  for (const auto& [window, demand] : demands) {
    const std::size_t crowded = by_count
                                    ? quotient_up(demand.blocks, unit.split.blocks)
                                    : *std::max_element(demand.owners.begin(), demand.owners.end());
    groups += std::max(crowded, quotient_up(demand.kernels, kMaxGroupedKernels));
  }
  return groups;
}

}  // namespace airnn
