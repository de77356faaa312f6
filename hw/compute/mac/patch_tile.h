// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <vector>

#include "hw/compute/product/product.h"
#include "sw/format/network.h"

namespace airnn {

/// The operands of kTilePositions consecutive output positions of a convolution: per weight column
/// the pixel that each position multiplies with it; zero where the window hangs over the map or the
/// position lies behind the last.
class PatchTile {
 public:
  explicit PatchTile(const Layer& layer);

  /// Takes the columns `used` for the positions from `first` on, of the channels of `group`.
  void load(const std::int32_t* input, std::int32_t group, std::int64_t first,
            const std::vector<std::uint32_t>& used);

  const std::int32_t* operands() const { return operands_; }
  std::size_t stride() const { return stride_; }

 private:
  void load_column(const std::int32_t* channel, std::int32_t y, std::int32_t x, std::int64_t first,
                   std::int32_t* to) const;

  Layer layer_;
  bool pointwise_;  ///< 1x1, stride 1, no padding: the map is its own patch
  std::vector<std::int32_t> buffer_;
  const std::int32_t* operands_ = nullptr;
  std::size_t stride_ = kTilePositions;
};

}  // namespace airnn
