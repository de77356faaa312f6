// SPDX-License-Identifier: Apache-2.0
#include "sw/compiler/layer_interleaving.h"

#include <gtest/gtest.h>

namespace airnn {
namespace {

Layer convolution(std::int32_t kernels, std::int32_t side, std::int64_t columns) {
  Layer layer;
  layer.kind = LayerKind::convolution;
  layer.window.kernel_h = layer.window.kernel_w = side;
  layer.kernels = kernels;
  layer.columns = columns;
  return layer;
}

/// Kernel k has a weight at multiplier k from iteration 1, and all others from iteration 2 or 3 on.
KernelArrivals filling(std::uint32_t kernels, std::uint32_t columns, std::uint32_t iteration) {
  KernelArrivals arrivals(kernels);
  for (std::uint32_t k = 0; k < kernels; ++k) {
    for (std::uint32_t c = 0; c < columns; ++c) {
      arrivals[k].push_back({c, c == k % columns ? 1 : iteration});
    }
  }
  return arrivals;
}

TEST(LayerInterleaving, IsForWindowsOfSeveralMultipliers) {
  EXPECT_TRUE(can_be_interleaved(convolution(4, 3, 9)));
  EXPECT_FALSE(can_be_interleaved(convolution(4, 1, 9)));
  Layer other = convolution(4, 3, 9);
  other.kind = LayerKind::depthwise;
  EXPECT_FALSE(can_be_interleaved(other));
  other = convolution(4, 1, 9);
  other.kind = LayerKind::fully_connected;
  EXPECT_FALSE(can_be_interleaved(other));
  other.window.kernel_h = 3;
  other.kind = LayerKind::convolution;
  EXPECT_TRUE(can_be_interleaved(other)) << "3x1";
}

TEST(LayerInterleaving, GroupsWeightsOfAllIterationsSoFar) {
  InterleaveOptions options;
  options.blocks = 4;
  const auto result = interleave_layer(convolution(8, 3, 9), filling(8, 9, 3), 5, options);
  ASSERT_EQ(result.iterations.size(), 3U);
  for (const std::size_t i : {0U, 1U}) {
    EXPECT_EQ(result.iterations[i].groups.size(), 2U);
    EXPECT_EQ(result.iterations[i].lower_bound, 2U);
  }
  EXPECT_EQ(result.iterations[2].groups.size(), 8U) << "full kernels share nothing";
  EXPECT_EQ(result.iterations[2].greedy, 8U);
  EXPECT_EQ(result.iterations[2].best, 8U);
}

TEST(LayerInterleaving, EndsWithTheIterationsOfTheImage) {
  InterleaveOptions options;
  options.iterations = 4;
  const KernelArrivals arrivals = filling(8, 9, 2);
  EXPECT_EQ(interleave_layer(convolution(8, 3, 9), arrivals, 2, options).iterations.size(), 2U);
  EXPECT_EQ(interleave_layer(convolution(8, 3, 9), arrivals, 9, options).iterations.size(), 4U);
  options.iterations = 1;
  EXPECT_EQ(interleave_layer(convolution(8, 3, 9), arrivals, 9, options).iterations.size(), 1U);
}

TEST(LayerInterleaving, TakesTheBlocksAskedForIfThereAreSoManyMultipliers) {
  InterleaveOptions options;
  const auto blocks = [&](std::int32_t side, int asked) {
    options.blocks = asked;
    const Layer layer = convolution(4, side, std::int64_t{side} * side);
    const KernelArrivals arrivals = filling(4, static_cast<std::uint32_t>(side * side), 2);
    return interleave_layer(layer, arrivals, 3, options).blocks;
  };
  EXPECT_EQ(blocks(5, 4), 4U);
  EXPECT_EQ(blocks(5, 16), 16U);
  EXPECT_EQ(blocks(5, 32), 16U);
  EXPECT_EQ(blocks(3, 16), 8U);
  EXPECT_EQ(blocks(2, 128), 4U);
  EXPECT_EQ(blocks(11, 1), 1U);
  options.policy = InterleavePolicy::position;
  EXPECT_EQ(blocks(5, 0), 1U) << "no blocks by position";
}

TEST(LayerInterleaving, ChoosesBlocksByThreeIterationsHoweverManyAreInterleaved) {
  // Eight kernels of one weight each, all at different multipliers: two groups of four. From
  // `half_from` on every kernel fills one half of the unit or the other: four groups of two.
  const auto arrivals = [](std::uint32_t half_from) {
    KernelArrivals kernels(8);
    for (std::uint32_t k = 0; k < 8; ++k) {
      const std::uint32_t half = k % 2 * 4;
      for (std::uint32_t column = half; column < half + 4; ++column) {
        kernels[k].push_back({column, column == half + k / 2 ? 1 : half_from});
      }
    }
    return kernels;
  };
  InterleaveOptions options;
  const auto blocks = [&](std::uint32_t half_from, int iterations) {
    return interleave_layer(convolution(8, 3, 9), arrivals(half_from), iterations, options).blocks;
  };
  for (const int interleaved : {1, 3, 9}) {
    options.iterations = interleaved;
    EXPECT_EQ(blocks(4, 9), 4U);
    EXPECT_EQ(blocks(2, 9), 2U);
    EXPECT_EQ(blocks(2, 1), 4U);
  }
}

TEST(LayerInterleaving, LeavesOutKernelsThatAreAllZero) {
  KernelArrivals arrivals(4);
  arrivals[1] = {{0, 1}};
  arrivals[3] = {{4, 2}};
  const auto result = interleave_layer(convolution(4, 3, 9), arrivals, 3, {});
  EXPECT_EQ(result.iterations[0].groups, (KernelGroups{{{1, 0, 1}}}));
  EXPECT_EQ(result.iterations[1].groups, (KernelGroups{{{1, 0, 1}, {3, 1, 1}}}));
  const auto empty = interleave_layer(convolution(4, 3, 9), KernelArrivals(4), 3, {});
  EXPECT_TRUE(empty.iterations[0].groups.empty());
}

TEST(LayerInterleaving, KernelsOfAConvolutionGroupSeeOneWindow) {
  Layer layer = convolution(6, 3, 9);
  layer.groups = 3;
  const auto result = interleave_layer(layer, filling(6, 9, 3), 3, {});
  ASSERT_EQ(result.iterations[0].groups.size(), 3U);
  for (std::uint32_t g = 0; g < 3; ++g) {
    EXPECT_EQ(result.iterations[0].groups[g].front().kernel, 2 * g);
    EXPECT_EQ(result.iterations[0].groups[g].back().kernel, 2 * g + 1);
  }
}

}  // namespace
}  // namespace airnn
