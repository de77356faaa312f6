// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <string>

#include "hw/memory/ddr3/ddr3_controller.h"

namespace airnn::test {

/// A DDR3 memory of any settings that make its answers depend on what was before: rows so short and
/// refreshes so many that a run of few reads meets them all. It holds 8 MiB or more.
Ddr3ControllerParams random_ddr3(std::uint64_t seed);

/// What was drawn, for messages.
std::string text_of(const Ddr3ControllerParams& params);

}  // namespace airnn::test
