// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstddef>
#include <vector>

#include "sw/compiler/greedy_grouping.h"
#include "sw/compiler/kernel_shape.h"

namespace airnn {

/// Policy block: spreads the kernels, in this order, over a fixed number of groups, each to the
/// group with the most free blocks. Large and small kernels then share groups, where first-fit
/// decreasing fills groups with four small ones and leaves their blocks unused. Tries `least`,
/// `least` + 1, .. groups and returns the first that hold all kernels, below `limit`; otherwise as
/// many groups as kernels.
Grouping spread_grouping(const std::vector<KernelShape>& kernels, const UnitShape& unit,
                         const std::vector<std::size_t>& order, std::size_t least,
                         std::size_t limit);

}  // namespace airnn
