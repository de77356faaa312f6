// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstddef>
#include <cstdint>
#include <vector>

#include "hw/compute/product/product.h"

/// A tile of LutProduct in standard C++: products with their signs, a row per weight.
namespace airnn::lut {

inline constexpr std::int32_t kLowest = -128;  ///< of weights and of pixels
inline constexpr std::size_t kWeights = 256;
inline constexpr std::size_t kPixels = 512;  ///< of which 384 come; a power of two is tested fast

/// [weight - kLowest][pixel - kLowest] of `multiply(weight, pixel)`.
template <typename Multiply>
std::vector<std::int32_t> signed_rows(const Multiply& multiply) {
  std::vector<std::int32_t> rows(kWeights * kPixels);
  for (std::size_t w = 0; w < kWeights; ++w) {
    for (std::size_t x = 0; x < kPixels; ++x) {
      rows[w * kPixels + x] =
          multiply(static_cast<std::int32_t>(w) + kLowest, static_cast<std::int32_t>(x) + kLowest);
    }
  }
  return rows;
}

/// Whether the rows have all products of a tile.
bool have_rows(const KernelWeight* begin, const KernelWeight* end, const std::int32_t* pixels,
               std::size_t stride);

/// Product::accumulate() of at most 32,767 weights by signed_rows(), which must have them.
void accumulate_rows(const std::int32_t* rows, const KernelWeight* begin, const KernelWeight* end,
                     const std::int32_t* pixels, std::size_t stride, std::int64_t* sums);

}  // namespace airnn::lut
