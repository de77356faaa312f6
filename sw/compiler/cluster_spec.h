// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <map>
#include <string>
#include <vector>

#include "sw/format/network.h"

namespace airnn {

/// How many clusters: a number, or what the elbow method says.
struct ClusterCount {
  int clusters = 0;        ///< 0: elbow
  bool own_curve = false;  ///< elbow of the layer's own curve instead of the network's average

  bool is_elbow() const { return clusters == 0; }
};

/// What `--clusters` says: "elbow", "10", "conv1=8,fc1=12" (the others: elbow),
/// "10,conv1=8,fc1=elbow". `elbow` for the network means one K from the average curve of all
/// clustered layers; for a single layer it means the elbow of the layer's own curve.
struct ClusterSpec {
  ClusterCount network;
  std::map<std::string, ClusterCount> layers;
};

/// Throws UserError unless the text is a comma-separated list of `elbow`, a number 1..kMaxClusters,
/// and `layer=elbow|number`, where neither the network nor a layer comes twice.
ClusterSpec parse_cluster_spec(const std::string& text);

/// The text that stands for it.
std::string cluster_spec_text(const ClusterSpec& spec);

/// One count per layer of the network. Throws UserError with the nearest name for an unknown layer.
std::vector<ClusterCount> counts_per_layer(const ClusterSpec& spec, const Network& network);

}  // namespace airnn
