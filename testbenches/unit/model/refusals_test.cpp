// SPDX-License-Identifier: Apache-2.0
#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <onnx/onnx_pb.h>

#include <functional>
#include <limits>

#include "testbenches/unit/model/model_under_test.h"

namespace airnn::test {
namespace {

using Dims = OnnxBuilder::Dims;
using testing::AllOf;
using testing::HasSubstr;

struct Refusal {
  const char* title;
  std::function<void(OnnxBuilder*)> build;  // behind the input x of shape [1, 2, 6, 6]
  const char* where;
  const char* what;
};

class Refusals : public testing::TestWithParam<Refusal> {};

TEST_P(Refusals, SayWhereAndWhat) {
  OnnxBuilder builder;
  builder.input("x", {1, 2, 6, 6});
  GetParam().build(&builder);
  EXPECT_THAT(refusal(&builder),
              AllOf(HasSubstr(".onnx: "), HasSubstr(GetParam().where), HasSubstr(GetParam().what)));
}

OnnxBuilder& plain_conv(OnnxBuilder* b, const std::vector<OnnxAttribute>& attributes,
                        const Dims& weights = {4, 2, 3, 3}) {
  return b->node("Conv", {b->current(), b->random(weights, 1.0F)}, attributes, "c");
}

const Refusal kRefusals[] = {
    {"UnknownOperator", [](OnnxBuilder* b) { b->node("Tanh", {"x"}, {}, "t"); },
     "node 't' (operator Tanh)", "supported are Conv, Gemm, MatMul, Relu"},
    {"UnnamedNode", [](OnnxBuilder* b) { b->node("Sigmoid", {"x"}, {}, ""); }, "node 'Sigmoid_0'",
     "not supported"},
    {"ForwardReference", [](OnnxBuilder* b) { b->node("Relu", {"y"}, {}, "r"); }, "node 'r'",
     "reads 'y'"},
    {"Dilations",
     [](OnnxBuilder* b) {
       plain_conv(b, {{"dilations", Dims{2, 2}}});
     },
     "node 'c' (operator Conv)", "dilations [2, 2]"},
    {"AutoPadMode",
     [](OnnxBuilder* b) {
       plain_conv(b, {{"auto_pad", "FULL"}});
     },
     "node 'c'", "supported are NOTSET, SAME_UPPER"},
    {"NegativePads",
     [](OnnxBuilder* b) {
       plain_conv(b, {{"pads", Dims{0, 0, -1, 0}}});
     },
     "node 'c'", "pads [0, 0, -1, 0]"},
    {"ZeroStride",
     [](OnnxBuilder* b) {
       plain_conv(b, {{"strides", Dims{0, 1}}});
     },
     "node 'c'", "strides [0, 1]"},
    {"AttributeOfWrongType",
     [](OnnxBuilder* b) {
       plain_conv(b, {{"strides", 2}});
     },
     "node 'c'", "'strides' must be a list of integers"},
    {"KernelShapeAgainstWeights",
     [](OnnxBuilder* b) {
       plain_conv(b, {{"kernel_shape", Dims{5, 5}}});
     },
     "node 'c'", "contradicts the weights"},
    {"OneDimensionalConv",
     [](OnnxBuilder* b) {
       plain_conv(b, {}, {4, 2, 3});
     },
     "node 'c'", "two-dimensional"},
    {"ChannelsOfWeights",
     [](OnnxBuilder* b) {
       plain_conv(b, {}, {4, 3, 3, 3});
     },
     "node 'c'", "3 channels per kernel, but the map has 2"},
    {"Groups",
     [](OnnxBuilder* b) {
       plain_conv(b, {{"group", 3}});
     },
     "node 'c'", "group 3 does not divide"},
    {"KernelLargerThanMap",
     [](OnnxBuilder* b) {
       plain_conv(b, {}, {4, 2, 7, 7});
     },
     "node 'c'", "larger than the padded map"},
    {"BiasOfConv",
     [](OnnxBuilder* b) {
       b->node("Conv", {"x", b->random({4, 2, 3, 3}, 1.0F), b->random({3}, 1.0F)}, {}, "c");
     },
     "node 'c'", "3 elements for 4 kernels"},
    {"WeightsFromTheInput",
     [](OnnxBuilder* b) {
       b->node("Conv", {"x", "x"}, {}, "c");
     },
     "node 'c'", "weights 'x' must be a constant"},
    {"NotANumber",
     [](OnnxBuilder* b) {
       const float nan = std::numeric_limits<float>::quiet_NaN();
       b->node("Conv", {"x", b->floats({1, 2, 1, 1}, {1.0F, nan})}, {}, "c");
     },
     "node 'c'", "'constant_0' contain NaN at element 1"},
    {"InfiniteBias",
     [](OnnxBuilder* b) {
       const float infinite = std::numeric_limits<float>::infinity();
       b->node("Conv", {"x", b->random({1, 2, 1, 1}, 1.0F), b->floats({1}, {infinite})}, {}, "c");
     },
     "node 'c'", "bias 'constant_1' contain an infinite value"},
    {"GemmOnAMap", [](OnnxBuilder* b) { b->gemm(3, 72); }, "operator Gemm", "Flatten comes before"},
    {"GemmTransposedInput",
     [](OnnxBuilder* b) {
       b->flatten();
       b->node("Gemm", {b->current(), b->random({72, 2}, 1.0F)}, {{"transA", 1}}, "g");
     },
     "node 'g'", "reads 72 rows"},
    {"GemmInputs", [](OnnxBuilder* b) { b->flatten().gemm(3, 70); }, "operator Gemm",
     "70 inputs, but the map has 72"},
    {"GemmBias",
     [](OnnxBuilder* b) {
       b->flatten();
       b->node("Gemm", {b->current(), b->random({72, 4}, 1.0F), b->random({3}, 1.0F)}, {}, "g");
     },
     "node 'g'", "does not fit 4 outputs"},
    {"ConstantTimesMap",
     [](OnnxBuilder* b) {
       b->flatten();
       b->node("MatMul", {b->random({72, 72}, 1.0F), b->current()}, {}, "m");
     },
     "node 'm'", "'constant_0' is a constant; a feature map is expected"},
    {"PoolingInPaddingAlone", [](OnnxBuilder* b) { b->max_pool(2, 1, 2); }, "operator MaxPool",
     "pads smaller than the window"},
    {"PoolingLargerThanMap", [](OnnxBuilder* b) { b->average_pool(7, 1); }, "operator AveragePool",
     "larger than the padded map"},
    {"PoolingWithoutWindow", [](OnnxBuilder* b) { b->node("MaxPool", {"x"}, {}, "p"); }, "node 'p'",
     "'kernel_shape' is missing"},
    {"PoolingOfFlatMap", [](OnnxBuilder* b) { b->flatten().max_pool(1, 1); }, "operator MaxPool",
     "not flattened"},
    {"AdditionOfDifferentShapes",
     [](OnnxBuilder* b) {
       const std::string pooled = b->global_average_pool().current();
       b->from("x").conv({2, 2, 1, 1}).add(pooled);
     },
     "operator Add", "[1, 2, 6, 6] and [1, 2, 1, 1]"},
    {"AdditionAlongRows", [](OnnxBuilder* b) { b->add(b->random({6}, 1.0F)); }, "operator Add",
     "supported is one value per channel"},
    {"BatchNormalizationChannels", [](OnnxBuilder* b) { b->batch_normalization(3); },
     "operator BatchNormalization", "3 elements for 2 channels"},
    {"BatchNormalizationOfFlatMap", [](OnnxBuilder* b) { b->flatten().batch_normalization(72); },
     "operator BatchNormalization", "before Flatten"},
    {"BatchNormalizationVariance",
     [](OnnxBuilder* b) {
       const std::string one = b->floats({2}, {1, 1});
       b->node("BatchNormalization", {"x", one, one, one, b->floats({2}, {1, -1})}, {}, "b");
     },
     "node 'b'", "variance of channel 1"},
    {"FoldedWeightsTooLarge",
     [](OnnxBuilder* b) {
       b->flatten();
       const std::string weights = b->floats({72, 1}, std::vector<float>(72, 1e30F));
       b->node("Gemm", {b->current(), weights}, {{"alpha", 1e30F}}, "g");
     },
     "node 'g'", "exceed single precision"},
    {"ClipBounds", [](OnnxBuilder* b) { b->clip(2.0F, 1.0F); }, "operator Clip", "is above max"},
    {"SoftmaxInTheMiddle", [](OnnxBuilder* b) { b->flatten().gemm(4, 72).softmax().gemm(2, 4); },
     "operator Gemm", "only as the last operator"},
    {"SoftmaxPerPixel",
     [](OnnxBuilder* b) {
       b->conv({4, 2, 1, 1}).node("Softmax", {b->current()}, {{"axis", 1}}, "s");
     },
     "node 's'", "over all elements"},
    {"SecondInput",
     [](OnnxBuilder* b) {
       b->input("y", {1, 2, 6, 6}).from("x").add("y");
     },
     "operator Add", "'y' has no value"},
    {"ConcatenatedMaps",
     [](OnnxBuilder* b) {
       b->node("Concat", {"x", "x"}, {{"axis", 1}}, "k");
     },
     "node 'k'", "of maps is not supported"},
};

INSTANTIATE_TEST_SUITE_P(Graphs, Refusals, testing::ValuesIn(kRefusals),
                         [](const auto& tested) { return std::string(tested.param.title); });

TEST(RefusedInputs, MustHaveFixedSides) {
  OnnxBuilder symbolic;
  symbolic.input("x", {1, 3, -1, 32}).conv({2, 3, 3, 3});
  EXPECT_THAT(refusal(&symbolic), AllOf(HasSubstr("input 'x' has shape [1, 3, ?, 32]"),
                                        HasSubstr("dimension 2 must be a fixed number")));
  OnnxBuilder batch;
  batch.input("x", {8, 3, 32, 32}).conv({2, 3, 3, 3});
  EXPECT_THAT(refusal(&batch), HasSubstr("where the batch 1 may be symbolic"));
  OnnxBuilder volume;
  volume.input("x", {1, 3, 8, 8, 8}).relu();
  EXPECT_THAT(refusal(&volume), HasSubstr("supported are [1, channels, height, width]"));
}

TEST(RefusedOutputs, OfPoolingAreIndices) {
  OnnxBuilder builder;
  builder.input("x", {1, 2, 6, 6}).max_pool(2, 2);
  builder.model().mutable_graph()->mutable_node(0)->add_output("indices");
  EXPECT_THAT(refusal(&builder), HasSubstr("'indices' (indices of the maxima) is not supported"));
}

}  // namespace
}  // namespace airnn::test
