// SPDX-License-Identifier: Apache-2.0
#include "sw/golden/float_inference.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <cmath>
#include <random>

#include "sw/format/errors.h"
#include "sw/golden/fixed_inference.h"
#include "testbenches/unit/golden/small_network.h"

namespace airnn::golden::test {
namespace {

using testing::ElementsAre;
using testing::FloatEq;

constexpr FixedFormat kFine{32, 20};
constexpr FixedFormat kWeights{32, 10};

/// The model whose parameters are exactly those of the fixed-point network.
Model in_floating_point(const SmallNetwork& small) {
  Model model;
  model.network = small.network;
  for (std::size_t l = 0; l < small.network.layers.size(); ++l) {
    const Layer& layer = small.network.layers[l];
    const int weight_fraction = layer.weight_format.fraction_bits;
    const int sum_fraction = weight_fraction + small.network.format_of(layer.source).fraction_bits;
    LayerParameters parameters;
    for (const std::int32_t weight : small.weights[l]) {
      parameters.weights.push_back(static_cast<float>(std::ldexp(weight, -weight_fraction)));
    }
    for (const std::int64_t bias : small.biases[l]) {
      parameters.bias.push_back(
          static_cast<float>(std::ldexp(static_cast<double>(bias), -sum_fraction)));
    }
    const int fraction = layer.output_format.fraction_bits;
    parameters.clip_low =
        static_cast<float>(std::ldexp(static_cast<double>(layer.clamp_low), -fraction));
    parameters.clip_high =
        static_cast<float>(std::ldexp(static_cast<double>(layer.clamp_high), -fraction));
    model.parameters.push_back(parameters);
  }
  return model;
}

class Filler {
 public:
  std::vector<std::int32_t> weights(const Layer& layer) {
    return numbers(layer.kernels * layer.columns, 10);
  }
  std::vector<std::int64_t> bias(const Layer& layer) {
    const auto drawn = numbers(layer.kernels, 28);
    return {drawn.begin(), drawn.end()};
  }
  std::vector<std::int32_t> numbers(std::int64_t count, int bits) {
    std::uniform_int_distribution<std::int32_t> draw(-(1 << (bits - 1)), 1 << (bits - 1));
    std::vector<std::int32_t> drawn(static_cast<std::size_t>(count));
    for (std::int32_t& number : drawn) {
      number = draw(random_);
    }
    return drawn;
  }

 private:
  std::mt19937 random_{11};
};

void expect_equal_outputs(const SmallNetwork& small, const std::vector<std::int32_t>& input) {
  std::vector<float> real;
  for (const std::int32_t element : input) {
    real.push_back(
        static_cast<float>(std::ldexp(element, -small.network.input_format.fraction_bits)));
  }
  const Inference fixed = FixedInference(small.image()).run(input, 1);
  const FloatResult result = FloatInference(in_floating_point(small)).run(real);
  ASSERT_EQ(result.outputs.size(), fixed.outputs.size());
  for (std::size_t l = 0; l < result.outputs.size(); ++l) {
    ASSERT_EQ(result.outputs[l].size(), fixed.outputs[l].size());
    const int fraction = small.network.layers[l].output_format.fraction_bits;
    for (std::size_t i = 0; i < result.outputs[l].size(); ++i) {
      ASSERT_NEAR(static_cast<double>(result.outputs[l][i]),
                  std::ldexp(fixed.outputs[l][i], -fraction), 1e-4)
          << "layer " << l << ", element " << i;
    }
  }
  EXPECT_EQ(result.prediction, fixed.prediction);
}

TEST(FloatInference, FollowsFixedPointThroughEveryOperator) {
  Filler filler;
  SmallNetwork small({4, 13, 11}, kFine);
  const auto add = [&](Layer layer) {
    layer.source = static_cast<std::int32_t>(small.network.layers.size()) - 1;
    return small.add(layer, filler.weights(layer), filler.bias(layer));
  };
  Window w;
  w.kernel_h = 3;
  w.kernel_w = 2;
  w.stride_h = 2;
  w.pad_top = 1;
  w.pad_right = 1;
  Layer grouped = convolution({4, 13, 11}, 6, w, kWeights, kFine, 2);
  grouped.activation = Activation::relu;
  clamp(grouped, 0, kFine.max_integer());
  add(grouped);
  const MapShape map = grouped.output;
  Window around;
  around.kernel_h = around.kernel_w = 3;
  around.pad_top = around.pad_left = around.pad_bottom = around.pad_right = 1;
  Layer residual = depthwise(map, 1, around, kWeights, kFine);
  residual.skip = 0;
  residual.activation = Activation::clip;
  clamp(residual, -(1 << 17), 1 << 17);
  add(residual);
  add(addition(map, 0, kFine));
  Window wide;
  wide.kernel_h = wide.kernel_w = 3;
  wide.stride_h = wide.stride_w = 2;
  wide.pad_left = 1;
  Layer multiplied = depthwise(map, 2, around, kWeights, kFine);
  pool_behind(multiplied, PoolKind::average, wide, true);
  multiplied.count_include_pad = true;
  add(multiplied);
  Layer largest = pooling(multiplied.output, PoolKind::max, wide, kFine, true);
  largest.activation = Activation::relu;
  clamp(largest, 0, kFine.max_integer());
  add(largest);
  add(fully_connected(largest.output, 7, kWeights, kFine));
  expect_equal_outputs(small, filler.numbers(4 * 13 * 11, 21));
}

TEST(FloatInference, ComputesASmallNetworkByHand) {
  SmallNetwork small({1, 2, 2}, {32, 0});
  small.add(fully_connected({1, 2, 2}, 2, {32, 1}, {32, 1}), {1, 0, 0, 2, 0, -1, 3, 0}, {1, -1});
  const FloatResult result = FloatInference(in_floating_point(small)).run({1.0F, 2.0F, 3.0F, 4.5F});
  EXPECT_THAT(result.logits(),
              ElementsAre(FloatEq(0.5F + 4.5F + 0.5F), FloatEq(-1.0F + 4.5F - 0.5F)));
  EXPECT_EQ(result.prediction, 0);
  EXPECT_NEAR(result.probabilities[0], 1 / (1 + std::exp(-2.5)), 1e-12);
}

TEST(FloatInference, RefusesInputsOfAnotherSize) {
  SmallNetwork small({1, 2, 2}, {32, 0});
  small.add(fully_connected({1, 2, 2}, 1, {32, 0}, {32, 0}), {1, 2, 3, 4});
  EXPECT_THROW(FloatInference(in_floating_point(small)).run({1.0F}), DataError);
}

}  // namespace
}  // namespace airnn::golden::test
