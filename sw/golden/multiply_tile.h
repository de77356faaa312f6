// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstddef>
#include <cstdint>

namespace airnn::golden {

/// One factor of a sum of products, and the row of a panel it is multiplied with.
struct Term {
  std::int32_t row = 0;
  std::int32_t value = 0;
};

inline constexpr std::size_t kTileWidth = 32;  ///< widest panel
inline constexpr std::size_t kTileStep = 8;    ///< panels are a multiple of this wide

/// `width` rounded up to a panel's.
inline std::size_t panel_width(std::size_t width) {
  return (width + kTileStep - 1) / kTileStep * kTileStep;
}

/// sums[j] = sum over the terms of value * panel[row * width + j], for j < width: the inner loop of
/// every layer. `width` is a multiple of kTileStep, at most kTileWidth.
using MultiplyTile = void (*)(const Term* terms, std::size_t count, const std::int32_t* panel,
                              std::size_t width, std::int64_t* sums);

/// In standard C++, for every processor.
void multiply_tile_portable(const Term* terms, std::size_t count, const std::int32_t* panel,
                            std::size_t width, std::int64_t* sums);

/// The fastest one this processor can run.
MultiplyTile fastest_multiply_tile();

}  // namespace airnn::golden
