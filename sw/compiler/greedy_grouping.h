// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstddef>
#include <vector>

#include "sw/compiler/kernel_shape.h"

namespace airnn {

/// Groups of places in a list of kernels, each in the order of merging.
using Grouping = std::vector<std::vector<std::size_t>>;

/// Paper, VI-A: the first kernel that is in no group is the reference; it goes through the rest in
/// order and takes what fits; then the next.
Grouping greedy_grouping(const std::vector<KernelShape>& kernels, const UnitShape& unit);

/// The same, in another order: `order` has every place in `kernels` once.
Grouping greedy_grouping(const std::vector<KernelShape>& kernels, const UnitShape& unit,
                         const std::vector<std::size_t>& order);

}  // namespace airnn
