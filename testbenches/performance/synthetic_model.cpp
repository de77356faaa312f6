// SPDX-License-Identifier: Apache-2.0
#include "testbenches/performance/synthetic_model.h"

#include <algorithm>
#include <cmath>
#include <cstddef>
#include <random>
#include <utility>
#include <vector>

namespace airnn::test {

namespace {

constexpr double kTurn = 6.283185307179586;

/// Normal with mean 0 (Box and Muller); distributions of the library differ between platforms.
std::vector<float> random_normal(std::size_t count, double deviation, std::uint64_t seed) {
  std::mt19937_64 generator(seed);
  const auto uniform = [&] {
    return std::ldexp(static_cast<double>(generator() >> 11) + 0.5, -53);
  };
  std::vector<float> values(count);
  for (std::size_t i = 0; i < count; i += 2) {
    const double radius = deviation * std::sqrt(-2 * std::log(uniform()));
    const double angle = kTurn * uniform();
    values[i] = static_cast<float>(radius * std::cos(angle));
    if (i + 1 < count) {
      values[i + 1] = static_cast<float>(radius * std::sin(angle));
    }
  }
  return values;
}

}  // namespace

SyntheticModel::SyntheticModel(const std::string& name, const MapShape& input, std::uint64_t seed)
    : seed_(seed) {
  model_.network.name = name;
  model_.network.input = input;
}

void SyntheticModel::convolve(std::int32_t kernels, bool pooled) {
  const std::vector<Layer>& layers = model_.network.layers;
  const MapShape from = layers.empty() ? model_.network.input : layers.back().output;
  Layer& layer = append(LayerKind::convolution, kernels, std::int64_t{9} * from.channels);
  layer.window = {3, 3, 1, 1, 1, 1, 1, 1};
  layer.result = {kernels, from.height, from.width};
  layer.output = layer.result;
  layer.activation = Activation::relu;
  if (pooled) {
    layer.pool = PoolKind::max;
    layer.pool_window = {2, 2, 2, 2, 0, 0, 0, 0};
    layer.output = {kernels, from.height / 2, from.width / 2};
  }
  fill_parameters();
}

void SyntheticModel::connect(std::int32_t neurons) {
  const std::vector<Layer>& layers = model_.network.layers;
  const MapShape from = layers.empty() ? model_.network.input : layers.back().output;
  Layer& layer = append(LayerKind::fully_connected, neurons, from.size());
  layer.result = {neurons, 1, 1};
  layer.output = layer.result;
  layer.activation = Activation::relu;
  fill_parameters();
}

Model SyntheticModel::classify(std::int32_t classes) {
  connect(classes);
  model_.network.layers.back().activation = Activation::none;
  model_.network.has_softmax = true;
  return std::move(model_);
}

Layer& SyntheticModel::append(LayerKind kind, std::int32_t kernels, std::int64_t columns) {
  std::vector<Layer>& layers = model_.network.layers;
  Layer layer;
  layer.name = "layer" + std::to_string(layers.size() + 1);
  layer.kind = kind;
  layer.source = static_cast<std::int32_t>(layers.size()) - 1;  // of the first: kNetworkInput
  layer.input = layers.empty() ? model_.network.input : layers.back().output;
  layer.kernels = kernels;
  layer.columns = columns;
  layers.push_back(layer);
  return layers.back();
}

void SyntheticModel::fill_parameters() {
  const Layer& layer = model_.network.layers.back();
  const auto kernels = static_cast<std::size_t>(layer.kernels);
  const double deviation = std::sqrt(2.0 / static_cast<double>(layer.columns));
  LayerParameters parameters;
  parameters.weights =
      random_normal(kernels * static_cast<std::size_t>(layer.columns), deviation, seed_++);
  parameters.bias = random_normal(kernels, 0.01, seed_++);
  model_.parameters.push_back(std::move(parameters));
}

Model vgg16_model(std::uint64_t seed) {
  SyntheticModel model("vgg16", {3, 224, 224}, seed);
  struct Block {
    int layers;
    std::int32_t kernels;
  };
  for (const Block& block : {Block{2, 64}, {2, 128}, {3, 256}, {3, 512}, {3, 512}}) {
    for (int i = 1; i <= block.layers; ++i) {
      model.convolve(block.kernels, i == block.layers);
    }
  }
  model.connect(4096);
  model.connect(4096);
  return model.classify(1000);
}

Model model_of_size(std::int64_t weights, std::uint64_t seed) {
  // 27 w + 9 w^2 + 18 w^2 + 36 w^2 in the convolutions, 2048 w^2 and 160 w behind them.
  const double width = std::sqrt(static_cast<double>(weights) / 2111.0);
  const auto w = static_cast<std::int32_t>(std::max(1.0, std::round(width)));
  SyntheticModel model("synthetic", {3, 32, 32}, seed);
  model.convolve(w, false);
  model.convolve(w, true);
  model.convolve(2 * w, false);
  model.convolve(2 * w, true);
  model.connect(16 * w);
  return model.classify(10);
}

std::int64_t count_weights(const Model& model) {
  std::int64_t weights = 0;
  for (const LayerParameters& parameters : model.parameters) {
    weights += static_cast<std::int64_t>(parameters.weights.size());
  }
  return weights;
}

}  // namespace airnn::test
