// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>

#include "hw/compute/product/product.h"

namespace airnn {

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

}  // namespace airnn
