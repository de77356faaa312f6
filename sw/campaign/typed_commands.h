// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>
#include <vector>

#include "sw/evaluate/experiment.h"
#include "sw/evaluate/plan.h"
#include "sw/format/network.h"
#include "sw/multiplier/layer_elements.h"

namespace airnn {

/// What a user types for the same as a point of an evaluation; files without folders.
std::vector<std::string> typed_commands(const Settings& settings, const PlannedNetwork& network,
                                        bool simulates);

/// The same of a machine whose configuration says what layers multiply by: the image is compiled
/// for a file that says it, too.
std::vector<std::string> typed_commands(const Settings& settings, const PlannedNetwork& network,
                                        const LayerElements& elements, const Network& layers);

}  // namespace airnn
