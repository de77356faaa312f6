// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>

#include "sw/config/config_reader.h"
#include "sw/multiplier/multiplier_library.h"

namespace airnn {

/// Reads what stands under a multiplier's name: either `formula` with the parameters of its family,
/// or `table` with its `crc32c`; `relative_energy`, which may be left out where the family has a
/// rule; `source`. Throws ConfigError.
Multiplier read_multiplier(const std::string& name, const ConfigReader& reader);

}  // namespace airnn
