// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "hw/top/accelerator_params.h"
#include "sw/config/parameter.h"

namespace airnn {

/// Of the associative memory beside the multipliers; read only if it is given.
const ParameterTable<AcceleratorParams>& associative_parameters();
/// How inputs share batches of weights (docs/grouped_inputs.md).
const ParameterTable<AcceleratorParams>& group_parameters();
/// The section `accelerator.decompressor`; read only if it is given.
const ParameterTable<AcceleratorParams>& decompressor_parameters();
/// The section `accelerator`, but for what layers have of their own.
const ParameterTable<AcceleratorParams>& accelerator_parameters();

/// What every layer has: in `accelerator` for all of them, in `accelerator.layers.<layer>` for one.
const ParameterTable<ComputeParallelism>& layer_parameters();

/// What only a single layer has, in `accelerator.layers.<layer>`. Keys that are absent are no part
/// of what took effect.
ParameterTable<EngineChoice> engine_parameters(const EngineTable& engines);

}  // namespace airnn
