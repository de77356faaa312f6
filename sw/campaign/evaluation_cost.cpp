// SPDX-License-Identifier: Apache-2.0
#include "sw/campaign/evaluation_cost.h"

#include <algorithm>

namespace airnn {

double input_cost(const Network& network) {
  // What an input costs whatever its network, in multiplications.
  constexpr double kFixed = 5e5;
  double multiplications = kFixed;
  for (const Layer& layer : network.layers) {
    const double positions = static_cast<double>(layer.result.height) * layer.result.width;
    multiplications += static_cast<double>(layer.kernels) * static_cast<double>(layer.columns) *
                       (layer.kind == LayerKind::convolution ? positions : 1.0);
  }
  return multiplications;
}

std::int64_t piece_inputs(const Network& network, std::int64_t most) {
  constexpr double kMinute = 1e11;
  constexpr std::int64_t kFewest = 16;
  const auto fitting = static_cast<std::int64_t>(kMinute / input_cost(network));
  return std::min(most, std::max(fitting, kFewest));
}

}  // namespace airnn
