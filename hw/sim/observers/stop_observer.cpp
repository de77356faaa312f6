// SPDX-License-Identifier: Apache-2.0
#include "hw/sim/observers/stop_observer.h"

#include <utility>

#include "hw/sim/run_failure.h"

namespace airnn {

StopObserver::StopObserver(std::function<bool()> give_up) : give_up_(std::move(give_up)) {}

void StopObserver::ask() const {
  if (give_up_()) {
    throw RunError({FailureKind::stopped, "the run was given up"});
  }
}

void StopObserver::attach(const ObservedRun& run) {
  run.machine.controller->on_state.listen([this](const StateEntered&) { ask(); });
  for (const std::unique_ptr<LayerUnit>& layer : run.machine.layers) {
    layer->on_done.listen([this](const LayerDone&) { ask(); });
  }
}

}  // namespace airnn
