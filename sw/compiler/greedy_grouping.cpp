// SPDX-License-Identifier: Apache-2.0
#include "sw/compiler/greedy_grouping.h"

#include <numeric>

#include "sw/compiler/shared_unit.h"

namespace airnn {

Grouping greedy_grouping(const std::vector<KernelShape>& kernels, const UnitShape& unit) {
  std::vector<std::size_t> order(kernels.size());
  std::iota(order.begin(), order.end(), std::size_t{0});
  return greedy_grouping(kernels, unit, order);
}

Grouping greedy_grouping(const std::vector<KernelShape>& kernels, const UnitShape& unit,
                         const std::vector<std::size_t>& order) {
  Grouping groups;
  std::vector<std::size_t> rest = order;
  while (!rest.empty()) {
    SharedUnit reference(unit);
    std::vector<std::size_t> left;
    for (const std::size_t k : rest) {
      if (reference.fits(kernels[k])) {
        reference.add(k, kernels[k]);
      } else {
        left.push_back(k);
      }
    }
    groups.push_back(reference.members());
    rest.swap(left);
  }
  return groups;
}

}  // namespace airnn
