// SPDX-License-Identifier: Apache-2.0
#include "sw/compiler/weight_rounding.h"

#include <algorithm>

namespace airnn {

void count_stored(const std::vector<float>& weights, const WeightRounding& rounding, Layer& layer) {
  layer.zeros = std::count_if(weights.begin(), weights.end(),
                              [&](float weight) { return rounding(weight) == 0; });
  layer.weights = static_cast<std::int64_t>(weights.size()) - layer.zeros;
}

}  // namespace airnn
