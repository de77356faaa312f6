// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "hw/compute/product/product.h"

namespace airnn {

/// Product::accumulate() for the multiplier `multiply(weight, pixel)`, in standard C++.
template <typename Multiply>
void accumulate_tile(const KernelWeight* begin, const KernelWeight* end, const std::int32_t* pixels,
                     std::size_t stride, std::int64_t* sums, const Multiply& multiply) {
  for (const KernelWeight* weight = begin; weight != end; ++weight) {
    const std::int32_t* from = pixels + weight->column * stride;
    for (std::size_t p = 0; p < kTilePositions; ++p) {
      sums[p] += multiply(weight->value, from[p]);
    }
  }
}

/// Product::dot() for it.
template <typename Multiply>
std::int64_t add_row(const KernelWeight* begin, const KernelWeight* end, const std::int32_t* pixels,
                     const Multiply& multiply) {
  std::int64_t sum = 0;
  for (const KernelWeight* weight = begin; weight != end; ++weight) {
    sum += multiply(weight->value, pixels[weight->column]);
  }
  return sum;
}

}  // namespace airnn
