// SPDX-License-Identifier: Apache-2.0
#include "hw/sim/counted_actions.h"

#include <algorithm>
#include <utility>

#include "sw/results/product_store.h"

namespace airnn {

std::vector<PricedAction> counted_actions(const AcceleratorParams& params, const Network& network) {
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
  for (const Layer& layer : network.layers) {
    if (layer.match_rows > 0) {
      for (const Action action : {Action::zero_product, Action::cam_search, Action::cam_search_bit,
                                  Action::cam_hit, Action::cam_row_write}) {
        more.push_back({action, {}});
      }
      more.push_back({Action::product_read, product_store(layer).price_class()});
    }
  }
  if (std::any_of(network.layers.begin(), network.layers.end(),
                  [](const Layer& layer) { return layer.has_lines; })) {
    more.push_back({Action::line_expand, {}});
    more.push_back({Action::line_segment, {}});
  }
  more.insert(more.end(), params.link.counted.begin(), params.link.counted.end());
  return usual_actions_and(std::move(more));
}

}  // namespace airnn
