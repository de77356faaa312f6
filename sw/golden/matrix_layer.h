// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <memory>
#include <vector>

#include "sw/format/network.h"
#include "sw/golden/layer_weights.h"
#include "sw/golden/product_rows.h"

namespace airnn::golden {

/// The sums of products of one convolution, depthwise or fully connected layer; bias and everything
/// behind it are not in them. Knows where windows lie; holds no weights.
class MatrixLayer {
 public:
  MatrixLayer(const Layer& layer, MultiplyTile multiply);
  /// Of a layer whose multipliers are a table.
  MatrixLayer(const Layer& layer, std::shared_ptr<const ProductRows> products);

  /// `input`: map of layer.input, CHW. Returns the accumulators of layer.result, CHW.
  std::vector<std::int64_t> accumulate(const std::vector<std::int32_t>& input,
                                       const LayerWeights& weights) const;

 private:
  void convolve_group(std::size_t group, const std::int32_t* map, const LayerWeights& weights,
                      std::vector<std::int32_t>& panel, std::int64_t* sums) const;
  void connect_panels(const std::vector<std::int32_t>& input, const LayerWeights& weights,
                      std::int64_t* sums) const;
  void connect_weights(const std::vector<std::int32_t>& input, const LayerWeights& weights,
                       std::int64_t* sums) const;
  std::vector<std::int32_t> padded(const std::vector<std::int32_t>& input) const;
  /// Copies what `width` windows from `position` on see at each used column, row by row.
  void gather(const std::vector<std::int32_t>& columns, const std::int32_t* map,
              std::size_t position, std::size_t width, std::int32_t* panel) const;

  Layer layer_;
  MultiplyTile multiply_;
  std::shared_ptr<const ProductRows> products_;  ///< null: exact
  bool pads_ = false;
  std::size_t positions_ = 0;      ///< of one output channel
  std::size_t padded_height_ = 0;  ///< of the map the windows move over
  std::size_t padded_width_ = 0;
  std::vector<std::size_t> column_offset_;    ///< where a column lies, from the window's corner
  std::vector<std::size_t> position_offset_;  ///< corner of each window, filled up to whole steps
  std::vector<bool> contiguous_;  ///< per step of kTileStep windows: their corners are neighbours
};

}  // namespace airnn::golden
