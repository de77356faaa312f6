// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstddef>
#include <vector>

#include "sw/compiler/fixed_point.h"
#include "sw/format/network.h"

namespace airnn {

/// The layers that have weights, by index, in order.
inline std::vector<std::size_t> weighted_layers(const Network& network) {
  std::vector<std::size_t> indices;
  for (std::size_t i = 0; i < network.layers.size(); ++i) {
    if (network.layers[i].has_weights()) {
      indices.push_back(i);
    }
  }
  return indices;
}

/// What a weight of the layer is multiplied with to be an integer.
inline double weight_scale(const Layer& layer) {
  return scale_of(layer.weight_format.fraction_bits);
}

}  // namespace airnn
