// SPDX-License-Identifier: Apache-2.0
#include <gtest/gtest.h>

#include "sw/model/onnx_reader.h"
#include "testbenches/support/source_path.h"

namespace airnn {
namespace {

Model load(const std::string& name) {
  return read_onnx(source_path("models/") + name + ".onnx");
}

std::int64_t total_weights(const Model& model) {
  std::int64_t total = 0;
  for (std::size_t i = 0; i < model.network.layers.size(); ++i) {
    const Layer& layer = model.network.layers[i];
    const auto elements = static_cast<std::int64_t>(model.parameters[i].weights.size());
    EXPECT_EQ(layer.weights + layer.zeros, elements);
    EXPECT_EQ(layer.kernels * layer.columns, elements);
    EXPECT_EQ(model.parameters[i].bias.size(), static_cast<std::size_t>(layer.kernels));
    total += elements;
  }
  return total;
}

TEST(ProjectModels, LeNet300ReadsImageInThreeFullyConnectedLayers) {
  const Model model = load("lenet300-100");
  const Network& network = model.network;
  EXPECT_EQ(network.name, "lenet300-100");
  EXPECT_EQ(network.input, (MapShape{1, 28, 28}));
  EXPECT_TRUE(network.has_softmax);
  ASSERT_EQ(network.layers.size(), 3U);
  EXPECT_EQ(total_weights(model), 266200);
  for (const Layer& layer : network.layers) {
    EXPECT_EQ(layer.kind, LayerKind::fully_connected);
  }
  EXPECT_EQ(network.layers[0].input, (MapShape{1, 28, 28}));
  EXPECT_EQ(network.layers[0].columns, 784);
  EXPECT_EQ(network.layers[1].activation, Activation::relu);
  EXPECT_EQ(network.layers[2].activation, Activation::none);
  EXPECT_EQ(network.classes(), 10);
}

TEST(ProjectModels, LeNet5PoolsBehindItsConvolutions) {
  const Model model = load("lenet5");
  const Network& network = model.network;
  ASSERT_EQ(network.layers.size(), 4U);
  EXPECT_EQ(total_weights(model), 430500);
  EXPECT_EQ(network.layers[0].result, (MapShape{20, 24, 24}));
  EXPECT_EQ(network.layers[0].output, (MapShape{20, 12, 12}));
  EXPECT_EQ(network.layers[1].result, (MapShape{50, 8, 8}));
  EXPECT_EQ(network.layers[1].output, (MapShape{50, 4, 4}));
  EXPECT_EQ(network.layers[1].columns, 500);
  EXPECT_EQ(network.layers[1].pool, PoolKind::max);
  EXPECT_EQ(network.layers[1].activation, Activation::relu);
  EXPECT_EQ(network.layers[2].input, (MapShape{50, 4, 4}));
  EXPECT_EQ(network.layers[2].output, (MapShape{500, 1, 1}));
  EXPECT_EQ(network.layers[2].source, 1);
  EXPECT_EQ(network.layers[3].name, "/9/Gemm");
}

TEST(ProjectModels, Cifar10PoolsWithMaximumAndAverage) {
  const Model model = load("cifar10");
  const Network& network = model.network;
  ASSERT_EQ(network.layers.size(), 4U);
  EXPECT_EQ(total_weights(model), 89440);
  EXPECT_EQ(network.input, (MapShape{3, 32, 32}));
  EXPECT_EQ(network.layers[0].window.pad_top, 2);
  EXPECT_EQ(network.layers[0].pool, PoolKind::max);
  EXPECT_EQ(network.layers[1].pool, PoolKind::average);
  EXPECT_EQ(network.layers[2].pool, PoolKind::average);
  EXPECT_EQ(network.layers[2].output, (MapShape{64, 4, 4}));
}

TEST(ProjectModels, ResNet8AddsItsShortcutsBehindConvolutions) {
  const Model model = load("resnet8");
  const Network& network = model.network;
  EXPECT_EQ(total_weights(model), 77360);
  EXPECT_EQ(network.input, (MapShape{3, 32, 32}));
  ASSERT_EQ(network.layers.size(), 10U);
  int additions = 0;
  for (const Layer& layer : network.layers) {
    EXPECT_NE(layer.kind, LayerKind::addition);
    EXPECT_NE(layer.skip, kNetworkInput);
    additions += layer.skip != kNoSource ? 1 : 0;
  }
  EXPECT_EQ(additions, 3);
  EXPECT_EQ(network.layers[8].pool, PoolKind::average);
  EXPECT_EQ(network.layers[8].output, (MapShape{64, 1, 1}));
  EXPECT_TRUE(network.has_softmax);
}

TEST(ProjectModels, PrunedNetworksHaveTheShapesOfTheirOriginalsAndFewerWeights) {
  const struct {
    const char* name;
    const char* original;
    std::int64_t weights;
  } pruned[] = {{"lenet5-pruned", "lenet5", 36280}, {"cifar10-pruned", "cifar10", 24992}};
  for (const auto& of : pruned) {
    const Model model = load(of.name);
    const Model original = load(of.original);
    EXPECT_EQ(total_weights(model), total_weights(original)) << of.name;
    ASSERT_EQ(model.network.layers.size(), original.network.layers.size()) << of.name;
    std::int64_t stored = 0;
    for (std::size_t i = 0; i < model.network.layers.size(); ++i) {
      stored += model.network.layers[i].weights;
      EXPECT_EQ(model.network.layers[i].output, original.network.layers[i].output) << of.name;
    }
    EXPECT_EQ(stored, of.weights) << of.name;
  }
}

TEST(ProjectModels, Cifar10ChannelsIsCifar10WithoutAQuarterOfItsFilters) {
  const Model model = load("cifar10-channels");
  const Model original = load("cifar10");
  EXPECT_EQ(total_weights(model), 52680);
  ASSERT_EQ(model.network.layers.size(), 4U);
  for (std::size_t i = 0; i < 3; ++i) {
    EXPECT_EQ(4 * model.network.layers[i].kernels, 3 * original.network.layers[i].kernels);
  }
  EXPECT_EQ(model.network.classes(), 10);
}

}  // namespace
}  // namespace airnn
