// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstddef>
#include <cstdint>

#include "sw/results/priced_action.h"

namespace airnn {

/// A weight that is not zero, and its column.
struct KernelWeight {
  std::uint32_t column = 0;
  std::int32_t value = 0;

  friend bool operator==(const KernelWeight& a, const KernelWeight& b) {
    return a.column == b.column && a.value == b.value;
  }
};

/// Output positions that are computed at once. A property of the simulation, not of the machine.
inline constexpr std::size_t kTilePositions = 32;

/// What the multipliers of a compute unit make of a weight and a pixel. All multipliers of a layer
/// are of one type. A weight that is zero never reaches a multiplier; a pixel that is zero does,
/// and so does the padding. Sums are exact, of 64 bits.
///
/// Values are computed a tile or a row at a time, so a call is never made for one multiplication
/// (product_loops.h makes the loops of a function); all three must agree.
class Product {
 public:
  virtual ~Product() = default;

  /// `weight` is not zero.
  virtual std::int64_t product(std::int32_t weight, std::int32_t pixel) const = 0;

  /// A tile: sums[p] += sum over the weights of product(weight, pixels[column * stride + p]), for
  /// kTilePositions positions.
  virtual void accumulate(const KernelWeight* begin, const KernelWeight* end,
                          const std::int32_t* pixels, std::size_t stride,
                          std::int64_t* sums) const = 0;

  /// A row: sum over the weights of product(weight, pixels[column]).
  virtual std::int64_t dot(const KernelWeight* begin, const KernelWeight* end,
                           const std::int32_t* pixels) const = 0;

  /// Whether a zero operand gives zero and the operands may change places. Sums may then go by the
  /// pixels that are not zero: accumulate() is called with pixels in place of the weights, and with
  /// weights, zeros among them, in place of the pixels.
  virtual bool skips_zeros() const = 0;

  /// Which price of a multiplication it has; empty: the usual one.
  virtual PriceClass price_class() const { return {}; }
};

}  // namespace airnn
