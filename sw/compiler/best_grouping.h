// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <vector>

#include "sw/compiler/greedy_grouping.h"
#include "sw/compiler/kernel_shape.h"

namespace airnn {

/// The fewest groups of several methods, of equal ones the earlier: greedy; greedy from the largest
/// kernel to the smallest (first-fit decreasing); and a method that suits the policy: spread
/// (block) or saturation (position, block_fixed). Never more groups than greedy.
Grouping best_grouping(const std::vector<KernelShape>& kernels, const UnitShape& unit);

}  // namespace airnn
