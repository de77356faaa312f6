// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstddef>
#include <cstdint>

#include "hw/compute/sparse_kernels.h"

namespace airnn {

/// Output positions that are computed at once. A property of the simulation, not of the machine.
inline constexpr std::size_t kTilePositions = 32;

/// sums[p] += sum over the weights of weight * operands[column * stride + p], 64-bit, for
/// kTilePositions positions.
void multiply_accumulate(const KernelWeight* begin, const KernelWeight* end,
                         const std::int32_t* operands, std::size_t stride, std::int64_t* sums);

/// The same in standard C++, for processors without wider instructions.
void multiply_accumulate_portable(const KernelWeight* begin, const KernelWeight* end,
                                  const std::int32_t* operands, std::size_t stride,
                                  std::int64_t* sums);

/// Sum over the weights of weight * operands[column].
std::int64_t dot_product(const KernelWeight* begin, const KernelWeight* end,
                         const std::int32_t* operands);

}  // namespace airnn
