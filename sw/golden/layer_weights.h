// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <map>
#include <memory>
#include <vector>

#include "sw/format/memory_image.h"
#include "sw/golden/multiply_tile.h"

namespace airnn::golden {

/// The weights of one layer that one iteration has, in the order its inner loop wants them.
/// Zeros take part in no sum and are left out.
struct LayerWeights {
  std::vector<std::size_t> first;  ///< per kernel where its terms begin; one more entry at the end
  std::vector<Term> terms;         ///< kernel by kernel; `row` is the column in the weight matrix
  /// Per group of a convolution: the columns in which any of its kernels has a weight.
  std::vector<std::vector<std::int32_t>> used_columns;
  /// Fully connected with many weights: panels of kTileWidth neurons, column by column. Empty:
  /// `terms`.
  std::vector<std::int32_t> panels;
  /// Of a layer with an associative memory instead: the weights of each value, by themselves.
  std::map<std::int32_t, std::shared_ptr<const LayerWeights>> of_value;
};

/// Weights of all layers for one iteration. Layers that got none in it share those of the one
/// before.
using NetworkWeights = std::vector<std::shared_ptr<const LayerWeights>>;

/// Decodes an image: entry i has the weights of batches 1..i+1. Scheme base has one entry.
std::vector<NetworkWeights> decode_weights(const MemoryImage& image);

}  // namespace airnn::golden
