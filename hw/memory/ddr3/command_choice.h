// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <algorithm>
#include <cstdint>

#include "hw/common/cycle.h"
#include "hw/memory/ddr3/ddr3_timing.h"
#include "hw/memory/ddr3/dram_command.h"
#include "hw/memory/ddr3/dram_queue.h"

namespace airnn {

/// Order of preference among commands that are legal in the same cycle.
enum class CommandUrgency : std::uint64_t {
  must_refresh,
  column,
  wake_up,
  row,
  idle_refresh,
  page_timeout,
  power_saving,
};

/// The best of the commands that were offered: the first that is legal, then the most urgent, then
/// the oldest.
struct CommandChoice {
  Cycle cycle = kNever;
  std::uint64_t preference = 0;  ///< the least wins
  DramCommand command = DramCommand::activate;
  std::uint32_t bank = 0;
  DramQueue::Index request = DramQueue::kNone;

  static std::uint64_t preferred(CommandUrgency urgency, std::uint64_t order) {
    return static_cast<std::uint64_t>(urgency) << 56 | order;
  }

  /// The command may go out from `not_before` on, when the rules allow it. `order`: age of the
  /// request, or a number that settles a tie.
  void offer(const Ddr3Timing& timing, CommandUrgency urgency, std::uint64_t order,
             DramCommand offered, std::uint32_t to_bank, Cycle not_before,
             DramQueue::Index for_request = DramQueue::kNone) {
    const Cycle legal = std::max(not_before, timing.earliest(offered, to_bank));
    const std::uint64_t rank = preferred(urgency, order);
    if (legal < cycle || (legal == cycle && rank < preference)) {
      cycle = legal;
      preference = rank;
      command = offered;
      bank = to_bank;
      request = for_request;
    }
  }
};

}  // namespace airnn
