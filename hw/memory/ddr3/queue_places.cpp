// SPDX-License-Identifier: Apache-2.0
#include "hw/memory/ddr3/queue_places.h"

namespace airnn {

void QueuePlaces::pass(Cycle t) {
  while (!coming_.empty() && coming_.front() <= t) {
    coming_.pop_front();
    ++free_;
  }
}

bool QueuePlaces::take(Cycle t) {
  pass(t);
  if (free_ == 0) {
    return false;
  }
  --free_;
  return true;
}

}  // namespace airnn
