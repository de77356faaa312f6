// SPDX-License-Identifier: Apache-2.0
#include "testbenches/unit/compiler/test_models.h"

#include <utility>

namespace airnn::test {

namespace {

Layer weighted(const std::string& name, LayerKind kind, MapShape input, MapShape result,
               Window window) {
  Layer layer;
  layer.name = name;
  layer.kind = kind;
  layer.input = input;
  layer.result = result;
  layer.output = result;
  layer.window = window;
  layer.kernels = result.channels;
  layer.groups = kind == LayerKind::depthwise ? input.channels : 1;
  layer.columns = kind == LayerKind::fully_connected
                      ? input.size()
                      : std::int64_t{input.channels / layer.groups} * window.area();
  return layer;
}

void add(Model& model, const Layer& layer, unsigned seed, double deviation) {
  LayerParameters parameters;
  if (layer.has_weights()) {
    const auto kernels = static_cast<std::size_t>(layer.kernels);
    parameters.weights =
        normal_weights(kernels * static_cast<std::size_t>(layer.columns), deviation, seed);
    parameters.bias = normal_weights(kernels, 0.1, seed + 1000);
  }
  parameters.clip_high = 6;
  model.network.layers.push_back(layer);
  model.parameters.push_back(std::move(parameters));
}

}  // namespace

std::vector<float> normal_weights(std::size_t count, double deviation, unsigned seed) {
  std::mt19937 generator(seed);
  std::normal_distribution<double> normal(0, deviation);
  std::vector<float> weights(count);
  for (float& weight : weights) {
    weight = static_cast<float>(normal(generator));
  }
  return weights;
}

Model neuron_layer(const std::string& name, std::int32_t inputs, std::vector<float> weights,
                   std::vector<float> bias) {
  Model model;
  model.network.name = "one layer";
  model.network.input = {1, 1, inputs};
  const auto neurons = static_cast<std::int32_t>(bias.size());
  model.network.layers.push_back(
      weighted(name, LayerKind::fully_connected, model.network.input, {neurons, 1, 1}, {}));
  model.parameters.push_back({std::move(weights), std::move(bias), 0, 0});
  return model;
}

Model every_layer(unsigned seed) {
  Model model;
  model.network.name = "every layer";
  model.network.input = {2, 8, 8};
  const Window three{3, 3, 1, 1, 1, 1, 1, 1};
  const Window half{2, 2, 2, 2, 0, 0, 0, 0};

  Layer conv = weighted("conv", LayerKind::convolution, {2, 8, 8}, {6, 8, 8}, three);
  conv.activation = Activation::relu;
  conv.pool = PoolKind::max;
  conv.pool_window = half;
  conv.output = {6, 4, 4};
  add(model, conv, seed, 0.2);

  Layer depthwise = weighted("depthwise", LayerKind::depthwise, {6, 4, 4}, {6, 4, 4}, three);
  depthwise.source = 0;
  depthwise.activation = Activation::clip;
  add(model, depthwise, seed + 1, 0.5);

  Layer pointwise = weighted("pointwise", LayerKind::convolution, {6, 4, 4}, {6, 4, 4}, {});
  pointwise.source = 1;
  pointwise.skip = 0;
  add(model, pointwise, seed + 2, 0.3);

  Layer sum;
  sum.name = "sum";
  sum.kind = LayerKind::addition;
  sum.source = 2;
  sum.skip = 1;
  sum.input = sum.result = sum.output = {6, 4, 4};
  add(model, sum, 0, 0);

  Layer pool;
  pool.name = "pool";
  pool.kind = LayerKind::pooling;
  pool.source = 3;
  pool.input = {6, 4, 4};
  pool.result = pool.output = {6, 2, 2};
  pool.pool = PoolKind::average;
  pool.pool_window = half;
  add(model, pool, 0, 0);

  Layer fc = weighted("fc", LayerKind::fully_connected, {6, 2, 2}, {5, 1, 1}, {});
  fc.source = 4;
  add(model, fc, seed + 3, 0.2);
  return model;
}

CompileOptions options_with(const std::string& clusters) {
  CompileOptions options;
  options.clusters = parse_cluster_spec(clusters);
  options.preprocess.scale = 1.0 / 255;
  return options;
}

}  // namespace airnn::test
