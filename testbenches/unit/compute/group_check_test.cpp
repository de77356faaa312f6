// SPDX-License-Identifier: Apache-2.0
#include "hw/compute/accumulator/group_check.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "hw/compute/accumulator/operand_placement.h"
#include "testbenches/unit/compute/interleaved_layer.h"
#include "testbenches/unit/golden/small_network.h"

namespace airnn::test {
namespace {

/// Five kernels of two channels of 3x3 in four blocks of 2, 2, 2 and 3 multipliers; the last has no
/// weights.
class GroupCheck : public testing::Test {
 protected:
  GroupCheck() {
    const FixedFormat format{32, 0};
    drawn_.layer =
        golden::test::convolution({2, 3, 3}, 5, {3, 3, 1, 1, 0, 0, 0, 0}, format, format);
    drawn_.weights.assign(5 * 18, 0);
    drawn_.biases.assign(5, 1);
    for (std::uint32_t kernel = 0; kernel < 4; ++kernel) {
      set(kernel, 0, {2 * kernel, 2 * kernel + 1});
    }
  }
  void set(std::uint32_t kernel, std::uint32_t channel, const std::vector<std::uint32_t>& places) {
    for (const std::uint32_t place : places) {
      drawn_.weights[kernel * 18 + channel * 9 + place] = static_cast<std::int32_t>(place) + 1;
    }
  }
  std::string check(const KernelGroups& groups, InterleavePolicy policy,
                    std::uint32_t kernels_per_window = 5) const {
    return check_loaded_weights(kernels_of(drawn_), groups, policy, kSplit, kernels_per_window);
  }

  static constexpr BlockSplit kSplit{9, 4};
  const KernelGroups all_ = {{{0, 0, 1}, {1, 1, 1}, {2, 2, 1}, {3, 3, 1}}};
  const KernelGroups tagged_ = {{{0, 0, 0}, {1, 1, 0}, {2, 2, 0}, {3, 3, 0}}};
  RandomLayer drawn_;
};

TEST_F(GroupCheck, AcceptsWhatFits) {
  EXPECT_EQ(check(all_, InterleavePolicy::block), "");
  EXPECT_EQ(check(all_, InterleavePolicy::block_fixed), "");
  EXPECT_EQ(check(tagged_, InterleavePolicy::position), "");
  // Exactly what the last block can take.
  set(3, 1, {0, 4, 8});
  EXPECT_EQ(check(all_, InterleavePolicy::block), "");
}

TEST_F(GroupCheck, WantsEveryKernelWithWeightsInOneGroup) {
  const auto policy = InterleavePolicy::block;
  EXPECT_EQ(check({{{0, 0, 1}, {1, 1, 1}, {2, 2, 1}}}, policy),
            "kernel 3 has 2 weights but is in no group");
  EXPECT_EQ(check({all_[0], {{4, 0, 1}}}, policy), "kernel 4 is in a group but has no weights");
  EXPECT_EQ(check({all_[0], {{2, 0, 1}}}, policy), "kernel 2 is in two groups");
  EXPECT_EQ(check({all_[0], {{5, 0, 1}}}, policy), "kernel 5 does not exist");
}

TEST_F(GroupCheck, WantsKernelsOfAGroupToReadTheSameChannels) {
  EXPECT_EQ(check(all_, InterleavePolicy::block, 2),
            "kernel 2 reads other channels than kernel 0 of its group");
  EXPECT_EQ(check({{{0, 0, 1}, {1, 1, 1}}, {{2, 2, 1}, {3, 3, 1}}}, InterleavePolicy::block, 2),
            "");
}

TEST_F(GroupCheck, CountsTheWeightsOfEveryChannel) {
  set(1, 1, {0, 4, 8});
  EXPECT_EQ(check(all_, InterleavePolicy::block),
            "kernel 1 has 3 weights in channel 1, its blocks have 2 multipliers");
}

TEST_F(GroupCheck, FixedWeightsLieInTheirOwnBlocks) {
  set(2, 1, {8});
  EXPECT_EQ(check(all_, InterleavePolicy::block), "");
  EXPECT_EQ(check(all_, InterleavePolicy::block_fixed),
            "kernel 2 has in channel 1 a weight at multiplier 8, in block 3; it owns 1 from block "
            "2 on");
  EXPECT_EQ(check({{{0, 0, 1}, {1, 1, 1}, {2, 2, 2}}, {{3, 3, 1}}}, InterleavePolicy::block_fixed),
            "");
}

TEST_F(GroupCheck, NoTwoWeightsAtOnePosition) {
  set(3, 1, {5});
  set(1, 1, {5});
  EXPECT_EQ(check(tagged_, InterleavePolicy::position),
            "kernel 3 has in channel 1 a weight at multiplier 5, where kernel 1 of its group has "
            "one");
  // At the same place of another channel there is another multiplier.
  EXPECT_EQ(check({{{0, 0, 0}, {1, 1, 0}, {2, 2, 0}}, {{3, 0, 0}}}, InterleavePolicy::position),
            "");
}

TEST_F(GroupCheck, OperandsLieSideBySideFromTheFirstBlockOn) {
  set(1, 1, {0, 8});
  const SparseKernels kernels = kernels_of(drawn_);
  std::vector<std::vector<std::uint32_t>> places;
  for (const PlacedOperand& operand :
       place_operands({{3, 0, 2}, {1, 3, 1}}, kernels, InterleavePolicy::block, kSplit)) {
    places.push_back({operand.place, operand.channel, operand.multiplier, operand.pixel});
    EXPECT_EQ(operand.weight, static_cast<std::int32_t>(operand.pixel) + 1);
  }
  EXPECT_EQ(
      places,
      (std::vector<std::vector<std::uint32_t>>{
          {0, 0, 0, 6}, {0, 0, 1, 7}, {1, 0, 6, 2}, {1, 0, 7, 3}, {1, 1, 6, 0}, {1, 1, 7, 8}}));
  for (const auto policy : {InterleavePolicy::block_fixed, InterleavePolicy::position}) {
    for (const PlacedOperand& operand : place_operands(all_[0], kernels, policy, kSplit)) {
      EXPECT_EQ(operand.multiplier, operand.pixel);
    }
  }
}

}  // namespace
}  // namespace airnn::test
