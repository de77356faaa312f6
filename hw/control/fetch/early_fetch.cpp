// SPDX-License-Identifier: Apache-2.0
#include "hw/control/fetch/early_fetch.h"

namespace airnn {

void EarlyFetch::step(Cycle t) {
  if (!begun() || !runner_.running()) {
    return;
  }
  if (t < runner_.begin_cycle()) {
    timer_.set(runner_.begin_cycle());
    return;
  }
  runner_.run(t);
}

void EarlyFetch::wake_at_end() {
  if (done_.has_value()) {
    timer_.set(done_->end);
  }
}

bool EarlyFetch::takes(const FetchDone& done, std::uint32_t iteration) {
  if (iteration_ <= iteration || done_.has_value()) {
    return false;
  }
  done_ = done;
  done_->state = ControllerState::compute;  // in which it began
  return true;
}

}  // namespace airnn
