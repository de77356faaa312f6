// SPDX-License-Identifier: Apache-2.0
#include <gtest/gtest.h>

#include <algorithm>
#include <numeric>
#include <random>

#include "sw/golden/fixed_inference.h"
#include "testbenches/unit/golden/naive_inference.h"
#include "testbenches/unit/golden/small_network.h"

namespace airnn::golden::test {
namespace {

/// Draws networks with every operator, odd shapes and all formats, without overflow of
/// accumulators.
class NetworkGenerator {
 public:
  NetworkGenerator(unsigned seed, std::int32_t bits) : random_(seed), bits_(bits) {}

  SmallNetwork network() {
    SmallNetwork small({pick(1, 6), pick(5, 14), pick(5, 14)}, format());
    small.iterations = pick(1, 4);
    const std::int32_t operators = pick(2, 6);
    for (std::int32_t i = 0; i < operators; ++i) {
      add_operator(small);
    }
    add_weighted(small, fully_connected(shape(small), pick(1, 70), weight_format(), format()));
    small.iterations = 1;
    for (const std::vector<int>& batches : small.batches) {
      for (const int batch : batches) {
        small.iterations = std::max(small.iterations, batch);
      }
    }
    return small;
  }

  std::vector<std::int32_t> input(const SmallNetwork& small) {
    std::vector<std::int32_t> map(static_cast<std::size_t>(small.network.input.size()));
    const int magnitude = pick(2, bits_);
    for (std::int32_t& element : map) {
      element = pick(0, 3) == 0 ? 0 : number(magnitude);
    }
    return map;
  }

 private:
  std::int32_t pick(std::int32_t low, std::int32_t high) {
    return std::uniform_int_distribution<std::int32_t>(low, high)(random_);
  }
  /// Two's complement of so many bits, the extremes more often than by chance.
  std::int32_t number(int bits) {
    const std::int64_t high = (std::int64_t{1} << (bits - 1)) - 1;
    const std::int32_t special = pick(0, 19);
    const std::int64_t value = special == 0
                                   ? high
                                   : (special == 1 ? -high - 1
                                                   : std::uniform_int_distribution<std::int64_t>(
                                                         -high - 1, high)(random_));
    return static_cast<std::int32_t>(value);
  }
  FixedFormat format() { return {bits_, pick(0, 16)}; }
  FixedFormat weight_format() { return {bits_, pick(0, 12)}; }

  static MapShape shape(const SmallNetwork& small) {
    return small.network.layers.empty() ? small.network.input : small.network.layers.back().output;
  }
  static std::int32_t last(const SmallNetwork& small) {
    return static_cast<std::int32_t>(small.network.layers.size()) - 1;
  }

  Window window(const MapShape& map) {
    Window w;
    w.kernel_h = pick(1, std::min(5, map.height));
    w.kernel_w = pick(1, std::min(5, map.width));
    w.stride_h = pick(1, 3);
    w.stride_w = pick(1, 3);
    w.pad_top = pick(0, w.kernel_h - 1);
    w.pad_bottom = pick(0, w.kernel_h - 1);
    w.pad_left = pick(0, w.kernel_w - 1);
    w.pad_right = pick(0, w.kernel_w - 1);
    return w;
  }

  static Window keeping_size(std::int32_t kernel) {
    Window w;
    w.kernel_h = w.kernel_w = kernel;
    w.pad_top = w.pad_left = w.pad_bottom = w.pad_right = kernel / 2;
    return w;
  }

  void add_operator(SmallNetwork& small) {
    const MapShape map = shape(small);
    const FixedFormat from = small.network.format_of(last(small));
    switch (pick(0, 5)) {
      case 0:
        return add_weighted(
            small, convolution(map, pick(1, 12), window(map), weight_format(), output(small)));
      case 1: {
        std::int32_t groups = pick(1, map.channels);
        while (map.channels % groups != 0) {
          --groups;
        }
        return add_weighted(small, convolution(map, groups * pick(1, 3), window(map),
                                               weight_format(), output(small), groups));
      }
      case 2:
        return add_weighted(
            small, depthwise(map, pick(1, 3), window(map), weight_format(), output(small)));
      case 3: {
        Layer layer = convolution(map, map.channels, keeping_size(pick(0, 1) * 2 + 1),
                                  weight_format(), output(small));
        layer.skip = last(small);
        return add_weighted(small, layer);
      }
      case 4: {
        const std::int32_t source = last(small);
        add_weighted(
            small, convolution(map, map.channels, keeping_size(3), weight_format(), output(small)));
        small.network.layers.back().pool = PoolKind::none;
        small.network.layers.back().pool_window = Window();
        small.network.layers.back().count_include_pad = false;
        small.network.layers.back().output = small.network.layers.back().result;
        const FixedFormat other = small.network.format_of(last(small));
        Layer layer = addition(map, source,
                               {bits_, pick(0, std::max(from.fraction_bits, other.fraction_bits))});
        return finish(small, layer);
      }
      default: {
        Layer layer = pooling(map, pick(0, 1) == 0 ? PoolKind::max : PoolKind::average, window(map),
                              from, pick(0, 1) == 0);
        layer.count_include_pad = layer.pool == PoolKind::average && pick(0, 1) == 0;
        layer.source = last(small);
        activate(layer);
        small.add(layer);
      }
    }
  }

