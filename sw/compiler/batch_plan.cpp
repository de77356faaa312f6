// SPDX-License-Identifier: Apache-2.0
#include "sw/compiler/batch_plan.h"

#include <algorithm>
#include <limits>

#include "sw/compiler/weighted_layers.h"

namespace airnn {

namespace {

ValueSpan whole_layer(const Layer& layer) {
  return {std::numeric_limits<float>::lowest(), std::numeric_limits<float>::max(),
          static_cast<std::size_t>(layer.weights)};
}

BatchPlan::Batches batches_of(const std::vector<Cluster>& clusters, BatchOrder order) {
  std::vector<double> means;
  for (const Cluster& cluster : clusters) {
    means.push_back(cluster.mean);
  }
  const auto span = [&](int k) {
    if (k == kNoCluster) {
      return ValueSpan{};
    }
    const Cluster& cluster = clusters[static_cast<std::size_t>(k)];
    return ValueSpan{cluster.lowest, cluster.highest, cluster.weights};
  };
  BatchPlan::Batches batches;
  for (const Batch& batch : order_batches(means, order)) {
    batches.push_back({span(batch.first), span(batch.second)});
  }
  return batches;
}

}  // namespace

ValueSpan BatchPlan::span(std::size_t layer, int iteration, std::size_t slot) const {
  const auto batch = static_cast<std::size_t>(iteration - 1);
  return batch < layers[layer].size() ? layers[layer][batch][slot] : ValueSpan{};
}

BatchPlan plan_batches(const Network& network, const NetworkClusters& clusters,
                       const std::vector<bool>& always_loaded, BatchOrder order) {
  BatchPlan plan;
  plan.layers.resize(network.layers.size());
  for (const std::size_t i : weighted_layers(network)) {
    BatchPlan::Batches& batches = plan.layers[i];
    if (always_loaded[i]) {
      batches.push_back({whole_layer(network.layers[i]), ValueSpan{}});
    } else {
      batches = batches_of(clusters.layers[i].clustering.clusters, order);
    }
    plan.iterations = std::max(plan.iterations, static_cast<int>(batches.size()));
  }
  return plan;
}

}  // namespace airnn
