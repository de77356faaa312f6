// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <optional>

#include "hw/common/activity.h"
#include "hw/common/cycle.h"
#include "hw/control/control_events.h"

namespace airnn {

/// How the Read Weight Controller spends the cycles of its states: each is working, waiting for
/// others, or blocked by a unit that takes nothing more.
class StateCycles {
 public:
  /// A state begins in cycle t.
  void begin(Cycle t) { begin_ = t; }
  /// The state's message goes to the units in cycle t (`reset_buffers`, `configure`).
  void sent(Cycle t) { sent_ = t; }
  bool has_sent() const { return sent_ != kNever; }
  /// Nothing that the input has begun is under way any more in cycle t (state `finish`).
  void settled(Cycle t) { settled_ = t; }
  bool is_settled() const { return settled_ != kNever; }
  /// State `state` ends in cycle t; its fetches worked and were blocked for so many cycles.
  /// Nothing for `idle`, which belongs to no input.
  std::optional<CyclesSpent> end(ControllerState state, Cycle t, Cycle working, Cycle blocked);

 private:
  Cycle begin_ = 0;
  Cycle sent_ = kNever;
  Cycle settled_ = kNever;
};

}  // namespace airnn
