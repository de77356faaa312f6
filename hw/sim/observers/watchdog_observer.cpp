// SPDX-License-Identifier: Apache-2.0
#include "hw/sim/observers/watchdog_observer.h"

#include <utility>

namespace airnn {

WatchdogObserver::WatchdogObserver(Cycle limit, Watchdog::Describe describe)
    : limit_(limit), describe_(std::move(describe)) {}

void WatchdogObserver::attach(const ObservedRun& run) {
  Accelerator& machine = run.machine;
  watchdog_ = std::make_unique<Watchdog>("watchdog", machine.fabric(), limit_, describe_);
  const auto listen = [watchdog = watchdog_.get()](Probe<CyclesSpent>& probe) {
    probe.listen([watchdog](const CyclesSpent& e) { watchdog->at_work(e.until); });
  };
  listen(machine.memory->on_cycles);
  listen(machine.controller->on_cycles);
  listen(machine.addresses->on_cycles);
  for (const std::unique_ptr<LayerUnit>& layer : machine.layers) {
    listen(layer->on_cycles);
  }
  listen(machine.score->on_cycles);
}

}  // namespace airnn