  FixedFormat output(const SmallNetwork& small) {
    return {bits_, pick(0, small.network.format_of(last(small)).fraction_bits)};
  }

  void activate(Layer& layer) {
    const std::int64_t high = layer.output_format.max_integer();
    switch (pick(0, 2)) {
      case 0:
        layer.activation = Activation::relu;
        return clamp(layer, 0, high);
      case 1:
        layer.activation = Activation::clip;
        return clamp(layer, -high / 4, high / 2);
      default:
        return;
    }
  }

  void finish(SmallNetwork& small, Layer layer) {
    layer.source = last(small);
    activate(layer);
    if (pick(0, 2) == 0 && layer.kind != LayerKind::fully_connected) {
      const bool maximum = pick(0, 1) == 0;
      pool_behind(layer, maximum ? PoolKind::max : PoolKind::average, window(layer.result),
                  pick(0, 1) == 0);
      layer.count_include_pad = !maximum && pick(0, 1) == 0;
    }
    small.add(layer);
  }

  void add_weighted(SmallNetwork& small, Layer layer) {
    // The output has at most the accumulator's fraction bits.
    layer.output_format.fraction_bits = std::min(
        layer.output_format.fraction_bits,
        small.network.format_of(last(small)).fraction_bits + layer.weight_format.fraction_bits);
    int spare = 28;  // 2^31 elements times 2^28: sums, bias and skip stay below 2^62
    for (std::int64_t columns = layer.columns; columns > 1; columns = (columns + 1) / 2) {
      --spare;
    }
    const int magnitude = pick(2, std::min(bits_, spare));
    const std::int32_t density = pick(0, 3);  // from a few weights to nearly all
    finish(small, layer);
    std::vector<std::int32_t>& weights = small.weights.back();
    weights.resize(static_cast<std::size_t>(layer.kernels * layer.columns));
    for (std::int32_t& weight : weights) {
      weight = pick(0, 19) < (density == 0 ? 1 : 6 * density) ? number(magnitude) : 0;
    }
    // Two clusters of each batch get a weight; the last batch may have one of one weight.
    const auto stored = static_cast<std::int32_t>(
        std::count_if(weights.begin(), weights.end(), [](std::int32_t w) { return w != 0; }));
    const std::int32_t batches = std::max(1, std::min(small.iterations, (stored + 1) / 2));
    std::int32_t placed = 0;
    for (const std::int32_t weight : weights) {
      const bool surplus = weight == 0 || placed >= 2 * batches;
      small.batches.back().push_back(surplus ? pick(1, batches) : placed / 2 + 1);
      placed += weight != 0 ? 1 : 0;
    }
    for (std::int64_t& bias : small.biases.back()) {
      bias = std::int64_t{number(magnitude)} * (std::int64_t{1} << pick(0, 24));
    }
  }

  std::mt19937 random_;
  std::int32_t bits_;
};

class RandomNetworks : public testing::TestWithParam<std::int32_t> {};

TEST_P(RandomNetworks, EqualTheNaiveInferenceInEveryIteration) {
  std::int64_t elements = 0;
  std::int64_t unsaturated = 0;
  std::uint64_t saturated = 0;
  for (unsigned seed = 0; seed < 80; ++seed) {
    NetworkGenerator generator(seed + 1000U * static_cast<unsigned>(GetParam()), GetParam());
    const SmallNetwork small = generator.network();
    const FixedInference inference(small.image());
    ASSERT_EQ(inference.iterations(), small.iterations);
    const auto input = generator.input(small);
    for (int iteration = 1; iteration <= small.iterations; ++iteration) {
      const Inference got = inference.run(input, iteration);
      const NaiveInference naive = naive_inference(small, input, iteration);
      const auto& expected = naive.outputs;
      ASSERT_EQ(got.saturated, naive.saturated) << "seed " << seed << ", iteration " << iteration;
      saturated += std::accumulate(naive.saturated.begin(), naive.saturated.end(), 0ULL);
      for (std::size_t l = 0; l < expected.size(); ++l) {
        ASSERT_EQ(got.outputs[l], expected[l])
            << "seed " << seed << ", iteration " << iteration << ", layer " << l;
        const Layer& layer = small.network.layers[l];
        for (const std::int32_t element : expected[l]) {
          ++elements;
          unsaturated += element > layer.clamp_low && element < layer.clamp_high;
        }
      }
    }
  }
  // Clamped values would hide wrong sums.
  EXPECT_GT(unsaturated * 3, elements);
  EXPECT_GT(saturated, 0U);
}

TEST_P(RandomNetworks, GiveTheSameForTheDenseImageAsForAllBatches) {
  for (unsigned seed = 0; seed < 20; ++seed) {
    NetworkGenerator generator(seed + 5000U, GetParam());
    const SmallNetwork small = generator.network();
    const auto input = generator.input(small);
    const FixedInference base(small.image(Scheme::base));
    ASSERT_EQ(base.iterations(), 1);
    EXPECT_EQ(base.run(input, 1).outputs,
              FixedInference(small.image()).run(input, small.iterations).outputs)
        << "seed " << seed;
  }
}

INSTANTIATE_TEST_SUITE_P(Precisions, RandomNetworks, testing::Values(32, 16, 8));

}  // namespace
}  // namespace airnn::golden::test
