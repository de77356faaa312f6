// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <vector>

#include "hw/link/fault/fault.h"
#include "sw/config/config_reader.h"
#include "sw/format/network.h"

namespace airnn {

/// Reads the list `faults` of a run file (docs/faults.md); absent: none. Throws ConfigError.
std::vector<Fault> read_faults(const ConfigReader& run, const Network& network);

}  // namespace airnn
