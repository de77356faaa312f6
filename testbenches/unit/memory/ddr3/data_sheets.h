// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <vector>

#include "hw/memory/ddr3/ddr3_part.h"

namespace airnn::test {

/// DDR3-1600K, eight 4 Gbit devices of 8 bits at 1.35 V: what other simulators were compared with.
Ddr3Part reference_part();

/// Eight 2 Gbit devices of 8 bits of Micron's power note TN-41-01.
Ddr3Part power_note_part();

/// One rank of each published device, as DRAMPower and DRAMsim3 have them.
std::vector<Ddr3Part> published_parts();
/// The one of this name.
Ddr3Part published_part(const std::string& name);

}  // namespace airnn::test
