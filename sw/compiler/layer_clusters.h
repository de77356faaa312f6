// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <vector>

#include "sw/compiler/checkpoint.h"
#include "sw/compiler/cluster_spec.h"
#include "sw/compiler/kmeans.h"
#include "sw/model/model.h"

namespace airnn {

/// Clusters of one layer, and the curve if an elbow was wanted for it or for the network.
struct LayerClusters {
  Clustering clustering;
  std::vector<double> curve;  ///< normalised
};

struct NetworkClusters {
  std::vector<LayerClusters> layers;  ///< one per layer of the network
  std::vector<double> average_curve;
  int network_elbow = 0;
};

struct ClusteringOptions {
  std::vector<ClusterCount> counts;  ///< one per layer
  std::vector<bool> clustered;       ///< one per layer: layers that are not, stay empty
  InitMethod init = InitMethod::optimal;
  std::uint64_t seed = 1;
  int threads = 1;
  Checkpoint checkpoint;  ///< passed in each layer, and in each point of its curve
};

/// Clusters each layer's stored weights by value (paper, section IV): those that are not zero in
/// the weight format of `network`, whose formats are chosen.
NetworkClusters cluster_layers(const Network& network,
                               const std::vector<LayerParameters>& parameters,
                               const ClusteringOptions& options);

}  // namespace airnn
