// SPDX-License-Identifier: Apache-2.0
#include "sw/compiler/formatted_network.h"

#include "sw/compiler/calibration_inputs.h"
#include "sw/compiler/formats.h"
#include "sw/compiler/range_analysis.h"
#include "sw/compiler/weight_rounding.h"
#include "sw/compiler/weighted_layers.h"

namespace airnn {

namespace {

void count_zeros(const std::vector<LayerParameters>& parameters, Network& network) {
  for (const std::size_t i : weighted_layers(network)) {
    Layer& layer = network.layers[i];
    count_stored(parameters[i].weights, WeightRounding(layer), layer);
  }
}

}  // namespace

Network formatted_network(const Model& model, const CompileOptions& options) {
  Network network = model.network;
  network.preprocess = complete_preprocess(options.preprocess, network.input);
  const ValueRange input = input_range(network.preprocess, options.calibration);
  const std::vector<ValueRange> ranges = analyse_ranges(
      model, network.preprocess, input, options.calibration, options.threads, options.checkpoint);
  choose_formats(model, input, ranges, {options.precision, options.drops_signs}, network);
  count_zeros(model.parameters, network);
  return network;
}

}  // namespace airnn
