// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstddef>
#include <cstdint>
#include <vector>

#include "sw/compiler/batch_plan.h"
#include "sw/compiler/network_tuning.h"
#include "sw/format/crs.h"
#include "sw/model/model.h"

namespace airnn {

/// One cluster of one batch over all layers, and where each layer with weights begins in it; the
/// last entry is the end.
struct ClusterArrays {
  CrsCluster arrays;
  std::vector<std::size_t> value_begin;
  std::vector<std::size_t> row_begin;
};

/// The weights that cluster `slot` of an iteration fetches. Zeros are not stored.
ClusterArrays cluster_arrays(const Network& network, const std::vector<LayerParameters>& parameters,
                             const BatchPlan& plan, int iteration, std::size_t slot,
                             const NetworkTuning& tuning = {});

/// Of one layer, the weights of a span.
CrsCluster layer_cluster(const Network& network, std::size_t layer,
                         const std::vector<float>& weights, const ValueSpan& span);

/// All weights of a layer as integers, zeros included.
std::vector<std::int32_t> dense_weights(const Layer& layer, const std::vector<float>& weights,
                                        const TuningMap* tuning = nullptr);

}  // namespace airnn
