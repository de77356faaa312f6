// SPDX-License-Identifier: Apache-2.0
// Every operator and rounding rule of docs/numbers.md on cases worked out by hand.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <cstdint>
#include <stdexcept>
#include <vector>

#include "sw/format/errors.h"
#include "sw/golden/fixed_inference.h"
#include "sw/golden/rounding.h"
#include "testbenches/unit/golden/small_network.h"

namespace airnn::golden::test {
namespace {

using Ints = std::vector<std::int32_t>;
using testing::ElementsAre;

constexpr FixedFormat kWhole{32, 0};

Window square(std::int32_t kernel, std::int32_t stride) {
  Window w;
  w.kernel_h = w.kernel_w = kernel;
  w.stride_h = w.stride_w = stride;
  return w;
}

Ints last_output(const SmallNetwork& small, const Ints& input) {
  return FixedInference(small.image()).run(input, small.iterations).outputs.back();
}

/// One neuron per input element that multiplies by one: shows the steps behind the sum alone.
SmallNetwork pass_through(std::int32_t elements, const FixedFormat& in, const FixedFormat& weights,
                          const FixedFormat& out) {
  SmallNetwork small({elements, 1, 1}, in);
  Ints identity(static_cast<std::size_t>(elements) * static_cast<std::size_t>(elements), 0);
  for (std::int32_t i = 0; i < elements; ++i) {
    identity[static_cast<std::size_t>(i * elements + i)] = 1;
  }
  small.add(fully_connected({elements, 1, 1}, elements, weights, out), identity);
  return small;
}

TEST(Rounding, AddsHalfAndShiftsArithmetically) {
  const Ints values{0, 1, 2, 3, 5, 6, -1, -2, -3, -6, -7};
  const Ints quarters{0, 0, 1, 1, 1, 2, 0, 0, -1, -1, -2};
  for (std::size_t i = 0; i < values.size(); ++i) {
    EXPECT_EQ(shift_right_rounded(values[i], 2), quarters[i]) << values[i];
  }
  EXPECT_EQ(shift_right_rounded(-7, 0), -7);
  EXPECT_EQ(shift_right_rounded(std::int64_t{1} << 61, 62), 1);
  EXPECT_EQ(shift_right_rounded((std::int64_t{1} << 61) - 1, 62), 0);
  EXPECT_EQ(shift_right_rounded((std::int64_t{1} << 62) - 1, 63), 0);
  EXPECT_EQ(shift_right_rounded(INT64_MIN, 63), -1);
}

TEST(Rounding, AlignsToMoreAndToFewerFractionBits) {
  EXPECT_EQ(align(-3, 4, 7), -24);
  EXPECT_EQ(align(-3, 7, 7), -3);
  EXPECT_EQ(align(3, 7, 6), 2);
  EXPECT_EQ(align(-3, 7, 6), -1);
  EXPECT_EQ(align(INT32_MIN, 0, 31), -(std::int64_t{1} << 62));
  EXPECT_EQ(align(INT32_MIN, 31, 0), -1);
  EXPECT_EQ(align(INT32_MAX, 31, 0), 1);
  EXPECT_EQ(align(INT32_MAX, 32, 0), 0);
  EXPECT_EQ(align(INT32_MIN, 90, 0), 0);
}

TEST(Requantise, RoundsHalvesUpward) {
  // f(acc) = 3 + 1, f(out) = 2: two bits go.
  const SmallNetwork small = pass_through(8, {32, 3}, {32, 1}, {32, 2});
  EXPECT_THAT(last_output(small, {1, 2, 3, 6, -1, -2, -3, -6}),
              ElementsAre(0, 1, 1, 2, 0, 0, -1, -1));
}

TEST(Requantise, SaturatesToTheOutputFormat) {
  EXPECT_THAT(last_output(pass_through(4, kWhole, kWhole, {8, 0}), {127, 128, -128, -129}),
              ElementsAre(127, 127, -128, -128));
  EXPECT_THAT(last_output(pass_through(4, kWhole, kWhole, {16, 0}), {32767, 32768, -32768, -32769}),
              ElementsAre(32767, 32767, -32768, -32768));
  SmallNetwork wide({1, 1, 1}, kWhole);
  wide.add(fully_connected({1, 1, 1}, 2, kWhole, kWhole), {3, -3});
  EXPECT_THAT(last_output(wide, {1 << 30}), ElementsAre(INT32_MAX, INT32_MIN));
}

TEST(Activation, ClampsBehindRequantisation) {
  SmallNetwork small = pass_through(4, {32, 1}, kWhole, kWhole);
  clamp(small.network.layers[0], 0, 6);
  // -0.5 rounds to 0; 6.5 to 7, which the clamp takes back to 6.
  EXPECT_THAT(last_output(small, {-1, -9, 13, 5}), ElementsAre(0, 0, 6, 3));
}

TEST(Convolution, SlidesOverAsymmetricPadding) {
  SmallNetwork small({1, 2, 2}, kWhole);
  Window w = square(2, 1);
  w.pad_top = 1;
  w.pad_right = 1;
  // Padded map:  0 0 0 / 1 2 0 / 3 4 0
  small.add(convolution({1, 2, 2}, 1, w, kWhole, kWhole), {1, 10, 100, 1000}, {5});
  EXPECT_THAT(last_output(small, {1, 2, 3, 4}),
              ElementsAre(5 + 2100, 5 + 200, 5 + 21 + 4300, 5 + 2 + 400));
}

TEST(Convolution, StridesDifferInBothDirections) {
  SmallNetwork small({1, 3, 5}, kWhole);
  Window w;
  w.stride_h = 2;
  w.stride_w = 3;
  small.add(convolution({1, 3, 5}, 1, w, kWhole, kWhole), {1});
  EXPECT_THAT(last_output(small, {0, 1, 2, 3, 4, 10, 11, 12, 13, 14, 20, 21, 22, 23, 24}),
              ElementsAre(0, 3, 20, 23));
}

TEST(Convolution, CountsColumnsByChannelThenRow) {
  SmallNetwork small({2, 2, 1}, kWhole);
  Window w;
  w.kernel_h = 2;
  small.add(convolution({2, 2, 1}, 2, w, kWhole, kWhole), {1, 10, 100, 1000, 2, 0, 0, 3});
  EXPECT_THAT(last_output(small, {1, 2, 3, 4}), ElementsAre(4321, 14));
}

TEST(Convolution, KernelsOfAGroupSeeItsChannelsOnly) {
  SmallNetwork small({4, 1, 1}, kWhole);
  small.add(convolution({4, 1, 1}, 4, Window{}, kWhole, kWhole, 2), {1, 10, 2, 20, 1, 10, 2, 20});
  EXPECT_THAT(last_output(small, {1, 2, 3, 4}), ElementsAre(21, 42, 43, 86));
}

TEST(Depthwise, GivesEachChannelSeveralKernels) {
  SmallNetwork small({2, 1, 2}, kWhole);
  Window w;
  w.kernel_w = 2;
  small.add(depthwise({2, 1, 2}, 2, w, kWhole, kWhole), {1, 10, 2, 20, 3, 30, 4, 40}, {1, 2, 3, 4});
  EXPECT_THAT(last_output(small, {1, 2, 3, 4}), ElementsAre(22, 44, 132, 176));
}

TEST(FullyConnected, FlattensByChannelRowColumn) {
  SmallNetwork small({2, 1, 3}, kWhole);
  small.add(fully_connected({2, 1, 3}, 1, kWhole, kWhole), {1, 10, 100, 1000, 10000, 100000}, {-7});
  EXPECT_THAT(last_output(small, {1, 2, 3, 4, 5, 6}), ElementsAre(654321 - 7));
}

TEST(FullyConnected, WithFewWeightsGivesTheSameAsWithMany) {
  SmallNetwork small({64, 1, 1}, kWhole);
  Ints weights(128, 0);
  weights[63] = 3;
  weights[64] = -2;
  small.add(fully_connected({64, 1, 1}, 2, kWhole, kWhole), weights);
  Ints input(64, 9);
  input[63] = 5;
  EXPECT_THAT(last_output(small, input), ElementsAre(15, -18));
}

TEST(Bias, IsInAccumulatorFormat) {
  SmallNetwork small({1, 1, 1}, {32, 3});
  small.add(fully_connected({1, 1, 1}, 1, {32, 2}, {32, 1}), {4}, {32});
  // 1.5 * 1.0 + 32/32 = 2.5, one fraction bit
  EXPECT_THAT(last_output(small, {12}), ElementsAre(5));
}

TEST(ResidualAddition, AlignsTheSkipToTheAccumulator) {
  SmallNetwork small({2, 1, 1}, {32, 1});
  small.add(fully_connected({2, 1, 1}, 2, {32, 2}, {32, 3}), {4, 0, 0, 4});  // identity
  Layer layer = fully_connected({2, 1, 1}, 2, kWhole, {32, 3});
  layer.source = 0;
  layer.skip = kNetworkInput;
  small.add(layer, {2, 0, 0, 2}, {1, 1});
  // Inputs 0.5 and -1.5: twice themselves, plus themselves, plus 1/8.
  EXPECT_THAT(last_output(small, {1, -3}), ElementsAre(13, -35));
}

TEST(ResidualAddition, RoundsASkipWithMoreFractionBits) {
  SmallNetwork small({2, 1, 1}, {32, 2});
  small.add(fully_connected({2, 1, 1}, 2, kWhole, kWhole), {1, 0, 0, 1});
  Layer layer = fully_connected({2, 1, 1}, 2, kWhole, kWhole);
  layer.source = 0;
  layer.skip = kNetworkInput;
  small.add(layer, {0, 0, 0, 0});
  EXPECT_THAT(last_output(small, {6, -6}), ElementsAre(2, -1));  // 1.5 and -1.5, halves upward
}

TEST(ResidualAddition, ComesBeforeActivationAndPooling) {
  SmallNetwork small({1, 1, 2}, kWhole);
  Layer layer = convolution({1, 1, 2}, 1, Window{}, kWhole, kWhole);
  layer.skip = kNetworkInput;
  clamp(layer, 0, 100);
  Window w;
  w.kernel_w = 2;
  pool_behind(layer, PoolKind::average, w);
  small.add(layer, {-2});
  EXPECT_THAT(last_output(small, {-10, 50}), ElementsAre(5));  // (10 + 0) / 2
}

TEST(Addition, UsesTheFinerOfBothFormats) {
  SmallNetwork small({2, 1, 1}, {32, 3});
  small.add(fully_connected({2, 1, 1}, 2, kWhole, {32, 1}), {1, 0, 0, 1});
  Layer layer = addition({2, 1, 1}, kNetworkInput, {32, 2});
  layer.source = 0;
  small.add(layer);
  // First layer: (5 + 2) >> 2 = 1 and (-5 + 2) >> 2 = -1 half. Sums 4/8 + 5/8 and -4/8 - 5/8 of
  // three fraction bits lose one: (9 + 1) >> 1 = 5 and (-9 + 1) >> 1 = -4.
  EXPECT_THAT(last_output(small, {5, -5}), ElementsAre(5, -4));
}

TEST(MaximumPooling, LeavesPaddingOut) {
  SmallNetwork small({1, 2, 2}, kWhole);
  Window w = square(2, 1);
  w.pad_top = w.pad_left = w.pad_bottom = w.pad_right = 1;
  small.add(pooling({1, 2, 2}, PoolKind::max, w, kWhole));
  EXPECT_THAT(last_output(small, {-4, -3, -2, -1}),
              ElementsAre(-4, -3, -3, -2, -1, -1, -2, -1, -1));
}

TEST(AveragePooling, DividesByWhatLiesInsideTheMap) {
  SmallNetwork small({1, 2, 2}, kWhole);
  Window w = square(2, 2);
  w.pad_top = w.pad_left = w.pad_bottom = w.pad_right = 1;
  small.add(pooling({1, 2, 2}, PoolKind::average, w, kWhole));
  EXPECT_THAT(last_output(small, {4, 8, 12, -16}), ElementsAre(4, 8, 12, -16));
}

TEST(AveragePooling, CountsPaddingWhereTheModelSaysSo) {
  SmallNetwork small({1, 2, 2}, kWhole);
  Window w = square(2, 2);
  w.pad_top = w.pad_left = w.pad_bottom = w.pad_right = 1;
  Layer layer = pooling({1, 2, 2}, PoolKind::average, w, kWhole);
  layer.count_include_pad = true;
  small.add(layer);
  EXPECT_THAT(last_output(small, {4, 8, 12, -16}), ElementsAre(1, 2, 3, -4));
}

TEST(AveragePooling, NeverCountsWhatRoundingUpAddsBeyondThePadding) {
  SmallNetwork small({1, 1, 4}, kWhole);
  Window w;
  w.kernel_w = 3;
  w.stride_w = 2;
  w.pad_right = 0;
  w.pad_left = 1;
  Layer layer = pooling({1, 1, 4}, PoolKind::average, w, kWhole, true);
  layer.count_include_pad = true;
  ASSERT_EQ(layer.output.width, 2);
  small.add(layer);
  EXPECT_THAT(last_output(small, {30, 60, 90, 120}), ElementsAre(30, 90));

  SmallNetwork longer({1, 1, 5}, kWhole);
  layer = pooling({1, 1, 5}, PoolKind::average, w, kWhole, true);
  layer.count_include_pad = true;
  ASSERT_EQ(layer.output.width, 3);
  longer.add(layer);
  // The last window has elements 4 and 5 (of which 5 lies outside): it divides by one of two
  // places.
  EXPECT_THAT(last_output(longer, {30, 60, 90, 120, 150}), ElementsAre(30, 90, 135));
}

TEST(AveragePooling, UsesTheRoundedReciprocal) {
  SmallNetwork small({1, 1, 3}, kWhole);
  Window w;
  w.kernel_w = 3;
  small.add(pooling({1, 1, 3}, PoolKind::average, w, kWhole));
  // r = (2^31 + 1) / 3 = 715827883, a little more than a third
  EXPECT_THAT(last_output(small, {1, 1, 0}), ElementsAre(1));
  EXPECT_THAT(last_output(small, {-1, -1, 0}), ElementsAre(-1));
  EXPECT_THAT(last_output(small, {1, 0, 0}), ElementsAre(0));
  // Three times the largest number: the reciprocal is too large by 1/3, its format saves the
  // result.
  EXPECT_THAT(last_output(small, {INT32_MAX, INT32_MAX, INT32_MAX}), ElementsAre(INT32_MAX));
  // -2^31 * (2^31 + 1) = -2^62 - 2^31: the quotient is -2^31 - 1, saturated.
  EXPECT_THAT(last_output(small, {INT32_MIN, INT32_MIN, INT32_MIN}), ElementsAre(INT32_MIN));
}

TEST(AveragePooling, RoundsHalvesUpward) {
  SmallNetwork small({1, 1, 2}, kWhole);
  Window w;
  w.kernel_w = 2;
  small.add(pooling({1, 1, 2}, PoolKind::average, w, kWhole));
  EXPECT_THAT(last_output(small, {2, 1}), ElementsAre(2));
  EXPECT_THAT(last_output(small, {-2, -1}), ElementsAre(-1));
}

TEST(PoolingLayer, ClampsBehindThePooling) {
  SmallNetwork small({1, 1, 2}, kWhole);
  Window w;
  w.kernel_w = 2;
  Layer layer = pooling({1, 1, 2}, PoolKind::average, w, kWhole);
  clamp(layer, 0, 100);
  small.add(layer);
  // Clamping first would give 100.
  EXPECT_THAT(last_output(small, {-60, 200}), ElementsAre(70));
}

TEST(Iterations, AddWeightsBatchByBatchAndAlwaysHaveTheBias) {
  SmallNetwork small({3, 1, 1}, kWhole);
  small.add(fully_connected({3, 1, 1}, 2, kWhole, kWhole), {1, -10, 5, 100, 1000, -3}, {7, 8});
  small.batches[0] = {1, 3, 2, 2, 3, 1};
  small.iterations = 3;
  const FixedInference inference(small.image());
  ASSERT_EQ(inference.iterations(), 3);
  EXPECT_THAT(inference.run({1, 2, 3}, 1).outputs[0], ElementsAre(8, -1));
  EXPECT_THAT(inference.run({1, 2, 3}, 2).outputs[0], ElementsAre(23, 99));
  EXPECT_THAT(inference.run({1, 2, 3}, 3).outputs[0], ElementsAre(3, 2099));
}

TEST(FixedInference, RefusesWhatDoesNotFit) {
  const SmallNetwork small = pass_through(2, {8, 0}, kWhole, kWhole);
  const FixedInference inference(small.image());
  EXPECT_THROW(inference.run({1}, 1), DataError);
  EXPECT_THROW(inference.run({1, 128}, 1), DataError);
  EXPECT_NO_THROW(inference.run({1, -128}, 1));
  EXPECT_THROW(inference.run({1, 2}, 0), std::out_of_range);
  EXPECT_THROW(inference.run({1, 2}, 2), std::out_of_range);
}

TEST(FixedInference, RefusesAnOutputFinerThanItsSums) {
  EXPECT_THROW(FixedInference(pass_through(1, {32, 2}, {32, 1}, {32, 4}).image()), ImageError);
  EXPECT_NO_THROW(FixedInference(pass_through(1, {32, 2}, {32, 1}, {32, 3}).image()));
}

TEST(FixedInference, RefusesPoolingThatChangesTheFormat) {
  SmallNetwork small({1, 1, 2}, {32, 3});
  Window w;
  w.kernel_w = 2;
  small.add(pooling({1, 1, 2}, PoolKind::max, w, {32, 2}));
  EXPECT_THROW(FixedInference(small.image()), ImageError);
}

}  // namespace
}  // namespace airnn::golden::test
