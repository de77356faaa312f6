// SPDX-License-Identifier: Apache-2.0
#include "sw/compiler/kernel_shape.h"

#include <gtest/gtest.h>

#include "sw/compiler/block_choice.h"

namespace airnn {
namespace {

std::uint32_t blocks_of(const std::vector<std::uint32_t>& columns, std::uint32_t multipliers,
                        std::uint32_t blocks, std::uint32_t channels = 1) {
  return shape_of(0, 0, columns, {InterleavePolicy::block, {multipliers, blocks}, channels}).blocks;
}

std::vector<std::uint32_t> first(std::uint32_t count) {
  std::vector<std::uint32_t> columns;
  for (std::uint32_t c = 0; c < count; ++c) {
    columns.push_back(c);
  }
  return columns;
}

TEST(KernelShape, FullBlocksFit) {
  EXPECT_EQ(blocks_of(first(1), 25, 4), 1U);
  EXPECT_EQ(blocks_of(first(6), 25, 4), 1U);
  EXPECT_EQ(blocks_of(first(7), 25, 4), 2U) << "the last block's 7th serves whole units only";
  EXPECT_EQ(blocks_of(first(12), 25, 4), 2U);
  EXPECT_EQ(blocks_of(first(13), 25, 4), 4U);
  EXPECT_EQ(blocks_of(first(25), 25, 4), 4U) << "the remainder belongs to the whole unit";
}

TEST(KernelShape, TheFullestChannelDecides) {
  // 2x2 windows: channel 0 has two weights, channel 1 one, channel 2 none, channel 3 three.
  EXPECT_EQ(blocks_of({0, 3, 5}, 4, 4, 4), 2U);
  EXPECT_EQ(blocks_of({0, 3, 5, 12, 13, 15}, 4, 4, 4), 4U);
  EXPECT_EQ(blocks_of({1, 6, 9, 12}, 4, 4, 4), 1U);
}

TEST(KernelShape, UnevenSplitsHoldTheWholeKernel) {
  for (std::uint32_t multipliers = 1; multipliers <= 121; ++multipliers) {
    for (std::uint32_t blocks = 1; blocks <= multipliers; blocks *= 2) {
      for (std::uint32_t count = 1; count <= multipliers; ++count) {
        const std::uint32_t needed = blocks_of(first(count), multipliers, blocks);
        const BlockSplit split{multipliers, blocks};
        ASSERT_LE(count, split.capacity(0, needed));
        ASSERT_TRUE(needed == 1 || needed == blocks || count > needed / 2 * split.size());
      }
    }
  }
}

TEST(KernelShape, FixedBlocksAreAlignedAroundAllWeights) {
  const auto shape = [](const std::vector<std::uint32_t>& columns) {
    return shape_of(3, 1, columns, {InterleavePolicy::block_fixed, {25, 4}, 2});
  };
  EXPECT_EQ(shape({24}).first_block, 3U);
  EXPECT_EQ(shape({24}).blocks, 1U);
  EXPECT_EQ(shape({12, 25 + 20}).first_block, 2U) << "block 2 in one channel, 3 in the other";
  EXPECT_EQ(shape({12, 25 + 20}).blocks, 2U);
  EXPECT_EQ(shape({6, 12}).first_block, 0U) << "blocks 1 and 2 are no aligned pair";
  EXPECT_EQ(shape({6, 12}).blocks, 4U);
  EXPECT_EQ(shape({6}).kernel, 3U);
  EXPECT_EQ(shape({6}).window, 1U);
}

TEST(KernelShape, PositionsAreColumns) {
  const KernelShape shape =
      shape_of(0, 0, {0, 63, 64, 99}, {InterleavePolicy::position, {25, 1}, 4});
  for (std::uint32_t column = 0; column < 100; ++column) {
    EXPECT_EQ(shape.places.contains(column),
              column == 0 || column == 63 || column == 64 || column == 99);
  }
  EXPECT_EQ(shape.blocks, 0U);
}

std::uint32_t chosen(const std::vector<std::size_t>& sizes, std::uint32_t multipliers = 25) {
  GroupSizes found;
  for (const std::size_t size : sizes) {
    found.add({std::vector<std::size_t>(size)});
  }
  return found.blocks(multipliers);
}

TEST(GroupSizes, TheMostFrequentDecidesAtTheNearestPowerOfTwo) {
  EXPECT_EQ(chosen({4, 4, 4, 1, 1, 2}), 4U);
  EXPECT_EQ(chosen({3, 3, 1}), 4U);
  EXPECT_EQ(chosen({2, 2, 2, 1, 4}), 2U) << "six kernels in pairs, four together";
  EXPECT_EQ(chosen({1, 1, 1, 1, 1, 4}), 4U) << "kernels alone do not count";
  EXPECT_EQ(chosen({1, 1}), 2U) << "at least two";
  EXPECT_EQ(chosen({}), 2U);
}

TEST(GroupSizes, OfEquallyFrequentOnesTheLargerDecides) {
  EXPECT_EQ(chosen({2, 2, 4}), 4U);
  EXPECT_EQ(chosen({2, 1}), 2U);
}

TEST(GroupSizes, ThereAreNoMoreBlocksThanMultipliers) {
  EXPECT_EQ(chosen({4}, 2), 2U);
  EXPECT_EQ(chosen({4}, 3), 2U);
  EXPECT_EQ(chosen({4}, 4), 4U);
}

}  // namespace
}  // namespace airnn
