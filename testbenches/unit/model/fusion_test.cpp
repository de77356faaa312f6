// SPDX-License-Identifier: Apache-2.0
#include <gtest/gtest.h>

#include "testbenches/unit/model/model_under_test.h"

namespace airnn::test {
namespace {

std::vector<LayerKind> kinds(const Model& model) {
  std::vector<LayerKind> found;
  for (const Layer& layer : model.network.layers) {
    found.push_back(layer.kind);
  }
  return found;
}

using Kinds = std::vector<LayerKind>;
constexpr LayerKind conv = LayerKind::convolution;
constexpr LayerKind pool = LayerKind::pooling;
constexpr LayerKind addition = LayerKind::addition;

TEST(Fusion, ConvReluAndPoolAreOneLayer) {
  OnnxBuilder builder;
  builder.input("x", {1, 2, 8, 8}).conv({3, 2, 3, 3}).relu().average_pool(2, 2);
  const Model model = read_built(&builder);
  ASSERT_EQ(kinds(model), (Kinds{conv}));
  const Layer& layer = model.network.layers[0];
  EXPECT_EQ(layer.name, "Conv_0");
  EXPECT_EQ(layer.activation, Activation::relu);
  EXPECT_EQ(layer.pool, PoolKind::average);
  EXPECT_EQ(layer.result, (MapShape{3, 6, 6}));
  EXPECT_EQ(layer.output, (MapShape{3, 3, 3}));
}

TEST(Fusion, ReluBehindMaxPoolMovesBeforeIt) {
  OnnxBuilder behind;
  behind.input("x", {1, 2, 8, 8}).conv({3, 2, 3, 3}).max_pool(2, 2).relu();
  OnnxBuilder before;
  before.input("x", {1, 2, 8, 8}).conv({3, 2, 3, 3}).relu().max_pool(2, 2);
  const Model model = read_built(&behind);
  ASSERT_EQ(kinds(model), (Kinds{conv}));
  EXPECT_EQ(model.network.layers[0].activation, Activation::relu);
  EXPECT_EQ(distance(run(model), run(read_built(&before))), 0.0F);
}

TEST(Fusion, ReluBehindAveragePoolStaysWithAPoolingOfItsOwn) {
  OnnxBuilder builder;
  builder.input("x", {1, 2, 8, 8}).conv({3, 2, 3, 3}).average_pool(2, 2).relu();
  const Model model = read_built(&builder);
  ASSERT_EQ(kinds(model), (Kinds{conv, pool}));
  EXPECT_EQ(model.network.layers[0].activation, Activation::none);
  EXPECT_EQ(model.network.layers[0].pool, PoolKind::none);
  EXPECT_EQ(model.network.layers[1].activation, Activation::relu);
  EXPECT_EQ(model.network.layers[1].input, (MapShape{3, 6, 6}));
  EXPECT_EQ(model.network.layers[1].result, (MapShape{3, 3, 3}));
  EXPECT_EQ(model.network.layers[1].output, (MapShape{3, 3, 3}));
}

TEST(Fusion, PoolBehindPoolAndPoolAtTheInputStandAlone) {
  OnnxBuilder builder;
  builder.input("x", {1, 1, 16, 16}).max_pool(2, 2).conv({2, 1, 3, 3}).relu();
  builder.max_pool(2, 2).average_pool(2, 1);
  const Model model = read_built(&builder);
  ASSERT_EQ(kinds(model), (Kinds{pool, conv, pool}));
  EXPECT_EQ(model.network.layers[0].source, kNetworkInput);
  EXPECT_EQ(model.network.layers[0].name, "MaxPool_0");
  EXPECT_EQ(model.network.layers[1].source, 0);
  EXPECT_EQ(model.network.layers[1].pool, PoolKind::max);
  EXPECT_EQ(model.network.layers[2].pool, PoolKind::average);
}

TEST(Fusion, PoolStandsAloneWhenTheMapBeforeItHasAnotherReader) {
  OnnxBuilder builder;
  builder.input("x", {1, 2, 6, 6}).conv({2, 2, 3, 3}, {1, 1}).relu();
  const std::string map = builder.current();
  const std::string pooled = builder.max_pool(3, 1, 1).current();
  builder.from(map).conv({2, 2, 3, 3}, {1, 1}).add(pooled);
  const Model model = read_built(&builder);
  ASSERT_EQ(kinds(model), (Kinds{conv, pool, conv}));
  EXPECT_EQ(model.network.layers[0].pool, PoolKind::none);
  EXPECT_EQ(model.network.layers[1].source, 0);
  EXPECT_EQ(model.network.layers[2].source, 0);
  EXPECT_EQ(model.network.layers[2].skip, 1);
}

TEST(Fusion, ResidualAdditionRidesBehindItsConvolution) {
  OnnxBuilder builder;
  builder.input("x", {1, 2, 6, 6}).conv({2, 2, 3, 3}, {1, 1}).relu();
  const std::string trunk = builder.current();
  builder.conv({2, 2, 3, 3}, {1, 1}).relu().conv({2, 2, 3, 3}, {1, 1}).add(trunk).relu();
  builder.max_pool(2, 2);
  const Model model = read_built(&builder);
  ASSERT_EQ(kinds(model), (Kinds{conv, conv, conv}));
  const Layer& last = model.network.layers[2];
  EXPECT_EQ(last.source, 1);
  EXPECT_EQ(last.skip, 0);
  EXPECT_EQ(last.activation, Activation::relu);
  EXPECT_EQ(last.result, (MapShape{2, 6, 6}));
  EXPECT_EQ(last.output, (MapShape{2, 3, 3}));
}

TEST(Fusion, SkipMayBeTheNetworkInputAndEitherOperand) {
  OnnxBuilder builder;
  builder.input("x", {1, 2, 6, 6}).conv({2, 2, 3, 3}, {1, 1});
  const std::string branch = builder.current();
  builder.node("Add", {"x", branch});
  const Model model = read_built(&builder);
  ASSERT_EQ(kinds(model), (Kinds{conv}));
  EXPECT_EQ(model.network.layers[0].skip, kNetworkInput);
  EXPECT_EQ(model.network.layers[0].source, kNetworkInput);
}

TEST(Fusion, AdditionOfTwoConvolutionsRidesBehindTheLaterOne) {
  OnnxBuilder builder;
  builder.input("x", {1, 2, 6, 6}).conv({4, 2, 3, 3}, {2, 1});
  const std::string main = builder.current();
  const std::string shortcut = builder.from("x").conv({4, 2, 1, 1}, {2, 0}).current();
  builder.from(main).add(shortcut).relu();
  const Model model = read_built(&builder);
  ASSERT_EQ(kinds(model), (Kinds{conv, conv}));
  EXPECT_EQ(model.network.layers[0].skip, kNoSource);
  EXPECT_EQ(model.network.layers[1].skip, 0);
  EXPECT_EQ(model.network.layers[1].name, "Conv_1");
  EXPECT_EQ(model.network.layers[1].activation, Activation::relu);
}

TEST(Fusion, LayersAreReorderedSoThatTheSkipComesFirst) {
  // The first convolution takes the addition, though the map it adds is made later in the file.
  OnnxBuilder builder;
  builder.input("x", {1, 2, 6, 6}).conv({2, 2, 3, 3}, {1, 1});
  const std::string first = builder.current();
  const std::string second = builder.from("x").conv({2, 2, 3, 3}, {1, 1}).relu().current();
  builder.from(first).add(second);
  const Model model = read_built(&builder);
  ASSERT_EQ(kinds(model), (Kinds{conv, conv}));
  EXPECT_EQ(model.network.layers[0].name, "Conv_1");
  EXPECT_EQ(model.network.layers[1].name, "Conv_0");
  EXPECT_EQ(model.network.layers[1].skip, 0);
}

TEST(Fusion, AdditionStandsAloneBehindActivations) {
  OnnxBuilder builder;
  builder.input("x", {1, 2, 6, 6}).conv({2, 2, 3, 3}).relu();
  const std::string left = builder.current();
  const std::string right = builder.from("x").conv({2, 2, 3, 3}).relu().current();
  builder.from(left).add(right).relu().max_pool(2, 2);
  const Model model = read_built(&builder);
  ASSERT_EQ(kinds(model), (Kinds{conv, conv, addition}));
  const Layer& last = model.network.layers[2];
  EXPECT_EQ(last.source, 0);
  EXPECT_EQ(last.skip, 1);
  EXPECT_EQ(last.activation, Activation::relu);
  EXPECT_EQ(last.pool, PoolKind::max);
  EXPECT_EQ(last.kernels, 0);
  EXPECT_EQ(last.output, (MapShape{2, 2, 2}));
}

TEST(Fusion, MapAddedToItselfStandsAlone) {
  OnnxBuilder builder;
  builder.input("x", {1, 2, 6, 6}).conv({2, 2, 3, 3});
  builder.add(builder.current());
  const Model model = read_built(&builder);
  ASSERT_EQ(kinds(model), (Kinds{conv, addition}));
  EXPECT_EQ(model.network.layers[1].source, 0);
  EXPECT_EQ(model.network.layers[1].skip, 0);
}

TEST(Fusion, SecondAdditionInARowStandsAlone) {
  OnnxBuilder builder;
  builder.input("x", {1, 2, 6, 6}).conv({2, 2, 3, 3}, {1, 1}).add("x").add("x");
  EXPECT_EQ(kinds(read_built(&builder)), (Kinds{conv, addition}));
}

TEST(Fusion, ActivationWithoutOperatorBecomesASingleElementMaximum) {
  OnnxBuilder builder;
  builder.input("x", {1, 2, 6, 6}).clip(-0.5F, 0.5F).conv({2, 2, 3, 3});
  const Model model = read_built(&builder);
  ASSERT_EQ(kinds(model), (Kinds{pool, conv}));
  const Layer& first = model.network.layers[0];
  EXPECT_EQ(first.pool, PoolKind::max);
  EXPECT_EQ(first.pool_window.area(), 1);
  EXPECT_EQ(first.activation, Activation::clip);
  EXPECT_EQ(model.parameters[0].clip_high, 0.5F);
  EXPECT_EQ(first.output, (MapShape{2, 6, 6}));
}

TEST(Fusion, ActivationStandsAloneWhenTheRawMapIsReadToo) {
  OnnxBuilder builder;
  builder.input("x", {1, 2, 6, 6}).conv({2, 2, 3, 3}, {1, 1});
  const std::string raw = builder.current();
  builder.relu().conv({2, 2, 3, 3}, {1, 1}).add(raw);
  const Model model = read_built(&builder);
  ASSERT_EQ(kinds(model), (Kinds{conv, pool, conv}));
  EXPECT_EQ(model.network.layers[0].activation, Activation::none);
  EXPECT_EQ(model.network.layers[1].activation, Activation::relu);
  EXPECT_EQ(model.network.layers[2].source, 1);
  EXPECT_EQ(model.network.layers[2].skip, 0);
}

TEST(Fusion, LoneActivationTakesTheMaxPoolBehindIt) {
  OnnxBuilder builder;
  builder.input("x", {1, 2, 6, 6}).relu().max_pool(2, 2);
  const Model model = read_built(&builder);
  ASSERT_EQ(kinds(model), (Kinds{pool}));
  EXPECT_EQ(model.network.layers[0].activation, Activation::relu);
  EXPECT_EQ(model.network.layers[0].output, (MapShape{2, 3, 3}));
  OnnxBuilder average;
  average.input("x", {1, 2, 6, 6}).relu().average_pool(2, 2);
  EXPECT_EQ(kinds(read_built(&average)), (Kinds{pool, pool}));
}

TEST(Fusion, ActivationsInARowBecomeOne) {
  OnnxBuilder builder;
  builder.input("x", {1, 2, 6, 6}).conv({2, 2, 3, 3}).relu().clip(-3.0F, 6.0F);
  const Model model = read_built(&builder);
  ASSERT_EQ(kinds(model), (Kinds{conv}));
  EXPECT_EQ(model.parameters[0].clip_low, 0.0F);
  EXPECT_EQ(model.parameters[0].clip_high, 6.0F);
}

TEST(Fusion, ClipWithoutZeroHasWeightsBeforeItWhichGiveItAFormat) {
  OnnxBuilder alone;
  alone.input("x", {1, 2, 6, 6}).clip(50.0F, 60.0F).conv({2, 2, 3, 3});
  const Model model = read_built(&alone);
  ASSERT_EQ(kinds(model), (Kinds{LayerKind::depthwise, conv}));
  EXPECT_EQ(model.parameters[0].clip_low, 50.0F);
  EXPECT_EQ(model.parameters[0].weights, (std::vector<float>{1.0F, 1.0F}));
  OnnxBuilder behind;
  behind.input("x", {1, 2, 6, 6}).conv({2, 2, 3, 3}).clip(-60.0F, -50.0F);
  EXPECT_EQ(kinds(read_built(&behind)), (Kinds{conv}));
}

TEST(Fusion, OutputOfTheGraphIsAReader) {
  OnnxBuilder builder;
  builder.input("x", {1, 2, 6, 6}).conv({2, 2, 3, 3}, {1, 1});
  const Model model = read_built(&builder);
  EXPECT_EQ(kinds(model), (Kinds{conv}));
  EXPECT_EQ(model.network.classes(), 72);
}

TEST(Fusion, InvertedResidualsNeedOneLayerPerConvolution) {
  OnnxBuilder builder;
  builder.input("x", {1, 3, 16, 16}).conv({8, 3, 3, 3}, {2, 1}).clip(0.0F, 6.0F);
  for (int block = 0; block < 3; ++block) {
    const std::string trunk = builder.current();
    builder.conv({24, 8, 1, 1}).clip(0.0F, 6.0F);
    builder.conv({24, 1, 3, 3}, {1, 1, 24}).clip(0.0F, 6.0F);
    builder.conv({8, 24, 1, 1}).add(trunk);
  }
  builder.conv({32, 8, 1, 1}).clip(0.0F, 6.0F).global_average_pool();
  builder.conv({10, 32, 1, 1}).flatten().softmax();
  const Model model = read_built(&builder);
  ASSERT_EQ(model.network.layers.size(), 12U);
  int depthwise = 0;
  int skips = 0;
  for (const Layer& layer : model.network.layers) {
    depthwise += layer.kind == LayerKind::depthwise ? 1 : 0;
    skips += layer.skip != kNoSource ? 1 : 0;
  }
  EXPECT_EQ(depthwise, 3);
  EXPECT_EQ(skips, 3);
  EXPECT_EQ(model.network.layers[6].skip, 3);
  EXPECT_EQ(model.network.layers[10].output, (MapShape{32, 1, 1}));
  EXPECT_EQ(model.network.classes(), 10);
}

}  // namespace
}  // namespace airnn::test
