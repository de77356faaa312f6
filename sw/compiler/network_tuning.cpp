// SPDX-License-Identifier: Apache-2.0
#include "sw/compiler/network_tuning.h"

#include <fmt/format.h>

#include <algorithm>
#include <iterator>

#include "sw/compiler/weight_rounding.h"
#include "sw/compiler/weighted_layers.h"
#include "sw/format/errors.h"
#include "sw/format/shown_text.h"

namespace airnn {

namespace {

/// An image has every cluster that its layers have.
void check_clusters_left(const Layer& layer, const BatchPlan::Batches& batches,
                         const std::vector<float>& weights, const WeightRounding& rounding) {
  std::vector<ValueSpan> emptied;
  for (const auto& batch : batches) {
    std::copy_if(batch.begin(), batch.end(), std::back_inserter(emptied),
                 [](const ValueSpan& span) { return span.weights > 0; });
  }
  for (const float weight : weights) {
    if (emptied.empty()) {
      return;
    }
    if (rounding(weight) != 0) {
      emptied.erase(std::remove_if(emptied.begin(), emptied.end(),
                                   [&](const ValueSpan& span) { return span.holds(weight); }),
                    emptied.end());
    }
  }
  if (!emptied.empty()) {
    throw UserError(fmt::format(
        "--tune-weights: layer '{}': nothing is left of the cluster from {:.6g} to {:.6g}, as zero "
        "is better than what the multipliers make of its weights; expected other multipliers, or "
        "that the layer is not tuned",
        shown(layer.name), emptied.front().lowest, emptied.front().highest));
  }
}

}  // namespace

const TuningMap* tuning_of(const NetworkTuning& tuning, std::size_t layer) {
  return layer < tuning.size() && tuning[layer] ? &*tuning[layer] : nullptr;
}

NetworkTuning tune_layers(const Network& network, const TunedTables& tables) {
  NetworkTuning tuning(tables.size());
  for (std::size_t i = 0; i < tables.size(); ++i) {
    if (tables[i] != nullptr) {
      const bool is_unsigned = network.format_of(network.layers[i].source).is_unsigned;
      tuning[i] = tuning_map(*tables[i], is_unsigned ? kMaxUnsigned : kMaxSigned, kMaxSigned);
    }
  }
  return tuning;
}

Network tuned_network(Network network, const std::vector<LayerParameters>& parameters,
                      const BatchPlan& plan, const NetworkTuning& tuning) {
  for (const std::size_t i : weighted_layers(network)) {
    if (const TuningMap* map = tuning_of(tuning, i)) {
      Layer& layer = network.layers[i];
      const WeightRounding rounding(layer, map);
      layer.is_tuned = true;
      count_stored(parameters[i].weights, rounding, layer);
      if (layer.clusters > 0) {
        check_clusters_left(layer, plan.layers[i], parameters[i].weights, rounding);
      }
    }
  }
  return network;
}

}  // namespace airnn
