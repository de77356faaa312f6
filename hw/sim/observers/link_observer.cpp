// SPDX-License-Identifier: Apache-2.0
#include "hw/sim/observers/link_observer.h"

namespace airnn {

void LinkObserver::attach(const ObservedRun& run) {
  run.machine.controller->on_state.listen([this](const StateEntered& e) {
    recorder_.linked(link_.work_until(e.cycle));
    const LinkRecord* const loads = e.state == ControllerState::idle ? link_.loads() : nullptr;
    if (loads != nullptr) {
      recorder_.loaded(*loads);
    }
  });
}

}  // namespace airnn
