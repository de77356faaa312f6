// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstddef>
#include <cstdint>
#include <vector>

#include "hw/compute/product/product.h"

/// What LutProduct is made of: its operands, and a tile with the instructions of a processor.
namespace airnn::lut {

inline constexpr std::size_t kMagnitudes = 256;

/// Of an operand that a fault has damaged the multiplier sees low bits: 16 for its sign, 8 of the
/// magnitude that they give. So nothing is read beyond the table, and all forms agree.
inline constexpr std::int32_t kMagnitudeBits = 0xFF;

constexpr std::int32_t low_word(std::int32_t operand) {
  return static_cast<std::int16_t>(operand);
}

constexpr std::size_t magnitude_of(std::int32_t operand) {
  const std::int32_t word = low_word(operand);
  return static_cast<std::size_t>((word < 0 ? -word : word) & kMagnitudeBits);
}

/// Product::accumulate() of at most 32,767 weights, with AVX-512. `rows`: [|weight|][|pixel|].
void accumulate_wide(const std::uint16_t* rows, const KernelWeight* begin, const KernelWeight* end,
                     const std::int32_t* pixels, std::size_t stride, std::int64_t* sums);
bool has_wide();

/// Product::accumulate() with AVX2. `planes`: per |weight| the low bytes of its row, then the high
/// ones.
void accumulate_shuffled(const std::uint8_t* planes, const KernelWeight* begin,
                         const KernelWeight* end, const std::int32_t* pixels, std::size_t stride,
                         std::int64_t* sums);
bool has_shuffled();
std::vector<std::uint8_t> planes_of(const std::vector<std::uint16_t>& rows);

}  // namespace airnn::lut
