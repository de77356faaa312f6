// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <array>
#include <cstddef>
#include <vector>

#include "sw/compiler/cluster_order.h"
#include "sw/compiler/layer_clusters.h"
#include "sw/format/network.h"

namespace airnn {

/// Clusters of a batch.
inline constexpr std::size_t kSlots = 2;

/// The values of one layer that belong to one cluster; nothing if `lowest` > `highest`.
struct ValueSpan {
  float lowest = 1;
  float highest = 0;
  std::size_t weights = 0;

  bool holds(float value) const { return value >= lowest && value <= highest; }
};

/// Which values of each layer each iteration fetches.
struct BatchPlan {
  using Batches = std::vector<std::array<ValueSpan, kSlots>>;

  int iterations = 1;
  std::vector<Batches> layers;  ///< one per layer; some are complete before the last iteration

  /// Of cluster `slot` of an iteration, from 1.
  ValueSpan span(std::size_t layer, int iteration, std::size_t slot) const;
};

/// The compiler's third stage. The first cluster of a batch is the one with the larger mean. A
/// layer that is always loaded is the first cluster of iteration 1.
BatchPlan plan_batches(const Network& network, const NetworkClusters& clusters,
                       const std::vector<bool>& always_loaded, BatchOrder order);

}  // namespace airnn
