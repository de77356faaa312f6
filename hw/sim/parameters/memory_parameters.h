// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "hw/memory/ddr3/ddr3_controller.h"
#include "hw/memory/flat/flat_memory.h"
#include "sw/config/parameter.h"

namespace airnn {

/// The section `memory` of model flat.
const ParameterTable<FlatMemoryParams>& flat_memory_parameters();

/// The sections of `memory` of model ddr3: what stands before its sections, they, and behind them.
const ParameterTable<Ddr3Part>& ddr3_part_parameters();
const ParameterTable<Ddr3Geometry>& ddr3_geometry_parameters();
const ParameterTable<Ddr3TimingParams>& ddr3_timing_parameters();
const ParameterTable<Ddr3Currents>& ddr3_current_parameters();
const ParameterTable<Ddr3ChannelParams>& ddr3_channel_parameters();
const ParameterTable<Ddr3ControllerParams>& ddr3_controller_parameters();

}  // namespace airnn
