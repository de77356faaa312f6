// SPDX-License-Identifier: Apache-2.0
#include "hw/sim/observers/mesh_observer.h"

namespace airnn {

void MeshObserver::attach(const ObservedRun& run) {
  mesh_.listen(monitor_);
  run.machine.controller->on_state.listen([this](const StateEntered& e) {
    if (e.state == ControllerState::idle) {
      mesh_.run_until(e.cycle);
      monitor_.finish(e.cycle);
    }
  });
}

}  // namespace airnn
