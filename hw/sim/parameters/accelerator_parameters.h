// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "hw/top/accelerator_params.h"
#include "sw/config/parameter.h"

namespace airnn {

/// The section `accelerator`, but for what layers have of their own.
const ParameterTable<AcceleratorParams>& accelerator_parameters();

/// What every layer has: in `accelerator` for all of them, in `accelerator.layers.<layer>` for one.
const ParameterTable<ComputeParallelism>& layer_parameters();

}  // namespace airnn
