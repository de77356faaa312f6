// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <vector>

#include "sw/compiler/greedy_grouping.h"
#include "sw/compiler/kernel_shape.h"
#include "sw/format/interleaving.h"

namespace airnn {

/// Gives the kernels of every group their blocks or tags. Policy block: the larger first, each at
/// the first free multiple of its size, which always succeeds; equal ones in the order of merging.
/// Kernels stay in the order of merging, groups in theirs.
KernelGroups place_groups(const Grouping& grouping, const std::vector<KernelShape>& kernels,
                          const UnitShape& unit);

}  // namespace airnn
