// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <vector>

#include "hw/top/accelerator_params.h"
#include "sw/results/priced_action.h"

namespace airnn {

/// What a machine counts that runs images of this network, in the order of files: what every
/// machine does, and what its own units add. Nothing else may be counted in it.
std::vector<PricedAction> counted_actions(const AcceleratorParams& params, const Network& network);

}  // namespace airnn
