// SPDX-License-Identifier: Apache-2.0
#include "hw/control/state_cycles.h"

#include <utility>

namespace airnn {

std::optional<CyclesSpent> StateCycles::end(ControllerState state, Cycle t, Cycle working,
                                            Cycle blocked) {
  const Cycle spent = t - begin_;
  switch (state) {
    case ControllerState::boot:
    case ControllerState::load_input:
    case ControllerState::fetch_batch:
    case ControllerState::compute:
    case ControllerState::await_decision:
      return CyclesSpent{t, working, spent - working - blocked, blocked};
    case ControllerState::drain:
      return CyclesSpent{t, 0, spent, 0};
    case ControllerState::reset_buffers:
    case ControllerState::configure: {  // then the units must take the message
      const Cycle sent = std::exchange(sent_, kNever);
      return CyclesSpent{t, working + 1, sent - begin_ - working, t - sent - 1};
    }
    case ControllerState::finish: {  // then the host must take the result
      const Cycle settling = std::exchange(settled_, kNever) - begin_;
      return CyclesSpent{t, 1, settling, spent - settling - 1};
    }
    case ControllerState::idle:
      break;
  }
  return std::nullopt;
}

}  // namespace airnn
