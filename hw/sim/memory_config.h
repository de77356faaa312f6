// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <vector>

#include "hw/top/accelerator_params.h"
#include "sw/config/config_reader.h"
#include "sw/config/parameter.h"

namespace airnn {

/// Reads and checks a file of configs/memory, or the section `memory` of a run; throws ConfigError.
MemoryConfig read_memory_config(const ConfigReader& reader);

/// The keys that such a file may have.
std::vector<ParameterSection> memory_parameters();

}  // namespace airnn
