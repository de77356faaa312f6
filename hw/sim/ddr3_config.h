// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <vector>

#include "hw/memory/ddr3/ddr3_controller.h"
#include "sw/config/config_reader.h"
#include "sw/config/parameter.h"

namespace airnn {

/// Reads and checks the keys of `model: ddr3`; throws ConfigError.
Ddr3ControllerParams read_ddr3_config(const ConfigReader& reader);

/// The keys there are.
std::vector<ParameterSection> ddr3_config_sections();

}  // namespace airnn
