// SPDX-License-Identifier: Apache-2.0
#include "hw/sim/counted_actions.h"

#include <utility>

namespace airnn {

std::vector<PricedAction> counted_actions(const AcceleratorParams& params) {
  std::vector<PricedAction> more;
  if (params.memory.channel) {
    more = channel_actions();
  }
  for (const EngineChoice& layer : params.engines) {
    for (const NamedProduct& product : params.engine_table.products) {
      if (product.name == layer.product) {
        more.push_back({Action::multiplication, product.make()->price_class()});
      }
    }
  }
  more.insert(more.end(), params.link.counted.begin(), params.link.counted.end());
  return usual_actions_and(std::move(more));
}

}  // namespace airnn
