// SPDX-License-Identifier: Apache-2.0
#include "sw/compiler/binned_model.h"

#include <algorithm>
#include <cstddef>
#include <iterator>
#include <set>
#include <utility>

#include "sw/compiler/kmeans.h"
#include "sw/compiler/parallel_for.h"
#include "sw/compiler/weight_rounding.h"
#include "sw/compiler/weighted_layers.h"

namespace airnn {

namespace {

void bin_weights(std::vector<float>& weights, int bins) {
  std::vector<float> values;
  values.reserve(weights.size());
  std::copy_if(weights.begin(), weights.end(), std::back_inserter(values),
               [](float weight) { return weight != 0; });
  const bool has_zeros = values.size() < weights.size();
  const Clustering found = cluster_values(SortedValues(std::move(values)),
                                          has_zeros ? bins - 1 : bins, InitMethod::optimal, 0);
  for (float& weight : weights) {
    if (weight == 0) {
      continue;
    }
    const auto bin = std::lower_bound(
        found.clusters.begin(), found.clusters.end(), weight,
        [](const Cluster& cluster, float value) { return cluster.highest < value; });
    weight = static_cast<float>(bin->mean);
  }
}

}  // namespace

Model binned_model(Model model, int bins, int threads, const Checkpoint& checkpoint) {
  const std::vector<std::size_t> layers = weighted_layers(model.network);
  parallel_for(layers.size(), threads, [&](std::size_t i) {
    pass(checkpoint);
    bin_weights(model.parameters[layers[i]].weights, bins);
  });
  return model;
}

std::vector<std::int32_t> codebook_of(const Layer& layer, const std::vector<float>& weights) {
  const WeightRounding rounding(layer);
  const std::set<float> values(weights.begin(), weights.end());
  std::set<std::int32_t> centres;
  for (const float value : values) {
    centres.insert(rounding(value));
  }
  return {centres.begin(), centres.end()};
}

}  // namespace airnn
