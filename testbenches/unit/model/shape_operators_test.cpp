// SPDX-License-Identifier: Apache-2.0
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "testbenches/unit/model/model_under_test.h"

namespace airnn::test {
namespace {

using Dims = OnnxBuilder::Dims;
using testing::HasSubstr;

// Conv, then whatever flattens its {2, 2, 2} map, then a fully connected layer.
OnnxBuilder trunk(std::int64_t batch = 1, std::int64_t opset = 13) {
  OnnxBuilder builder(opset);
  builder.input("x", {batch, 1, 4, 4}).conv({2, 1, 3, 3});
  return builder;
}

void expect_flattened(OnnxBuilder* builder) {
  builder->gemm(3, 8);
  const Model model = read_built(builder);
  ASSERT_EQ(model.network.layers.size(), 2U);
  EXPECT_EQ(model.network.layers[1].input, (MapShape{2, 2, 2}));
  EXPECT_EQ(model.network.layers[1].columns, 8);
}

TEST(ShapeOperators, ReshapeFlattensWithConstantTargets) {
  for (const Dims& target : {Dims{1, 8}, Dims{-1, 8}, Dims{1, -1}, Dims{0, -1}}) {
    OnnxBuilder builder = trunk();
    builder.node("Reshape", {builder.current(), builder.integers(target)});
    expect_flattened(&builder);
  }
}

TEST(ShapeOperators, ReshapeFollowsTheShapeAnExporterComputes) {
  OnnxBuilder builder = trunk(-1);
  const std::string map = builder.current();
  builder.node("Shape", {map});
  builder.node("Gather", {builder.current(), builder.integers({0})});
  const std::string batch = builder.current();
  builder.node("Concat", {batch, builder.integers({-1})}, {{"axis", 0}});
  builder.node("Cast", {builder.current()}, {{"to", 7}});
  builder.node("Reshape", {map, builder.current()});
  expect_flattened(&builder);
}

TEST(ShapeOperators, ReshapeFollowsASlicedShape) {
  OnnxBuilder builder = trunk();
  const std::string map = builder.current();
  builder.node("Shape", {map});
  builder.node("Slice", {builder.current(), builder.integers({0}), builder.integers({1})});
  builder.node("Concat", {builder.current(), builder.integers({8})}, {{"axis", 0}});
  builder.node("Reshape", {map, builder.current()});
  expect_flattened(&builder);
}

TEST(ShapeOperators, SqueezeAndUnsqueezeKeepAPooledMapFlat) {
  for (const std::int64_t opset : {11, 13}) {
    OnnxBuilder builder(opset);
    builder.input("x", {1, 3, 4, 4}).global_average_pool();
    if (opset < 13) {
      builder.node("Squeeze", {builder.current()}, {{"axes", Dims{2, 3}}});
      builder.node("Unsqueeze", {builder.current()}, {{"axes", Dims{2, 3}}});
      builder.node("Squeeze", {builder.current()}, {{"axes", Dims{-1, -2}}});
    } else {
      builder.node("Squeeze", {builder.current(), builder.integers({2, 3})});
      builder.node("Unsqueeze", {builder.current(), builder.integers({2, 3})});
      builder.node("Squeeze", {builder.current(), builder.integers({-1, -2})});
    }
    builder.gemm(2, 3);
    EXPECT_EQ(read_built(&builder).network.layers.size(), 2U);
  }
}

TEST(ShapeOperators, FlattenedNeuronsMayBecomeAMapOfSingleElements) {
  OnnxBuilder builder;
  builder.input("x", {1, 6}).gemm(4, 6);
  builder.node("Reshape", {builder.current(), builder.integers({1, 4, 1, 1})});
  builder.conv({3, 4, 1, 1});
  const Model model = read_built(&builder);
  EXPECT_EQ(model.network.layers[1].input, (MapShape{4, 1, 1}));
}

TEST(ShapeOperators, InputOfAConvolutionHasABatch) {
  OnnxBuilder chw;
  chw.input("x", {3, 4, 5}).conv({2, 3, 3, 3});
  EXPECT_THAT(refusal(&chw), HasSubstr("supported is [1, channels, height, width]"));
}

TEST(ShapeOperators, InputMayBeFlat) {
  OnnxBuilder rows;
  rows.input("x", {-1, 4, 5}).flatten().gemm(2, 20);
  EXPECT_EQ(read_built(&rows).network.input, (MapShape{1, 4, 5}));
  OnnxBuilder flat;
  flat.input("x", {1, 784}).gemm(2, 784);
  EXPECT_EQ(read_built(&flat).network.input, (MapShape{1, 1, 784}));
}

TEST(ShapeOperators, OtherReshapingIsRefused) {
  OnnxBuilder builder = trunk();
  builder.node("Reshape", {builder.current(), builder.integers({1, 4, 2, 1})}).relu();
  EXPECT_THAT(refusal(&builder), HasSubstr("from [1, 2, 2, 2] to [1, 4, 2, 1]"));
  OnnxBuilder wrong = trunk();
  wrong.node("Reshape", {wrong.current(), wrong.integers({1, 9})});
  EXPECT_THAT(refusal(&wrong), HasSubstr("cannot reshape"));
  OnnxBuilder spatial = trunk();
  spatial.flatten().node("Reshape", {"Flatten_1_output", spatial.integers({1, 8, 1, 1})});
  spatial.conv({2, 8, 1, 1});
  EXPECT_THAT(refusal(&spatial), HasSubstr("not flattened"));
}

}  // namespace
}  // namespace airnn::test
