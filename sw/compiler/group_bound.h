// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstddef>
#include <vector>

#include "sw/compiler/kernel_shape.h"

namespace airnn {

/// So many groups there must be, whoever makes them: for each convolution group the largest of
/// - its kernels by kMaxGroupedKernels, rounded up;
/// - block: the blocks they need together by B, rounded up;
/// - block_fixed, position: the most kernels that use one block or multiplier.
std::size_t least_groups(const std::vector<KernelShape>& kernels, const UnitShape& unit);

}  // namespace airnn
