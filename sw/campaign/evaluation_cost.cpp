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

std::int64_t inputs_in(double seconds, const Network& network) {
  // What a processor of today does in a second, some iterations per input included.
  constexpr double kCostPerSecond = 1.5e9;
  constexpr double kMost = 1e12;
  return static_cast<std::int64_t>(
      std::clamp(seconds * kCostPerSecond / input_cost(network), 1.0, kMost));
}

}  // namespace airnn
