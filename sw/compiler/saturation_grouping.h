// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <vector>

#include "sw/compiler/greedy_grouping.h"
#include "sw/compiler/kernel_shape.h"

namespace airnn {

/// Grouping is colouring a graph whose edges join kernels that overlap. As DSATUR does: the next
/// kernel is the one that fits into the fewest of the groups there are, of equal ones the one that
/// overlaps most others, then the first; it goes into the first group into which it fits. Policies
/// position and block_fixed.
Grouping saturation_grouping(const std::vector<KernelShape>& kernels, const UnitShape& unit);

}  // namespace airnn
