// SPDX-License-Identifier: Apache-2.0
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "testbenches/unit/model/model_under_test.h"

namespace airnn::test {
namespace {

using testing::HasSubstr;

OnnxBuilder& pad(OnnxBuilder* builder, const OnnxBuilder::Dims& pads) {
  return builder->node("Pad", {builder->current(), builder->integers(pads)});
}

TEST(Padding, BecomesPadsOfTheConvolution) {
  OnnxBuilder builder;
  builder.input("x", {1, 2, 5, 5});
  pad(&builder, {0, 0, 0, 1, 0, 0, 2, 3}).conv({3, 2, 3, 3}, {1, 1});
  const Model model = read_built(&builder);
  ASSERT_EQ(model.network.layers.size(), 1U);
  const Layer& layer = model.network.layers[0];
  EXPECT_EQ(layer.input, (MapShape{2, 5, 5}));
  EXPECT_EQ(layer.window.pad_top, 1);
  EXPECT_EQ(layer.window.pad_left, 2);
  EXPECT_EQ(layer.window.pad_bottom, 3);
  EXPECT_EQ(layer.window.pad_right, 4);
  EXPECT_EQ(layer.output, (MapShape{3, 7, 9}));
}

TEST(Padding, OfOlderOperatorSetsIsAnAttribute) {
  OnnxBuilder builder(10);
  builder.input("x", {1, 2, 5, 5});
  builder.node("Pad", {"x"}, {{"pads", OnnxBuilder::Dims{0, 0, 1, 1, 0, 0, 1, 1}}});
  builder.conv({3, 2, 3, 3});
  EXPECT_EQ(read_built(&builder).network.layers[0].window.pad_right, 1);
}

TEST(Padding, IsReadByEveryConsumer) {
  OnnxBuilder builder;
  builder.input("x", {1, 2, 5, 5});
  const std::string padded = pad(&builder, {0, 0, 1, 1, 0, 0, 1, 1}).current();
  const std::string left = builder.conv({3, 2, 3, 3}).relu().current();
  builder.from(padded).conv({3, 2, 3, 3}).add(left);
  const Model model = read_built(&builder);
  ASSERT_EQ(model.network.layers.size(), 2U);
  EXPECT_EQ(model.network.layers[0].window.pad_top, 1);
  EXPECT_EQ(model.network.layers[1].window.pad_top, 1);
}

TEST(Padding, BeforeAnAverageCounts) {
  OnnxBuilder padded;
  padded.input("x", {1, 2, 4, 4});
  pad(&padded, {0, 0, 1, 1, 0, 0, 1, 1}).average_pool(3, 1);
  OnnxBuilder counted;
  counted.input("x", {1, 2, 4, 4}).average_pool(3, 1, 1, true);
  const Model model = read_built(&padded);
  ASSERT_EQ(model.network.layers.size(), 1U);
  EXPECT_TRUE(model.network.layers[0].count_include_pad);
  EXPECT_EQ(distance(run(model), run(read_built(&counted))), 0.0F);
}

TEST(Padding, BeforeAMaximumNeedsARelu) {
  OnnxBuilder safe;
  safe.input("x", {1, 2, 4, 4}).conv({2, 2, 1, 1}).relu();
  pad(&safe, {0, 0, 1, 1, 0, 0, 1, 1}).max_pool(3, 2);
  EXPECT_EQ(read_built(&safe).network.layers.back().pool_window.pad_top, 1);
  OnnxBuilder unsafe;
  unsafe.input("x", {1, 2, 4, 4}).conv({2, 2, 1, 1});
  pad(&unsafe, {0, 0, 1, 1, 0, 0, 1, 1}).max_pool(3, 2);
  EXPECT_THAT(refusal(&unsafe), HasSubstr("node 'Pad_1' (operator Pad): zeros before the maximum"));
}

TEST(Padding, OfZeroWidthIsNothing) {
  OnnxBuilder builder;
  builder.input("x", {1, 8});
  pad(&builder, {0, 0, 0, 0}).gemm(2, 8);
  EXPECT_EQ(read_built(&builder).network.layers.size(), 1U);
}

TEST(Padding, IsRefusedWhereZeroPadsWouldMeanSomethingElse) {
  OnnxBuilder reflect;
  reflect.input("x", {1, 2, 4, 4});
  const std::string pads = reflect.integers({0, 0, 1, 1, 0, 0, 1, 1});
  reflect.node("Pad", {"x", pads}, {{"mode", "reflect"}}).conv({2, 2, 3, 3});
  EXPECT_THAT(refusal(&reflect), HasSubstr("mode 'reflect'"));

  OnnxBuilder ones;
  ones.input("x", {1, 2, 4, 4});
  const std::string sides = ones.integers({0, 0, 1, 1, 0, 0, 1, 1});
  ones.node("Pad", {"x", sides, ones.scalar(1.0F)}).conv({2, 2, 3, 3});
  EXPECT_THAT(refusal(&ones), HasSubstr("other than zero"));

  OnnxBuilder channels;
  channels.input("x", {1, 2, 4, 4});
  pad(&channels, {0, 1, 0, 0, 0, 0, 0, 0}).conv({2, 3, 3, 3});
  EXPECT_THAT(refusal(&channels), HasSubstr("along height and width"));

  OnnxBuilder elementwise;
  elementwise.input("x", {1, 2, 4, 4});
  pad(&elementwise, {0, 0, 1, 1, 0, 0, 1, 1}).relu();
  EXPECT_THAT(refusal(&elementwise), HasSubstr("only before a convolution or pooling"));

  OnnxBuilder last;
  last.input("x", {1, 2, 4, 4}).conv({2, 2, 3, 3});
  pad(&last, {0, 0, 1, 1, 0, 0, 1, 1});
  EXPECT_THAT(refusal(&last), HasSubstr("not as the output"));
}

}  // namespace
}  // namespace airnn::test
