// SPDX-License-Identifier: Apache-2.0
#include "hw/sim/observers/wave_observer.h"

namespace airnn {

WaveObserver::WaveObserver(const WaveOptions& options, LinkInsight* link)
    : options_(options), link_(link) {}

void WaveObserver::attach(const ObservedRun& run) {
  wave_ = std::make_unique<WaveAttachment>(options_, run.params, run.machine, *run.taps,
                                           run.image.network(), link_);
}

void WaveObserver::complete() {
  if (link_ != nullptr) {
    link_->catch_up(kNever);
  }
}

void WaveObserver::close() {
  wave_->finish();
}

}  // namespace airnn
