// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "hw/common/cycle.h"

namespace airnn {

/// Timing of a memory without state (Table VII): a burst that meets an idle memory is complete
/// `latency` cycles later; while bursts are pending one more is complete every `burst_interval`
/// cycles.
class FlatTiming {
 public:
  FlatTiming(Cycle latency, Cycle burst_interval)
      : latency_(latency), burst_interval_(burst_interval) {}

  /// Cycle in which the burst that is requested at `arrival` is complete. Arrivals must not
  /// descend.
  Cycle complete(Cycle arrival);
  /// Cycle of the last completion so far.
  Cycle busy_until() const { return last_; }
  /// Goes on as if bursts had been served, the last of them until this cycle.
  void skip_to(Cycle last) { last_ = last; }

 private:
  Cycle latency_;
  Cycle burst_interval_;
  Cycle last_ = 0;
};

}  // namespace airnn
