// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <vector>

#include "hw/rtl/rtl_unit.h"
#include "sw/config/config_reader.h"
#include "sw/config/parameter.h"

namespace airnn {

/// Reads the section `rtl` of a run, in which units have libraries, and puts these into the
/// machine, of which everything else is known. Throws ConfigError.
void read_rtl(const ConfigReader& run, const Network& network, const RtlTable& units,
              AcceleratorParams& params);

/// The keys of the section.
std::vector<ParameterSection> rtl_parameters(const RtlTable& units);

}  // namespace airnn
