// SPDX-License-Identifier: Apache-2.0
#include "sw/golden/fixed_inference.h"

#include <algorithm>
#include <cstddef>
#include <memory>
#include <stdexcept>
#include <string>

#include "sw/format/errors.h"
#include "sw/golden/fixed_pooling.h"
#include "sw/golden/rounding.h"
#include "sw/golden/softmax.h"

namespace airnn::golden {

namespace {

[[noreturn]] void impossible(const Layer& layer, const std::string& what) {
  throw ImageError("layer '" + layer.name + "': " + what);
}

std::int32_t clamp_to(std::int64_t value, const Layer& layer) {
  // The bounds lie inside the format, so they saturate as well.
  return static_cast<std::int32_t>(std::clamp(value, layer.clamp_low, layer.clamp_high));
}

std::shared_ptr<const ProductRows> products_of(const ProductTables& tables, const Layer& layer) {
  const auto found = tables.find(layer.product_table);
  if (found == tables.end()) {
    impossible(layer, "its multipliers are a table that is not given");
  }
  return std::make_shared<const ProductRows>(found->second);
}

/// "Saturation": with wider results the activation would have given something else.
bool saturates(std::int64_t value, const Layer& layer) {
  const FixedFormat& format = layer.output_format;
  return value > format.max_integer() ? layer.clamp_high == format.max_integer()
                                      : !format.is_unsigned && value < format.min_integer() &&
                                            layer.clamp_low == format.min_integer();
}

/// How many of the sums saturate that became these results.
std::uint64_t saturated_sums(const Layer& layer, const std::vector<std::int64_t>& sums,
                             const std::vector<std::int64_t>& biases, std::int32_t shift,
                             const std::vector<std::int32_t>& results) {
  // Mostly none does, which the results alone tell faster.
  const auto low = static_cast<std::int32_t>(layer.output_format.min_integer());
  const auto high = static_cast<std::int32_t>(layer.output_format.max_integer());
  std::uint32_t at_ends = 0;
  for (const std::int32_t result : results) {
    at_ends |= (result == low ? 1U : 0U) | (result == high ? 1U : 0U);
  }
  if (at_ends == 0) {
    return 0;
  }
  const std::size_t plane = sums.size() / static_cast<std::size_t>(layer.result.channels);
  std::uint64_t count = 0;
  for (std::size_t i = 0; i < sums.size(); ++i) {
    const std::int64_t bias = biases.empty() ? 0 : biases[i / plane];
    count += saturates(shift_right_rounded(sums[i] + bias, shift), layer) ? 1 : 0;
  }
  return count;
}

}  // namespace

FixedInference::FixedInference(const MemoryImage& image, const ProductTables& tables)
    : network_(image.network()), weights_(decode_weights(image)) {
  for (std::size_t i = 0; i < network_.layers.size(); ++i) {
    stages_.push_back(make_stage(image, tables, i));
  }
}

FixedInference::Stage FixedInference::make_stage(const MemoryImage& image,
                                                 const ProductTables& tables,
                                                 std::size_t index) const {
  Stage stage;
  stage.layer = network_.layers[index];
  const Layer& layer = stage.layer;
  stage.source_fraction = network_.format_of(layer.source).fraction_bits;
  stage.accumulator_fraction = stage.source_fraction;
  if (layer.skip != kNoSource) {
    stage.skip_fraction = network_.format_of(layer.skip).fraction_bits;
  }
  if (layer.kind == LayerKind::pooling) {
    if (!(network_.format_of(layer.source) == layer.output_format)) {
      impossible(layer, "pooling must keep its format");
    }
  } else if (layer.kind == LayerKind::addition) {
    stage.accumulator_fraction = std::max(stage.source_fraction, stage.skip_fraction);
  } else {
    stage.accumulator_fraction += layer.weight_format.fraction_bits;
    stage.biases = image.biases(static_cast<std::uint16_t>(index));
    if (layer.match_rows > 0) {
      stage.associative.emplace_back(layer, image.codebook(static_cast<std::uint16_t>(index)),
                                     image.match_rows(static_cast<std::uint16_t>(index)));
    } else if (layer.product_table == 0) {
      stage.matrix.emplace_back(layer, fastest_multiply_tile());
    } else {
      stage.matrix.emplace_back(layer, products_of(tables, layer));
    }
  }
  const std::int32_t shift = stage.accumulator_fraction - layer.output_format.fraction_bits;
  if (shift < 0 || shift > 63) {
    impossible(layer, "its output format needs a shift of " + std::to_string(shift) +
                          " bits, expected 0 to 63");
  }
  if (layer.skip != kNoSource && stage.accumulator_fraction - stage.skip_fraction > 62) {
    impossible(layer, "its second operand does not fit the accumulator");
  }
  if (layer.pool != PoolKind::none) {
    stage.pooling = pool_geometry(layer);
  }
  return stage;
}

std::vector<std::int32_t> FixedInference::run_stage(const Stage& stage, const LayerWeights* weights,
                                                    const std::vector<std::int32_t>& source,
                                                    const std::vector<std::int32_t>* skip,
                                                    std::uint64_t& saturated) {
  const Layer& layer = stage.layer;
  if (layer.kind == LayerKind::pooling) {
    std::vector<std::int32_t> pooled = pool(layer, stage.pooling, source);
    for (std::int32_t& element : pooled) {
      element = clamp_to(element, layer);
    }
    return pooled;
  }
  std::vector<std::int64_t> sums;
  if (layer.kind == LayerKind::addition) {
    sums.resize(source.size());
    for (std::size_t i = 0; i < sums.size(); ++i) {
      sums[i] = align(source[i], stage.source_fraction, stage.accumulator_fraction);
    }
  } else {
    sums = stage.associative.empty() ? stage.matrix.front().accumulate(source, *weights)
                                     : stage.associative.front().accumulate(source, *weights);
  }
  if (skip != nullptr) {
    for (std::size_t i = 0; i < sums.size(); ++i) {
      sums[i] += align((*skip)[i], stage.skip_fraction, stage.accumulator_fraction);
    }
  }
  const std::int32_t shift = stage.accumulator_fraction - layer.output_format.fraction_bits;
  std::vector<std::int32_t> result(sums.size());
  const std::size_t plane = sums.size() / static_cast<std::size_t>(layer.result.channels);
  for (std::size_t m = 0; m < static_cast<std::size_t>(layer.result.channels); ++m) {
    const std::int64_t bias = stage.biases.empty() ? 0 : stage.biases[m];
    for (std::size_t i = m * plane; i < (m + 1) * plane; ++i) {
      result[i] = clamp_to(shift_right_rounded(sums[i] + bias, shift), layer);
    }
  }
  saturated = saturated_sums(layer, sums, stage.biases, shift, result);
  return layer.pool == PoolKind::none ? result : pool(layer, stage.pooling, result);
}

void FixedInference::check_input(const std::vector<std::int32_t>& input_map) const {
  if (input_map.size() != static_cast<std::size_t>(network_.input.size())) {
    throw DataError("input map: has " + std::to_string(input_map.size()) + " elements, network '" +
                    network_.name + "' expects " + std::to_string(network_.input.size()));
  }
  const auto [low, high] = std::minmax_element(input_map.begin(), input_map.end());
  if (*low < network_.input_format.min_integer() || *high > network_.input_format.max_integer()) {
    throw DataError("input map: an element does not fit " +
                    std::to_string(network_.input_format.bits) +
                    (network_.input_format.is_unsigned ? " bits without sign" : " bits"));
  }
}

Inference FixedInference::run(const std::vector<std::int32_t>& input_map, int iteration) const {
  if (iteration < 1 || iteration > iterations()) {
    throw std::out_of_range("iteration " + std::to_string(iteration) + " of " +
                            std::to_string(iterations()));
  }
  check_input(input_map);
  const NetworkWeights& weights = weights_[static_cast<std::size_t>(iteration) - 1];
  Inference inference;
  inference.outputs.reserve(stages_.size());
  const auto map_of = [&](std::int32_t source) -> const std::vector<std::int32_t>* {
    return source == kNetworkInput ? &input_map
                                   : &inference.outputs[static_cast<std::size_t>(source)];
  };
  for (std::size_t i = 0; i < stages_.size(); ++i) {
    const Layer& layer = stages_[i].layer;
    const auto* skip = layer.skip == kNoSource ? nullptr : map_of(layer.skip);
    inference.saturated.push_back(0);
    inference.outputs.push_back(run_stage(stages_[i], weights[i].get(), *map_of(layer.source), skip,
                                          inference.saturated.back()));
  }
  const std::vector<std::int32_t>& outputs = inference.outputs.back();
  inference.probabilities =
      fixed_softmax(outputs, network_.output_layer().output_format.fraction_bits);
  inference.prediction = golden::prediction(outputs);
  inference.softmax_score = margin(inference.probabilities);
  inference.raw_score = margin(outputs);
  return inference;
}

Classification FixedInference::classify(const std::vector<std::int32_t>& input_map,
                                        double threshold, ScoreMode mode,
                                        int min_iterations) const {
  const std::int64_t enough =
      threshold_integer(threshold, mode, network_.output_layer().output_format.fraction_bits);
  Classification result;
  bool ended = false;
  while (!ended) {
    ++result.iterations;
    result.last = run(input_map, result.iterations);
    result.scores.push_back(mode == ScoreMode::softmax ? result.last.softmax_score
                                                       : result.last.raw_score);
    ended = result.iterations == iterations() ||
            (result.scores.back() >= enough && result.iterations >= min_iterations);
  }
  result.prediction = result.last.prediction;
  return result;
}

}  // namespace airnn::golden
