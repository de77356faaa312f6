// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "hw/common/cycle.h"
#include "hw/dram/ddr3_channel_params.h"
#include "hw/dram/dram_events.h"

namespace airnn {

/// A read or write of one 64-byte burst.
struct DramRequest {
  std::uint64_t id = 0;       ///< comes back with RequestServed
  std::uint64_t address = 0;  ///< of any byte of the burst; wraps at the capacity
  bool is_write = false;
  Cycle arrival = 0;  ///< for RequestServed; may lie before the cycle of acceptance
};

// The class Ddr3Channel follows.

}  // namespace airnn
