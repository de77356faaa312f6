// SPDX-License-Identifier: Apache-2.0
#include "sw/results/saturation.h"

#include <fmt/format.h>

namespace airnn {

namespace {

Saturation layer_saturation(const RunResults& results, std::size_t layer) {
  Saturation sum;
  for (std::size_t i = 0; i < results.record.iterations.size(); ++i) {
    sum += layer_saturation(results, layer, i);
  }
  return sum;
}

}  // namespace

Saturation& Saturation::operator+=(const Saturation& other) {
  elements += other.elements;
  saturated += other.saturated;
  return *this;
}

double Saturation::share() const {
  return elements == 0 ? 0 : static_cast<double>(saturated) / static_cast<double>(elements);
}

Saturation input_saturation(const RunResults& results) {
  const auto size = static_cast<std::uint64_t>(results.image.network().input.size());
  return {results.record.inputs.size() * size, results.saturated_input_elements};
}

Saturation layer_saturation(const RunResults& results, std::size_t layer, std::size_t iteration) {
  const Layer& of = results.image.network().layers[layer];
  const auto size =
      of.kind == LayerKind::pooling ? 0 : static_cast<std::uint64_t>(of.result.size());
  return {results.record.iterations[iteration].inputs_run * size,
          results.record.layers[layer][iteration].saturated};
}

std::string saturation_warning(const RunResults& results) {
  const std::vector<Layer>& layers = results.image.network().layers;
  std::size_t worst = 0;
  std::size_t above = 0;
  double largest = 0;
  for (std::size_t l = 0; l < layers.size(); ++l) {
    const double share = layer_saturation(results, l).share();
    above += share > kSaturationWarning ? 1 : 0;
    if (share > largest) {
      largest = share;
      worst = l;
    }
  }
  const double inputs = input_saturation(results).share();
  std::string what;
  if (inputs > kSaturationWarning) {
    what = fmt::format("{:.3g} % of the elements of the inputs", 100 * inputs);
  }
  if (above > 0) {
    what += what.empty() ? "" : " and ";
    what += fmt::format("{:.3g} % of the results of layer '{}'", 100 * largest, layers[worst].name);
    if (above > 1) {
      what += fmt::format(" (and more than {:g} % of {} further layer{})", 100 * kSaturationWarning,
                          above - 1, above == 2 ? "" : "s");
    }
  }
  if (what.empty()) {
    return what;
  }
  return what +
         " are beyond their number format and saturate; 'airnn compile --calibrate' fits "
         "the formats to given inputs";
}

}  // namespace airnn
