// SPDX-License-Identifier: Apache-2.0
#include "sw/compiler/network_interleaving.h"

#include <algorithm>
#include <utility>

#include "sw/compiler/parallel_for.h"
#include "sw/compiler/weight_rounding.h"

namespace airnn {

KernelArrivals kernel_arrivals(const Layer& layer, const std::vector<float>& weights,
                               const BatchPlan& plan, std::size_t index, int last,
                               const TuningMap* tuning) {
  std::vector<std::pair<ValueSpan, std::uint32_t>> spans;
  for (int iteration = 1; iteration <= last; ++iteration) {
    for (std::size_t slot = 0; slot < kSlots; ++slot) {
      spans.emplace_back(plan.span(index, iteration, slot), static_cast<std::uint32_t>(iteration));
    }
  }
  const auto columns = static_cast<std::size_t>(layer.columns);
  const WeightRounding rounding(layer, tuning);
  KernelArrivals kernels(static_cast<std::size_t>(layer.kernels));
  for (std::size_t w = 0; w < weights.size(); ++w) {
    const auto found = std::find_if(
        spans.begin(), spans.end(),
        [weight = weights[w]](const auto& candidate) { return candidate.first.holds(weight); });
    if (found != spans.end() && rounding(weights[w]) != 0) {
      kernels[w / columns].push_back({static_cast<std::uint32_t>(w % columns), found->second});
    }
  }
  return kernels;
}

std::vector<LayerInterleaving> interleave_network(const Network& network,
                                                  const std::vector<LayerParameters>& parameters,
                                                  const BatchPlan& plan,
                                                  const InterleaveOptions& options, int threads,
                                                  const NetworkTuning& tuning,
                                                  const Checkpoint& checkpoint) {
  // The choice of blocks looks at the sparse iterations, whatever is interleaved.
  const int last = std::min(plan.iterations, std::max(options.iterations, kSparseIterations));
  std::vector<LayerInterleaving> layers(network.layers.size());
  parallel_for(layers.size(), threads, [&](std::size_t i) {
    const Layer& layer = network.layers[i];
    if (can_be_interleaved(layer)) {
      layers[i] = interleave_layer(
          layer, kernel_arrivals(layer, parameters[i].weights, plan, i, last, tuning_of(tuning, i)),
          plan.iterations, options, checkpoint);
    }
  });
  return layers;
}

}  // namespace airnn
