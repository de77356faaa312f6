// SPDX-License-Identifier: Apache-2.0
#include "hw/memory/ddr3/working_cycles.h"

#include <algorithm>

namespace airnn {

std::optional<CyclesSpent> WorkingCycles::response(Cycle cycle) {
  for (; !begins_.empty() && begins_.front() <= cycle; begins_.pop_front()) {
    if (under_way_++ == 0) {
      since_ = std::max(begins_.front(), counted_until_);
    }
  }
  if (--under_way_ > 0) {
    return std::nullopt;
  }
  counted_until_ = cycle;
  return CyclesSpent{cycle, cycle - since_, 0, 0};
}

}  // namespace airnn
