// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <vector>

#include "hw/memory/flat/flat_memory.h"
#include "sw/config/config_reader.h"
#include "sw/config/parameter.h"

namespace airnn {

/// Reads the keys of `model: flat`; throws ConfigError.
FlatMemoryParams read_flat_config(const ConfigReader& reader);

/// The keys there are.
std::vector<ParameterSection> flat_config_sections();

}  // namespace airnn
