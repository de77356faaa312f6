// SPDX-License-Identifier: Apache-2.0
#include <gtest/gtest.h>

#include <numeric>

#include "testbenches/unit/model/model_under_test.h"

namespace airnn::test {
namespace {

using Dims = OnnxBuilder::Dims;

// The only layer of a graph that consists of one node.
Layer only_layer(OnnxBuilder* builder) {
  const Model model = read_built(builder);
  EXPECT_EQ(model.network.layers.size(), 1U);
  return model.network.layers.front();
}

std::vector<float> counting(std::size_t size) {
  std::vector<float> values(size);
  std::iota(values.begin(), values.end(), 1.0F);
  return values;
}

TEST(Operators, ConvKeepsStridesAndAsymmetricPads) {
  OnnxBuilder builder;
  builder.input("x", {1, 2, 9, 7});
  builder.node("Conv", {"x", builder.floats({3, 2, 3, 2}, counting(36))},
               {{"strides", Dims{2, 1}}, {"pads", Dims{0, 1, 1, 2}}});
  const Model model = read_built(&builder);
  const Layer& layer = model.network.layers[0];
  EXPECT_EQ(layer.kind, LayerKind::convolution);
  EXPECT_EQ(layer.window.kernel_h, 3);
  EXPECT_EQ(layer.window.kernel_w, 2);
  EXPECT_EQ(layer.window.stride_h, 2);
  EXPECT_EQ(layer.window.stride_w, 1);
  EXPECT_EQ(layer.window.pad_top, 0);
  EXPECT_EQ(layer.window.pad_left, 1);
  EXPECT_EQ(layer.window.pad_bottom, 1);
  EXPECT_EQ(layer.window.pad_right, 2);
  EXPECT_EQ(layer.output, (MapShape{3, 4, 9}));
  EXPECT_EQ(layer.kernels, 3);
  EXPECT_EQ(layer.columns, 12);
  EXPECT_EQ(model.parameters[0].weights, counting(36));
  EXPECT_EQ(model.parameters[0].bias, std::vector<float>(3, 0.0F));
}

TEST(Operators, ConvResolvesAutoPad) {
  for (const char* mode : {"SAME_UPPER", "SAME_LOWER", "VALID"}) {
    OnnxBuilder builder;
    builder.input("x", {1, 1, 8, 8});
    builder.node("Conv", {"x", builder.random({1, 1, 3, 3}, 1.0F)},
                 {{"auto_pad", mode}, {"strides", Dims{2, 2}}});
    const Layer layer = only_layer(&builder);
    const bool valid = std::string(mode) == "VALID";
    EXPECT_EQ(layer.output, (MapShape{1, valid ? 3 : 4, valid ? 3 : 4}));
    EXPECT_EQ(layer.window.pad_top, std::string(mode) == "SAME_LOWER" ? 1 : 0);
    EXPECT_EQ(layer.window.pad_bottom, std::string(mode) == "SAME_UPPER" ? 1 : 0);
  }
}

TEST(Operators, ConvWithOneChannelPerGroupIsDepthwise) {
  OnnxBuilder builder;
  builder.input("x", {1, 4, 6, 6}).conv({8, 1, 3, 3}, {1, 1, 4});
  const Layer layer = only_layer(&builder);
  EXPECT_EQ(layer.kind, LayerKind::depthwise);
  EXPECT_EQ(layer.groups, 4);
  EXPECT_EQ(layer.kernels, 8);
  EXPECT_EQ(layer.columns, 9);
  EXPECT_EQ(layer.output, (MapShape{8, 6, 6}));
}

TEST(Operators, ConvWithSeveralChannelsPerGroupIsAConvolution) {
  OnnxBuilder builder;
  builder.input("x", {1, 4, 6, 6}).conv({6, 2, 3, 3}, {1, 0, 2});
  const Layer layer = only_layer(&builder);
  EXPECT_EQ(layer.kind, LayerKind::convolution);
  EXPECT_EQ(layer.groups, 2);
  EXPECT_EQ(layer.columns, 18);
}

TEST(Operators, ConvOfASingleChannelIsNoDepthwise) {
  OnnxBuilder builder;
  builder.input("x", {1, 1, 6, 6}).conv({2, 1, 3, 3});
  EXPECT_EQ(only_layer(&builder).kind, LayerKind::convolution);
}

TEST(Operators, GemmIsLaidOutNeuronByNeuronForEitherTransposition) {
  for (const int transposed : {0, 1}) {
    OnnxBuilder builder;
    builder.input("x", {-1, 3});
    const Dims dims = transposed == 1 ? Dims{2, 3} : Dims{3, 2};
    const std::string weights = builder.floats(dims, {1, 2, 3, 4, 5, 6});
    builder.node("Gemm", {"x", weights, builder.floats({2}, {10, 20})},
                 {{"transB", transposed}, {"alpha", 0.5F}, {"beta", 2.0F}});
    const Model model = read_built(&builder);
    const Layer& layer = model.network.layers[0];
    EXPECT_EQ(layer.kind, LayerKind::fully_connected);
    EXPECT_EQ(layer.input, (MapShape{1, 1, 3}));
    EXPECT_EQ(layer.output, (MapShape{2, 1, 1}));
    EXPECT_EQ(layer.columns, 3);
    const std::vector<float> rows = {0.5F, 1, 1.5F, 2, 2.5F, 3};
    const std::vector<float> columns = {0.5F, 1.5F, 2.5F, 1, 2, 3};
    EXPECT_EQ(model.parameters[0].weights, transposed == 1 ? rows : columns);
    EXPECT_EQ(model.parameters[0].bias, (std::vector<float>{20, 40}));
  }
}

TEST(Operators, GemmSpreadsAScalarBias) {
  OnnxBuilder builder;
  builder.input("x", {1, 3});
  builder.node("Gemm", {"x", builder.random({3, 2}, 1.0F), builder.scalar(7.0F)});
  EXPECT_EQ(read_built(&builder).parameters[0].bias, (std::vector<float>{7, 7}));
}

TEST(Operators, MatMulTakesTheAddedVectorAsBias) {
  OnnxBuilder builder;
  builder.input("x", {1, 3});
  builder.node("MatMul", {"x", builder.floats({3, 2}, {1, 2, 3, 4, 5, 6})});
  builder.add(builder.floats({2}, {10, 20}));
  const Model model = read_built(&builder);
  ASSERT_EQ(model.network.layers.size(), 1U);
  EXPECT_EQ(model.parameters[0].weights, (std::vector<float>{1, 3, 5, 2, 4, 6}));
  EXPECT_EQ(model.parameters[0].bias, (std::vector<float>{10, 20}));
}

TEST(Operators, ZerosOfAPrunedLayerAreCounted) {
  OnnxBuilder builder;
  builder.input("x", {1, 2});
  builder.node("MatMul", {"x", builder.floats({2, 3}, {1, 0, 3, -0.0F, 5, 0})});
  const Layer layer = only_layer(&builder);
  EXPECT_EQ(layer.weights, 3);
  EXPECT_EQ(layer.zeros, 3);
}

TEST(Operators, ClipReadsAttributesOrInputs) {
  OnnxBuilder inputs;
  inputs.input("x", {1, 1, 4, 4}).conv({2, 1, 3, 3}).clip(-1.0F, 6.0F);
  OnnxBuilder attributes(10);
  attributes.input("x", {1, 1, 4, 4}).conv({2, 1, 3, 3});
  attributes.node("Clip", {attributes.current()}, {{"min", -1.0F}, {"max", 6.0F}});
  for (OnnxBuilder* builder : {&inputs, &attributes}) {
    const Model model = read_built(builder);
    ASSERT_EQ(model.network.layers.size(), 1U);
    EXPECT_EQ(model.network.layers[0].activation, Activation::clip);
    EXPECT_EQ(model.parameters[0].clip_low, -1.0F);
    EXPECT_EQ(model.parameters[0].clip_high, 6.0F);
  }
}

TEST(Operators, ClipFromZeroWithoutUpperBoundIsRelu) {
  OnnxBuilder builder;
  builder.input("x", {1, 1, 4, 4}).conv({2, 1, 3, 3});
  builder.node("Clip", {builder.current(), builder.scalar(0.0F)});
  EXPECT_EQ(only_layer(&builder).activation, Activation::relu);
}

TEST(Operators, ClipWithoutBoundsDoesNothing) {
  OnnxBuilder builder;
  builder.input("x", {1, 1, 4, 4}).conv({2, 1, 3, 3});
  builder.node("Clip", {builder.current()});
  EXPECT_EQ(only_layer(&builder).activation, Activation::none);
}

TEST(Operators, PoolingKeepsWindowAndCeilMode) {
  OnnxBuilder builder;
  builder.input("x", {1, 3, 6, 8});
  builder.node("AveragePool", {"x"},
               {{"kernel_shape", Dims{3, 2}},
                {"strides", Dims{3, 2}},
                {"pads", Dims{0, 1, 0, 0}},
                {"ceil_mode", 1},
                {"count_include_pad", 1}});
  const Layer layer = only_layer(&builder);
  EXPECT_EQ(layer.kind, LayerKind::pooling);
  EXPECT_EQ(layer.pool, PoolKind::average);
  EXPECT_TRUE(layer.count_include_pad);
  EXPECT_EQ(layer.pool_window.kernel_w, 2);
  EXPECT_EQ(layer.pool_window.stride_h, 3);
  EXPECT_EQ(layer.pool_window.pad_left, 1);
  EXPECT_EQ(layer.output, (MapShape{3, 2, 5}));
  EXPECT_EQ(layer.result, layer.output);
  EXPECT_EQ(layer.kernels, 0);
  EXPECT_EQ(layer.columns, 0);
  EXPECT_EQ(layer.window.area(), 1);
}

TEST(Operators, GlobalAveragePoolCoversTheMap) {
  OnnxBuilder builder;
  builder.input("x", {1, 3, 6, 8}).global_average_pool();
  const Layer layer = only_layer(&builder);
  EXPECT_EQ(layer.pool_window.kernel_h, 6);
  EXPECT_EQ(layer.pool_window.kernel_w, 8);
  EXPECT_EQ(layer.output, (MapShape{3, 1, 1}));
}

TEST(Operators, GlobalAveragePoolOfSingleElementsDoesNothing) {
  OnnxBuilder builder;
  builder.input("x", {1, 3, 3, 3}).conv({4, 3, 3, 3}).global_average_pool();
  EXPECT_EQ(only_layer(&builder).pool, PoolKind::none);
}

TEST(Operators, DropoutAndIdentityAreSkipped) {
  OnnxBuilder builder;
  builder.input("x", {1, 1, 4, 4}).conv({2, 1, 3, 3});
  builder.node("Dropout", {builder.current()}, {{"ratio", 0.5F}}).relu();
  builder.node("Identity", {builder.current()});
  EXPECT_EQ(only_layer(&builder).activation, Activation::relu);
}

TEST(Operators, ConstantNodesServeAsWeights) {
  OnnxBuilder builder;
  builder.input("x", {1, 2});
  builder.node("Constant", {}, {{"value_floats", std::vector<float>{3.0F, 4.0F}}});
  builder.node("Unsqueeze", {builder.current(), builder.integers({1})});
  builder.node("MatMul", {"x", builder.current()});
  EXPECT_EQ(read_built(&builder).parameters[0].weights, (std::vector<float>{3, 4}));
}

TEST(Operators, SoftmaxOnlySetsTheFlag) {
  for (const std::int64_t opset : {9, 12, 13}) {
    OnnxBuilder builder(opset);
    builder.input("x", {1, 2, 3, 3}).conv({5, 2, 3, 3}).flatten().softmax();
    const Model model = read_built(&builder);
    EXPECT_TRUE(model.network.has_softmax);
    EXPECT_EQ(model.network.layers.size(), 1U);
  }
}

TEST(Operators, OutputNeedNotBeFlat) {
  OnnxBuilder builder;
  builder.input("x", {1, 2, 4, 4}).conv({5, 2, 3, 3}).relu().global_average_pool();
  const Model model = read_built(&builder);
  EXPECT_EQ(model.network.classes(), 5);
  EXPECT_FALSE(model.network.has_softmax);
}

}  // namespace
}  // namespace airnn::test
