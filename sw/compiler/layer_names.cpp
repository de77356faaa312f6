// SPDX-License-Identifier: Apache-2.0
#include "sw/compiler/layer_names.h"

#include <fmt/format.h>

#include "sw/config/nearest_name.h"
#include "sw/format/errors.h"

namespace airnn {

std::size_t find_weighted_layer(const Network& network, const std::string& name,
                                const std::string& option) {
  const Layer* nearest = nullptr;
  std::size_t least = 0;
  for (std::size_t i = 0; i < network.layers.size(); ++i) {
    const Layer& layer = network.layers[i];
    if (!layer.has_weights()) {
      continue;
    }
    if (layer.name == name) {
      return i;
    }
    const std::size_t distance = edit_distance(name, layer.name);
    if (nearest == nullptr || distance < least) {
      nearest = &layer;
      least = distance;
    }
  }
  if (nearest == nullptr) {
    throw UserError(fmt::format("{}: the network has no layer with weights", option));
  }
  throw UserError(fmt::format("{}: no layer with weights is called '{}'; the nearest name is '{}'",
                              option, name, nearest->name));
}

}  // namespace airnn
