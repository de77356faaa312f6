// SPDX-License-Identifier: Apache-2.0
#include "sw/compiler/best_grouping.h"

#include <algorithm>
#include <cstddef>
#include <numeric>

#include "sw/compiler/group_bound.h"
#include "sw/compiler/saturation_grouping.h"
#include "sw/compiler/spread_grouping.h"

namespace airnn {

namespace {

std::vector<std::size_t> largest_first(const std::vector<KernelShape>& kernels) {
  std::vector<std::size_t> order(kernels.size());
  std::iota(order.begin(), order.end(), std::size_t{0});
  std::stable_sort(order.begin(), order.end(), [&](std::size_t a, std::size_t b) {
    return kernels[a].blocks != kernels[b].blocks ? kernels[a].blocks > kernels[b].blocks
                                                  : kernels[a].weights > kernels[b].weights;
  });
  return order;
}

}  // namespace

Grouping best_grouping(const std::vector<KernelShape>& kernels, const UnitShape& unit) {
  const std::size_t bound = least_groups(kernels, unit);
  Grouping best = greedy_grouping(kernels, unit);
  const auto keep_fewer = [&](Grouping other) {
    if (other.size() < best.size()) {
      best = std::move(other);
    }
  };
  const std::vector<std::size_t> order = largest_first(kernels);
  if (best.size() > bound) {
    keep_fewer(greedy_grouping(kernels, unit, order));
  }
  if (best.size() > bound) {
    keep_fewer(unit.policy == InterleavePolicy::block
                   ? spread_grouping(kernels, unit, order, bound, best.size())
                   : saturation_grouping(kernels, unit));
  }
  return best;
}

}  // namespace airnn
