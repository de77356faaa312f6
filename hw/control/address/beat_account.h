// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <algorithm>
#include <optional>

#include "hw/common/activity.h"

namespace airnn {

/// Cycles of Buffer Address Calculation: it works while a beat is in its pipeline, and waits for
/// credit while a beat waits for free slots.
class BeatAccount {
 public:
  explicit BeatAccount(Cycle latency_cycles) : latency_cycles_(latency_cycles) {}

  /// A beat is there in this cycle, and cannot be taken.
  void block(Cycle cycle) { blocked_since_ = blocked_since_.value_or(cycle); }

  /// A beat is taken in this cycle.
  CyclesSpent beat(Cycle pop) {
    const Cycle until = pop + latency_cycles_;
    // A cycle with another beat in the pipeline is a working one.
    const Cycle blocked_from = std::max(blocked_since_.value_or(pop), busy_until_);
    const CyclesSpent spent{until, until - std::max(pop, busy_until_), 0,
                            blocked_from < pop ? pop - blocked_from : 0};
    busy_until_ = until;
    blocked_since_.reset();
    return spent;
  }

  /// A train whose first beat is taken in `first` needs `working` cycles up to `until`, if nothing
  /// else is in the pipeline.
  CyclesSpent train(Cycle first, Cycle until, Cycle working) {
    // A single beat before may still be in the pipeline.
    const Cycle shared = busy_until_ > first ? busy_until_ - first : 0;
    busy_until_ = until;
    return {until, working - shared, 0, 0};
  }

 private:
  const Cycle latency_cycles_;
  Cycle busy_until_ = 0;
  std::optional<Cycle> blocked_since_;
};

}  // namespace airnn
