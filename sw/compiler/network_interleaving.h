// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <vector>

#include "sw/compiler/batch_plan.h"
#include "sw/compiler/checkpoint.h"
#include "sw/compiler/interleave_options.h"
#include "sw/compiler/kernel_arrivals.h"
#include "sw/compiler/layer_interleaving.h"
#include "sw/compiler/network_tuning.h"
#include "sw/model/model.h"

namespace airnn {

/// In which iteration each weight of a layer is fetched; weights that come after iteration `last`,
/// and those that are zero as they are stored are left out.
KernelArrivals kernel_arrivals(const Layer& layer, const std::vector<float>& weights,
                               const BatchPlan& plan, std::size_t index, int last,
                               const TuningMap* tuning = nullptr);

/// The compiler's fourth stage: the groups of all layers, one entry per layer; those that cannot be
/// interleaved have no iterations. Passes the checkpoint in each iteration of each layer.
std::vector<LayerInterleaving> interleave_network(const Network& network,
                                                  const std::vector<LayerParameters>& parameters,
                                                  const BatchPlan& plan,
                                                  const InterleaveOptions& options, int threads,
                                                  const NetworkTuning& tuning = {},
                                                  const Checkpoint& checkpoint = {});

}  // namespace airnn
