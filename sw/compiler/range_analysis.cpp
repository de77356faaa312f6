// SPDX-License-Identifier: Apache-2.0
#include "sw/compiler/range_analysis.h"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <cstddef>

#include "sw/compiler/calibration_inputs.h"
#include "sw/compiler/float_inference.h"
#include "sw/compiler/parallel_for.h"
#include "sw/format/errors.h"

namespace airnn {

namespace {

constexpr double kMultiplicationBudget = 4e10;  // of all synthetic inputs together
constexpr std::size_t kFewestInputs = 3;        // noise, blobs and strokes
constexpr double kFarTooLarge = 1e200;          // keeps bounds of very deep networks finite

/// Absent weights and padding count as zero, so intervals always contain zero.
ValueRange with_zero(double low, double high) {
  return {std::clamp(low, -kFarTooLarge, 0.0), std::clamp(high, 0.0, kFarTooLarge), 0.0};
}

/// Sums of the kernel with the widest range of results.
ValueRange weighted_range(const Layer& layer, const LayerParameters& parameters,
                          const ValueRange& input) {
  ValueRange range;
  const float* weight = parameters.weights.data();
  for (std::int32_t m = 0; m < layer.kernels; ++m) {
    double positive = 0;
    double negative = 0;
    for (std::int64_t c = 0; c < layer.columns; ++c, ++weight) {
      positive += static_cast<double>(std::max(*weight, 0.0F));
      negative += static_cast<double>(std::min(*weight, 0.0F));
    }
    const auto bias = static_cast<double>(parameters.bias[static_cast<std::size_t>(m)]);
    range.low = std::min(range.low, bias + positive * input.low + negative * input.high);
    range.high = std::max(range.high, bias + positive * input.high + negative * input.low);
  }
  return range;
}

ValueRange activated(const Layer& layer, const LayerParameters& parameters,
                     const ValueRange& range) {
  switch (layer.activation) {
    case Activation::relu:
      return with_zero(0.0, range.high);
    case Activation::clip: {
      const auto low = static_cast<double>(parameters.clip_low);
      const auto high = static_cast<double>(parameters.clip_high);
      return with_zero(std::clamp(range.low, low, high), std::clamp(range.high, low, high));
    }
    case Activation::none:
      break;
  }
  return with_zero(range.low, range.high);
}

void record_seen(const Model& model, const std::vector<std::vector<float>>& inputs, int threads,
                 const Checkpoint& checkpoint, std::vector<ValueRange>& ranges) {
  const FloatInference inference(model);
  std::vector<std::vector<double>> largest(inputs.size());
  parallel_for(inputs.size(), threads, [&](std::size_t i) {
    largest[i] = inference.largest_values(inputs[i], checkpoint);
  });
  for (const std::vector<double>& of_input : largest) {
    for (std::size_t i = 0; i < ranges.size(); ++i) {
      ranges[i].seen = std::max(ranges[i].seen, of_input[i]);
    }
  }
}

std::vector<std::vector<float>> affordable_inputs(const Model& model,
                                                  const Preprocess& preprocess) {
  std::vector<std::vector<float>> inputs = synthetic_inputs(model.network.input, preprocess);
  const double each = std::max(1.0, FloatInference(model).multiplications());
  const double affordable = std::min(kMultiplicationBudget / each, 1e6);
  inputs.resize(
      std::min(inputs.size(), std::max(kFewestInputs, static_cast<std::size_t>(affordable))));
  return inputs;
}

}  // namespace

ValueRange input_range(const Preprocess& preprocess,
                       const std::vector<std::vector<float>>& calibration) {
  ValueRange range;
  for (std::size_t c = 0; c < preprocess.mean.size(); ++c) {
    for (const double pixel : {0.0, 255.0}) {
      const double x = (pixel * preprocess.scale - preprocess.mean[c]) / preprocess.deviation[c];
      range.low = std::min(range.low, x);
      range.high = std::max(range.high, x);
    }
  }
  // Preprocessed pixels come here as floats, which rounding may have put beyond the doubles.
  const auto low = static_cast<float>(range.low);
  const auto high = static_cast<float>(range.high);
  for (const std::vector<float>& given : calibration) {
    for (const float value : given) {
      if (value < low || value > high) {
        range.low = std::min(range.low, static_cast<double>(value));
        range.high = std::max(range.high, static_cast<double>(value));
      }
    }
  }
  range.seen = range.sound();
  return range;
}

std::vector<ValueRange> analyse_ranges(const Model& model, const Preprocess& preprocess,
                                       const ValueRange& input,
                                       const std::vector<std::vector<float>>& calibration,
                                       int threads, const Checkpoint& checkpoint) {
  std::vector<ValueRange> ranges;
  const auto range_of = [&](std::int32_t source) -> const ValueRange& {
    return source == kNetworkInput ? input : ranges[static_cast<std::size_t>(source)];
  };
  for (std::size_t i = 0; i < model.network.layers.size(); ++i) {
    pass(checkpoint);
    const Layer& layer = model.network.layers[i];
    const LayerParameters& parameters = model.parameters[i];
    ValueRange range = layer.has_weights()
                           ? weighted_range(layer, parameters, range_of(layer.source))
                           : range_of(layer.source);
    if (layer.skip != kNoSource) {
      range.low += range_of(layer.skip).low;
      range.high += range_of(layer.skip).high;
    }
    ranges.push_back(activated(layer, parameters, range));
  }
  record_seen(model, affordable_inputs(model, preprocess), threads, checkpoint, ranges);
  for (const std::vector<float>& given : calibration) {
    if (given.size() != static_cast<std::size_t>(model.network.input.size())) {
      throw DataError(fmt::format("calibration input of {} values; the network's input has {}",
                                  given.size(), model.network.input.size()));
    }
  }
  record_seen(model, calibration, threads, checkpoint, ranges);
  return ranges;
}

}  // namespace airnn
