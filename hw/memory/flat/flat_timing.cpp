// SPDX-License-Identifier: Apache-2.0
#include "hw/memory/flat/flat_timing.h"

namespace airnn {

Cycle FlatTiming::complete(Cycle arrival) {
  const bool pending = arrival < last_;
  last_ = pending ? last_ + burst_interval_ : arrival + latency_;
  return last_;
}

}  // namespace airnn
