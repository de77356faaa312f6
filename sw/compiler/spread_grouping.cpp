// SPDX-License-Identifier: Apache-2.0
#include "sw/compiler/spread_grouping.h"

#include "sw/compiler/shared_unit.h"

namespace airnn {

namespace {

/// The groups, fewer than `count` if not all are needed; empty if they do not hold all kernels.
Grouping spread_over(std::size_t count, const std::vector<KernelShape>& kernels,
                     const UnitShape& unit, const std::vector<std::size_t>& order) {
  std::vector<SharedUnit> units(count, SharedUnit(unit));
  for (const std::size_t k : order) {
    SharedUnit* most_free = nullptr;
    for (SharedUnit& candidate : units) {
      if (candidate.fits(kernels[k]) &&
          (most_free == nullptr || candidate.free_blocks() > most_free->free_blocks())) {
        most_free = &candidate;
      }
    }
    if (most_free == nullptr) {
      return {};
    }
    most_free->add(k, kernels[k]);
  }
  Grouping groups;
  for (const SharedUnit& used : units) {
    if (!used.members().empty()) {
      groups.push_back(used.members());
    }
  }
  return groups;
}

}  // namespace

Grouping spread_grouping(const std::vector<KernelShape>& kernels, const UnitShape& unit,
                         const std::vector<std::size_t>& order, std::size_t least,
                         std::size_t limit) {
  for (std::size_t count = least; count < limit; ++count) {
    Grouping groups = spread_over(count, kernels, unit, order);
    if (!groups.empty()) {
      return groups;
    }
  }
  Grouping alone;
  for (const std::size_t k : order) {
    alone.push_back({k});
  }
  return alone;
}

}  // namespace airnn
