// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstddef>
#include <memory>
#include <optional>
#include <vector>

#include "sw/compiler/batch_plan.h"
#include "sw/format/network.h"
#include "sw/model/model.h"
#include "sw/multiplier/weight_tuning.h"

namespace airnn {

/// Per layer, the table that its weights are tuned for; null: they stay as they are. Without
/// entries no layer is tuned.
using TunedTables = std::vector<std::shared_ptr<const ProductTable>>;

/// Per layer, what its weights become; nothing: what they are. Without entries no layer is tuned.
using NetworkTuning = std::vector<std::optional<TuningMap>>;

/// Null: the layer is not tuned.
const TuningMap* tuning_of(const NetworkTuning& tuning, std::size_t layer);

/// The compiler's stage behind batches: the weights that take the place of others, chosen for
/// activations as they are in the layers' sources, whose formats are known.
NetworkTuning tune_layers(const Network& network, const TunedTables& tables);

/// The network says which layers are tuned, and counts the weights that they store then. Throws
/// UserError for a layer that has a cluster of which nothing is left: zero is better than what its
/// multipliers make of these weights.
Network tuned_network(Network network, const std::vector<LayerParameters>& parameters,
                      const BatchPlan& plan, const NetworkTuning& tuning);

}  // namespace airnn
