// SPDX-License-Identifier: Apache-2.0
#include "sw/compiler/cluster_arrays.h"

#include <algorithm>

#include "sw/compiler/weight_rounding.h"
#include "sw/compiler/weighted_layers.h"

namespace airnn {

namespace {

void append_layer(const Network& network, std::size_t index, const std::vector<float>& weights,
                  const ValueSpan& span, const TuningMap* tuning, CrsCluster& arrays) {
  if (span.weights == 0) {
    return;
  }
  const Layer& layer = network.layers[index];
  const WeightRounding rounding(layer, tuning);
  const float* weight = weights.data();
  const auto rows = static_cast<std::uint32_t>(layer.kernels);
  const auto columns = static_cast<std::uint32_t>(layer.columns);
  for (std::uint32_t row = 0; row < rows; ++row) {
    for (std::uint32_t column = 0; column < columns; ++column, ++weight) {
      if (!span.holds(*weight)) {
        continue;
      }
      const std::int32_t value = rounding(*weight);
      if (value != 0) {
        arrays.append({value, column, row, static_cast<std::uint32_t>(index)});
      }
    }
  }
}

}  // namespace

ClusterArrays cluster_arrays(const Network& network, const std::vector<LayerParameters>& parameters,
                             const BatchPlan& plan, int iteration, std::size_t slot,
                             const NetworkTuning& tuning) {
  const std::vector<std::size_t> layers = weighted_layers(network);
  std::size_t weights = 0;
  for (const std::size_t i : layers) {
    weights += plan.span(i, iteration, slot).weights;
  }
  ClusterArrays cluster;
  cluster.arrays.value.reserve(weights);
  cluster.arrays.column.reserve(weights);
  for (const std::size_t i : layers) {
    cluster.value_begin.push_back(cluster.arrays.value.size());
    cluster.row_begin.push_back(cluster.arrays.row.size());
    append_layer(network, i, parameters[i].weights, plan.span(i, iteration, slot),
                 tuning_of(tuning, i), cluster.arrays);
  }
  cluster.value_begin.push_back(cluster.arrays.value.size());
  cluster.row_begin.push_back(cluster.arrays.row.size());
  return cluster;
}

CrsCluster layer_cluster(const Network& network, std::size_t layer,
                         const std::vector<float>& weights, const ValueSpan& span) {
  CrsCluster cluster;
  append_layer(network, layer, weights, span, nullptr, cluster);
  return cluster;
}

std::vector<std::int32_t> dense_weights(const Layer& layer, const std::vector<float>& weights,
                                        const TuningMap* tuning) {
  std::vector<std::int32_t> integers(weights.size());
  std::transform(weights.begin(), weights.end(), integers.begin(), WeightRounding(layer, tuning));
  return integers;
}

}  // namespace airnn
