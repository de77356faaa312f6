// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <functional>
#include <string>

#include "hw/common/clock_domain.h"
#include "hw/common/cycle_timer.h"

namespace airnn {

/// Ends a simulation in which no unit has been at work for a number of cycles, whether the kernel
/// still has events or not.
class Watchdog final : public sc_core::sc_module {
 public:
  /// Says who waits for what; the cycle is the last in which somebody was at work.
  using Describe = std::function<std::string(Cycle since)>;

  Watchdog(const sc_core::sc_module_name& name, const ClockDomain& clock, Cycle limit,
           Describe describe);

  /// A unit is at work up to this cycle, which may lie ahead.
  void at_work(Cycle until) { last_ = until > last_ ? until : last_; }

 private:
  void look();

  const ClockDomain& clock_;
  const Cycle limit_;
  const Describe describe_;
  Cycle last_ = 0;
  CycleTimer timer_{"timer", clock_};
};

}  // namespace airnn
