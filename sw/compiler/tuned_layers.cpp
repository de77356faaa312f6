// SPDX-License-Identifier: Apache-2.0
#include "sw/compiler/tuned_layers.h"

#include <algorithm>

#include "sw/compiler/layer_names.h"
#include "sw/compiler/weighted_layers.h"
#include "sw/format/errors.h"
#include "sw/format/shown_text.h"

namespace airnn {

namespace {

constexpr const char* kTuneWeights = "--tune-weights";

std::vector<std::size_t> layers_to_tune(const std::vector<std::string>& names,
                                        const Network& network, const LayerElements& elements) {
  std::vector<std::size_t> layers;
  if (names.front() == "all") {
    for (const std::size_t i : weighted_layers(network)) {
      if (elements.of(i) != nullptr) {
        layers.push_back(i);
      }
    }
    return layers;
  }
  for (const std::string& name : names) {
    layers.push_back(find_weighted_layer(network, name, kTuneWeights));
    if (elements.of(layers.back()) == nullptr) {
      throw UserError(std::string(kTuneWeights) + ": layer '" + shown(name) +
                      "' has no element, so its multipliers are exact; expected layers with one, "
                      "or all");
    }
  }
  return layers;
}

}  // namespace

TunedTables tuned_layers(const std::vector<std::string>& names, const Network& network,
                         const LayerElements& elements) {
  const auto is_kind = [](const std::string& name) { return name == "none" || name == "all"; };
  if (names.size() > 1 && std::any_of(names.begin(), names.end(), is_kind)) {
    throw UserError(std::string(kTuneWeights) + ": none and all stand alone");
  }
  if (names == std::vector<std::string>{"none"}) {
    return {};
  }
  if (elements.elements.empty()) {
    throw UserError(std::string(kTuneWeights) +
                    ": there are no multipliers to tune for; expected an accelerator with "
                    "elements (--accelerator)");
  }
  TunedTables tables(network.layers.size());
  for (const std::size_t i : layers_to_tune(names, network, elements)) {
    const Element& element = *elements.of(i);
    tables[i] = element.is_exact() ? nullptr : element.table;
  }
  return tables;
}

}  // namespace airnn
