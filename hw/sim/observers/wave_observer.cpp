// SPDX-License-Identifier: Apache-2.0
#include "hw/sim/observers/wave_observer.h"

namespace airnn {

WaveObserver::WaveObserver(const WaveOptions& options) : options_(options) {}

void WaveObserver::attach(const ObservedRun& run) {
  wave_ = std::make_unique<WaveAttachment>(options_, run.params, run.machine, *run.taps,
                                           run.image.network());
}

void WaveObserver::close() {
  wave_->finish();
}

}  // namespace airnn
