// SPDX-License-Identifier: Apache-2.0
#include "sw/compiler/layer_names.h"

#include <fmt/format.h>

#include <algorithm>
#include <numeric>
#include <vector>

#include "sw/format/errors.h"

namespace airnn {

namespace {

std::size_t edit_distance(const std::string& a, const std::string& b) {
  std::vector<std::size_t> row(b.size() + 1);
  std::iota(row.begin(), row.end(), std::size_t{0});
  for (std::size_t i = 0; i < a.size(); ++i) {
    std::size_t diagonal = row[0];
    row[0] = i + 1;
    for (std::size_t j = 0; j < b.size(); ++j) {
      const std::size_t replaced = diagonal + (a[i] == b[j] ? 0U : 1U);
      diagonal = row[j + 1];
      row[j + 1] = std::min({replaced, row[j] + 1, row[j + 1] + 1});
    }
  }
  return row.back();
}

}  // namespace

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
