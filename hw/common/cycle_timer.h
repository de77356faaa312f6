// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "hw/common/clock_domain.h"

namespace airnn {

/// Wakes one process at a chosen cycle.
class CycleTimer {
 public:
  CycleTimer(const char* name, const ClockDomain& clock) : clock_(clock), event_(name) {}

  /// Replaces an earlier appointment.
  void set(Cycle cycle) {
    event_.cancel();
    event_.notify(clock_.until(cycle));
  }
  void cancel() { event_.cancel(); }
  const sc_core::sc_event& event() const { return event_; }

 private:
  const ClockDomain& clock_;
  sc_core::sc_event event_;
};

}  // namespace airnn
