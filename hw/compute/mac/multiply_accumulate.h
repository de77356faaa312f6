// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstddef>
#include <cstdint>

namespace airnn {

/// A weight that is not zero, and its column.
struct KernelWeight {
  std::uint32_t column = 0;
  std::int32_t value = 0;
};

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

/// From sums to results: add half, shift right, clamp (docs/numbers.md, "Requantise" and
/// "Activation").
struct Requantisation {
  int shift = 0;  ///< 0..63
  std::int64_t low = 0;
  std::int64_t high = 0;
};

/// How many values the clamp of requantise_tile() altered.
struct ClampedCount {
  std::uint64_t below = 0;
  std::uint64_t above = 0;
};

/// Requantises kTilePositions sums.
ClampedCount requantise_tile(const std::int64_t* sums, const Requantisation& requantisation,
                             std::int32_t* results);

/// Sum over the weights of weight * operands[column].
std::int64_t dot_product(const KernelWeight* begin, const KernelWeight* end,
                         const std::int32_t* operands);

}  // namespace airnn
