// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "hw/common/clock_domain.h"
#include "hw/common/probe.h"
#include "hw/memory/ddr3/ddr3_part.h"
#include "hw/memory/ddr3/dram_events.h"

namespace airnn {

/// What a memory shows whose channel has rows and commands. Cycles of commands are those of its own
/// clock. They may be told ahead of the kernel's time, and late while no request waits
/// (catch_up()); always in the order of cycles.
class MemoryCommands {
 public:
  Probe<CommandIssued> on_command;
  Probe<RequestServed> on_served;
  Probe<ChannelSettles> on_settle;

  virtual ~MemoryCommands() = default;

  /// Told of the same as on_command and on_served; of many at once that came before, once. The
  /// listener must outlive the memory.
  virtual void listen(DramListener& listener) = 0;
  virtual const ClockDomain& ddr_clock() const = 0;
  virtual const Ddr3Part& part() const = 0;
  /// Tells listeners of all commands before the edge of this fabric cycle, before which no request
  /// may come any more. An idle channel does not wake up for them by itself; results do not depend
  /// on it.
  virtual void catch_up(Cycle cycle) = 0;
};

}  // namespace airnn
