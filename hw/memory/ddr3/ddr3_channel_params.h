// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <string>

#include "hw/memory/ddr3/ddr3_part.h"

namespace airnn {

enum class DramScheduling : std::uint8_t { fcfs, fr_fcfs };
enum class PagePolicy : std::uint8_t { open, closed, adaptive };

/// A memory controller for one channel; docs/units/ddr3_controller.md says what each does.
struct Ddr3ChannelParams {
  Ddr3Part part;
  std::string mapping = "ro:ba:co";  ///< from the most significant address bit (AddressMap)

  DramScheduling scheduling = DramScheduling::fr_fcfs;
  std::uint32_t hit_cap = 0;  ///< column commands to a row while an older request waits; 0: no cap
  PagePolicy page_policy = PagePolicy::open;
  /// adaptive: an open row that nobody used for so long is closed; 0: never for that reason.
  Cycle page_timeout_cycles = 128;

  std::uint32_t read_queue = 32;  ///< entries, at most 64
  std::uint32_t write_queue = 32;
  std::uint32_t drain_high_percent = 80;  ///< more writes than this: writes have the bus
  std::uint32_t drain_low_percent = 20;   ///< fewer than this: reads have it again

  bool refresh = true;
  std::uint32_t max_postponed = 0;  ///< refreshes, 0 to 8
  std::uint32_t max_pulled_in = 0;  ///< refreshes, 0 to 8

  Cycle power_down_after_cycles = 0;    ///< idle time before power-down; 0: never
  Cycle self_refresh_after_cycles = 0;  ///< idle time before self-refresh; 0: never

  Cycle front_end_cycles = 1;  ///< acceptance of a request to the first cycle that can serve it

  /// False: in each event everything is looked at anew. Commands are the same; for tests, which
  /// prove the shortcuts by it.
  bool takes_shortcuts = true;
};

}  // namespace airnn
