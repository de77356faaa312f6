// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>
#include <vector>

#include "sw/compiler/network_tuning.h"
#include "sw/multiplier/layer_elements.h"

namespace airnn {

/// The layers that `--tune-weights` names: `none`, `all` of those with an element, or some of
/// these, by name. Those whose multipliers are exact have nothing to be tuned for. Throws UserError
/// if there are no elements, for a layer that has none, and for an unknown one, with the nearest
/// name.
TunedTables tuned_layers(const std::vector<std::string>& names, const Network& network,
                         const LayerElements& elements);

}  // namespace airnn
