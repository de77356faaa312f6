// SPDX-License-Identifier: Apache-2.0
#include "hw/sim/counted_actions.h"

#include <utility>

namespace airnn {

std::vector<PricedAction> counted_actions(const AcceleratorParams& params) {
  std::vector<PricedAction> more;
  if (params.memory.model == MemoryModel::ddr3) {
    more = channel_actions();
  }
  return usual_actions_and(std::move(more));
}

}  // namespace airnn
