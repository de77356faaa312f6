// SPDX-License-Identifier: Apache-2.0
#include <gtest/gtest.h>
#include <onnx/onnx_pb.h>

#include <cmath>

#include "testbenches/unit/model/model_under_test.h"

namespace airnn::test {
namespace {

constexpr float kTolerance = 2e-6F;

// y = (x - mean) / sqrt(variance + epsilon) * scale + bias on each channel of a map.
std::vector<float> normalise(OnnxBuilder* builder, std::vector<float> map, std::size_t channels) {
  const auto& graph = builder->model().graph();
  std::vector<const onnx::TensorProto*> operands;
  for (const auto& node : graph.node()) {
    for (int i = 1; node.op_type() == "BatchNormalization" && i < node.input_size(); ++i) {
      for (const auto& tensor : graph.initializer()) {
        if (tensor.name() == node.input(i)) {
          operands.push_back(&tensor);
        }
      }
    }
  }
  const std::size_t area = map.size() / channels;
  for (std::size_t i = 0; i < map.size(); ++i) {
    const auto c = static_cast<int>(i / area);
    const double deviation = std::sqrt(operands.at(3)->float_data(c) + 1e-5);
    map[i] = static_cast<float>((map[i] - operands[2]->float_data(c)) / deviation *
                                    operands[0]->float_data(c) +
                                operands[1]->float_data(c));
  }
  return map;
}

TEST(AffineFolding, BatchNormalizationBehindConvChangesOnlyItsParameters) {
  OnnxBuilder plain;
  plain.input("x", {1, 3, 6, 6}).conv({4, 3, 3, 3});
  OnnxBuilder normalised;
  normalised.input("x", {1, 3, 6, 6}).conv({4, 3, 3, 3}).batch_normalization(4);
  const Model model = read_built(&normalised);
  ASSERT_EQ(model.network.layers.size(), 1U);
  EXPECT_EQ(model.network.layers[0].name, "Conv_0");
  const std::vector<float> expected = normalise(&normalised, run(read_built(&plain)), 4);
  EXPECT_LT(distance(run(model), expected), kTolerance);
}

TEST(AffineFolding, BatchNormalizationFoldsIntoDepthwiseAndGemm) {
  OnnxBuilder plain;
  plain.input("x", {1, 3, 6, 6}).conv({6, 1, 3, 3}, {1, 0, 3});
  OnnxBuilder depthwise;
  depthwise.input("x", {1, 3, 6, 6}).conv({6, 1, 3, 3}, {1, 0, 3}).batch_normalization(6);
  const Model folded = read_built(&depthwise);
  ASSERT_EQ(folded.network.layers.size(), 1U);
  EXPECT_LT(distance(run(folded), normalise(&depthwise, run(read_built(&plain)), 6)), kTolerance);

  OnnxBuilder plain_gemm;
  plain_gemm.input("x", {1, 12}).gemm(5, 12);
  OnnxBuilder gemm;
  gemm.input("x", {1, 12}).gemm(5, 12).batch_normalization(5);
  const Model neurons = read_built(&gemm);
  ASSERT_EQ(neurons.network.layers.size(), 1U);
  EXPECT_LT(distance(run(neurons), normalise(&gemm, run(read_built(&plain_gemm)), 5)), kTolerance);
}

TEST(AffineFolding, BatchNormalizationBehindReluBecomesADepthwiseLayer) {
  OnnxBuilder plain;
  plain.input("x", {1, 3, 6, 6}).conv({4, 3, 3, 3}).relu();
  OnnxBuilder normalised;
  normalised.input("x", {1, 3, 6, 6}).conv({4, 3, 3, 3}).relu().batch_normalization(4);
  const Model model = read_built(&normalised);
  ASSERT_EQ(model.network.layers.size(), 2U);
  const Layer& layer = model.network.layers[1];
  EXPECT_EQ(layer.kind, LayerKind::depthwise);
  EXPECT_EQ(layer.kernels, 4);
  EXPECT_EQ(layer.columns, 1);
  EXPECT_EQ(layer.groups, 4);
  EXPECT_EQ(layer.window.area(), 1);
  const std::vector<float> expected = normalise(&normalised, run(read_built(&plain)), 4);
  EXPECT_LT(distance(run(model), expected), kTolerance);
}

TEST(AffineFolding, BatchNormalizationAtTheInputIsALayerToo) {
  OnnxBuilder builder;
  builder.input("x", {1, 3, 6, 6}).batch_normalization(3).conv({4, 3, 3, 3});
  const Model model = read_built(&builder);
  ASSERT_EQ(model.network.layers.size(), 2U);
  EXPECT_EQ(model.network.layers[0].kind, LayerKind::depthwise);
  OnnxBuilder grey;
  grey.input("x", {1, 1, 6, 6}).batch_normalization(1).conv({4, 1, 3, 3});
  EXPECT_EQ(read_built(&grey).network.layers[0].kind, LayerKind::convolution);
}

TEST(AffineFolding, LeavesAConvolutionAloneWhoseMapHasAnotherReader) {
  OnnxBuilder builder;
  builder.input("x", {1, 2, 6, 6}).conv({2, 2, 3, 3});
  const std::string raw = builder.current();
  builder.batch_normalization(2).relu().add(raw);
  const Model model = read_built(&builder);
  ASSERT_EQ(model.network.layers.size(), 3U);
  EXPECT_EQ(model.network.layers[1].kind, LayerKind::depthwise);
  EXPECT_EQ(model.network.layers[1].activation, Activation::relu);
}

TEST(AffineFolding, FoldsThroughDropoutAndKeepsPrecision) {
  // 1/3 * 3 in single precision twice would not give back 1 exactly for every weight; double does.
  OnnxBuilder builder;
  builder.input("x", {1, 1, 1, 1});
  builder.node("Conv", {"x", builder.floats({1, 1, 1, 1}, {0.1F})});
  builder.node("Dropout", {builder.current()});
  const std::string zero = builder.floats({1}, {0.0F});
  const std::string one = builder.floats({1}, {1.0F});
  for (const float scale : {3.0F, 1.0F / 3.0F}) {
    builder.node("BatchNormalization",
                 {builder.current(), builder.floats({1}, {scale}), zero, zero, one},
                 {{"epsilon", 0.0F}});
  }
  const Model model = read_built(&builder);
  ASSERT_EQ(model.network.layers.size(), 1U);
  const double exact = double{0.1F} * 3.0 * double{1.0F / 3.0F};
  EXPECT_EQ(model.parameters[0].weights[0], static_cast<float>(exact));
}

TEST(AffineFolding, AddedConstantPerChannelIsBias) {
  for (const OnnxBuilder::Dims& dims : {OnnxBuilder::Dims{2, 1, 1}, {1, 2, 1, 1}}) {
    OnnxBuilder builder;
    builder.input("x", {1, 1, 4, 4}).conv({2, 1, 3, 3}, {1, 0, 1, false});
    builder.node("Add", {builder.floats(dims, {5.0F, 7.0F}), builder.current()});
    const Model model = read_built(&builder);
    ASSERT_EQ(model.network.layers.size(), 1U);
    EXPECT_EQ(model.parameters[0].bias, (std::vector<float>{5.0F, 7.0F}));
  }
}

TEST(AffineFolding, AddedScalarReachesEveryChannel) {
  OnnxBuilder builder;
  builder.input("x", {1, 1, 4, 4}).conv({2, 1, 3, 3}, {1, 0, 1, false});
  builder.add(builder.scalar(2.0F));
  EXPECT_EQ(read_built(&builder).parameters[0].bias, (std::vector<float>{2.0F, 2.0F}));
}

}  // namespace
}  // namespace airnn::test
