// SPDX-License-Identifier: Apache-2.0
// The evaluator's definitions against numbers worked out by hand from the text of the operators.
#include <gtest/gtest.h>

#include <cmath>
#include <vector>

#include "testbenches/oracle/evaluator.h"
#include "testbenches/support/onnx_builder.h"

namespace airnn::test {
namespace {

using Dims = OnnxBuilder::Dims;
using Numbers = std::vector<double>;

Numbers evaluated(OnnxBuilder* builder, const Numbers& input) {
  onnx::ModelProto model;
  model.ParseFromString(builder->bytes());
  return oracle::Evaluator(model).run(input).values;
}

// 1 to 9, as three rows of three.
const Numbers kNine = {1, 2, 3, 4, 5, 6, 7, 8, 9};

OnnxBuilder on_nine(std::int64_t opset = 13) {
  OnnxBuilder builder(opset);
  builder.input("x", {1, 1, 3, 3});
  return builder;
}

Numbers pooled(const std::string& type, const std::vector<OnnxAttribute>& attributes) {
  OnnxBuilder builder = on_nine();
  builder.node(type, {"x"}, attributes);
  return evaluated(&builder, kNine);
}

TEST(OracleOperators, ConvMultipliesWindowsWithoutTurningThem) {
  OnnxBuilder builder = on_nine();
  const std::string weights = builder.floats({1, 1, 2, 2}, {1, 10, 100, 1000});
  builder.node("Conv", {"x", weights, builder.floats({1}, {0.5})});
  EXPECT_EQ(evaluated(&builder, kNine), (Numbers{5421.5, 6532.5, 8754.5, 9865.5}));
}

TEST(OracleOperators, ConvPadsDilatesAndGroups) {
  OnnxBuilder padded = on_nine();
  padded.node("Conv", {"x", padded.floats({1, 1, 1, 1}, {2})},
              {{"pads", Dims{0, 1, 0, 0}}, {"strides", Dims{2, 2}}});
  EXPECT_EQ(evaluated(&padded, kNine), (Numbers{0, 4, 0, 16}));
  OnnxBuilder dilated = on_nine();
  dilated.node("Conv", {"x", dilated.floats({1, 1, 2, 2}, {1, 1, 1, 1})},
               {{"dilations", Dims{2, 2}}});
  EXPECT_EQ(evaluated(&dilated, kNine), (Numbers{1 + 3 + 7 + 9}));
  OnnxBuilder grouped;
  grouped.input("x", {1, 2, 1, 1});
  grouped.node("Conv", {"x", grouped.floats({4, 1, 1, 1}, {1, 2, 3, 4})}, {{"group", 2}});
  EXPECT_EQ(evaluated(&grouped, {1, 10}), (Numbers{1, 2, 30, 40}));
}

TEST(OracleOperators, AutoPadPutsTheOddOneAtTheEndOrTheBeginning) {
  const Dims two = {2, 2};
  EXPECT_EQ(pooled("MaxPool", {{"kernel_shape", two}, {"auto_pad", "SAME_UPPER"}}),
            (Numbers{5, 6, 6, 8, 9, 9, 8, 9, 9}));
  EXPECT_EQ(pooled("MaxPool", {{"kernel_shape", two}, {"auto_pad", "SAME_LOWER"}}),
            (Numbers{1, 2, 3, 4, 5, 6, 7, 8, 9}));
  EXPECT_EQ(pooled("MaxPool", {{"kernel_shape", two}, {"auto_pad", "VALID"}}),
            (Numbers{5, 6, 8, 9}));
}

TEST(OracleOperators, AveragesCountPadsOnlyWhenToldTo) {
  const std::vector<OnnxAttribute> window = {
      {"kernel_shape", Dims{2, 2}}, {"strides", Dims{2, 2}}, {"pads", Dims{1, 1, 0, 0}}};
  EXPECT_EQ(pooled("AveragePool", window), (Numbers{1, 2.5, 5.5, 7}));
  auto counted = window;
  counted.push_back({"count_include_pad", 1});
  EXPECT_EQ(pooled("AveragePool", counted), (Numbers{0.25, 1.25, 2.75, 7}));
}

TEST(OracleOperators, RoundingUpAddsAWindowThatHasElementsOfTheMap) {
  const std::vector<OnnxAttribute> window = {{"kernel_shape", Dims{2, 2}}, {"strides", Dims{2, 2}}};
  EXPECT_EQ(pooled("AveragePool", window), (Numbers{3}));
  auto up = window;
  up.push_back({"ceil_mode", 1});
  EXPECT_EQ(pooled("AveragePool", up), (Numbers{3, 4.5, 7.5, 9}));
  up.push_back({"count_include_pad", 1});  // what is beyond the pads does not count
  EXPECT_EQ(pooled("AveragePool", up), (Numbers{3, 4.5, 7.5, 9}));
  // A third window would begin in the pads at the end.
  EXPECT_EQ(pooled("MaxPool", {{"kernel_shape", Dims{1, 1}},
                               {"strides", Dims{2, 2}},
                               {"pads", Dims{0, 0, 1, 1}},
                               {"ceil_mode", 1}}),
            (Numbers{1, 3, 7, 9}));
}

TEST(OracleOperators, MeansAndMaximaAreOverTheAxesNamed) {
  EXPECT_EQ(pooled("ReduceMean", {{"axes", Dims{2}}}), (Numbers{4, 5, 6}));
  EXPECT_EQ(pooled("ReduceMean", {{"axes", Dims{-1}}, {"keepdims", 0}}), (Numbers{2, 5, 8}));
  EXPECT_EQ(pooled("GlobalMaxPool", {}), (Numbers{9}));
  const Numbers mean = pooled("GlobalAveragePool", {});
  ASSERT_EQ(mean.size(), 1U);
  EXPECT_NEAR(mean[0], 5.0, 1e-14);
}

TEST(OracleOperators, GemmTurnsScalesAndSpreads) {
  OnnxBuilder builder;
  builder.input("x", {2, 1});
  const std::string weights = builder.floats({2, 2}, {1, 2, 3, 4});
  builder.node("Gemm", {"x", weights, builder.floats({2}, {10, 20})},
               {{"transA", 1}, {"alpha", 2.0F}, {"beta", 0.5F}});
  EXPECT_EQ(evaluated(&builder, {1, 10}), (Numbers{2 * 31 + 5, 2 * 42 + 10}));
  OnnxBuilder turned;
  turned.input("x", {1, 2});
  turned.node("Gemm", {"x", turned.floats({2, 2}, {1, 2, 3, 4})}, {{"transB", 1}});
  EXPECT_EQ(evaluated(&turned, {1, 10}), (Numbers{21, 43}));
}

TEST(OracleOperators, OperandsAreSpreadFromTheLastAxisOn) {
  OnnxBuilder builder;
  builder.input("x", {1, 2, 1, 2});
  builder.node("Sub", {builder.floats({2, 1, 1}, {10, 20}), "x"});
  EXPECT_EQ(evaluated(&builder, {1, 2, 3, 4}), (Numbers{9, 8, 17, 16}));
  builder.node("Mul", {builder.current(), builder.floats({2}, {1, -1})});
  builder.model().mutable_graph()->clear_output();
  EXPECT_EQ(evaluated(&builder, {1, 2, 3, 4}), (Numbers{9, -8, 17, -16}));
}

TEST(OracleOperators, BatchNormalizationIsPerChannel) {
  OnnxBuilder builder;
  builder.input("x", {1, 2, 1, 1});
  const std::string scale = builder.floats({2}, {2, 3});
  const std::string bias = builder.floats({2}, {100, 200});
  const std::string mean = builder.floats({2}, {1, 2});
  builder.node("BatchNormalization", {"x", scale, bias, mean, builder.floats({2}, {3.5, 8.5})},
               {{"epsilon", 0.5F}});
  EXPECT_EQ(evaluated(&builder, {5, 8}), (Numbers{100 + 2 * 4 / 2.0, 200 + 3 * 6 / 3.0}));
}

TEST(OracleOperators, SoftmaxIsOverTheRestBeforeSet13AndOverOneAxisFromItOn) {
  for (const std::int64_t opset : {12, 13}) {
    OnnxBuilder builder(opset);
    builder.input("x", {1, 2, 1, 2}).node("Softmax", {"x"}, {{"axis", 1}});
    const Numbers found = evaluated(&builder, {0, std::log(2.0), std::log(3.0), 0});
    const Numbers expected = opset == 12 ? Numbers{1 / 7.0, 2 / 7.0, 3 / 7.0, 1 / 7.0}
                                         : Numbers{1 / 4.0, 2 / 3.0, 3 / 4.0, 1 / 3.0};
    for (std::size_t i = 0; i < 4; ++i) {
      EXPECT_NEAR(found[i], expected[i], 1e-15) << opset;
    }
  }
}

TEST(OracleOperators, ElementsMoveAsShapesSay) {
  OnnxBuilder builder = on_nine();
  builder.node("Transpose", {"x"}, {{"perm", Dims{0, 1, 3, 2}}});
  EXPECT_EQ(evaluated(&builder, kNine), (Numbers{1, 4, 7, 2, 5, 8, 3, 6, 9}));
  OnnxBuilder sliced = on_nine();
  const std::string starts = sliced.integers({-1, 0});
  const std::string ends = sliced.integers({-100, 2});
  const std::string axes = sliced.integers({2, 3});
  sliced.node("Slice", {"x", starts, ends, axes, sliced.integers({-2, 1})});
  EXPECT_EQ(evaluated(&sliced, kNine), (Numbers{7, 8, 1, 2}));
  OnnxBuilder padded;
  padded.input("x", {1, 1, 1, 2});
  padded.node("Pad", {"x", padded.integers({0, 0, 0, 1, 0, 0, 1, 0})});
  EXPECT_EQ(evaluated(&padded, {1, 2}), (Numbers{0, 1, 2, 0, 0, 0}));
  OnnxBuilder gathered = on_nine();
  gathered.node("Gather", {"x", gathered.integers({2, -3})}, {{"axis", 3}});
  EXPECT_EQ(evaluated(&gathered, kNine), (Numbers{3, 1, 6, 4, 9, 7}));
  OnnxBuilder joined = on_nine();
  joined.node("Concat", {"x", "x"}, {{"axis", 3}});
  EXPECT_EQ(evaluated(&joined, kNine),
            (Numbers{1, 2, 3, 1, 2, 3, 4, 5, 6, 4, 5, 6, 7, 8, 9, 7, 8, 9}));
}

TEST(OracleOperators, BoundsOfClipAreAttributesOrInputs) {
  OnnxBuilder old(10);
  old.input("x", {1, 3}).node("Clip", {"x"}, {{"min", -1.0F}, {"max", 2.0F}});
  EXPECT_EQ(evaluated(&old, {-5, 1, 5}), (Numbers{-1, 1, 2}));
  OnnxBuilder now(11);
  now.input("x", {1, 3}).node("Clip", {"x", "", now.scalar(2.0F)});
  EXPECT_EQ(evaluated(&now, {-5, 1, 5}), (Numbers{-5, 1, 2}));
}

}  // namespace
}  // namespace airnn::test
