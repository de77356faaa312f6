// SPDX-License-Identifier: Apache-2.0
#include "hw/sim/observers/monitor_observer.h"

#include <utility>

namespace airnn {

MonitorObserver::MonitorObserver(WeightDecoders decoders, ViolationSink sink)
    : decoders_(std::move(decoders)), sink_(std::move(sink)) {}

void MonitorObserver::attach(const ObservedRun& run) {
  monitors_ = std::make_unique<ProtocolMonitors>(run.machine, *run.taps, run.params, run.image,
                                                 decoders_, sink_);
}

void MonitorObserver::complete() {
  monitors_->finish();
}

}  // namespace airnn
