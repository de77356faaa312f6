// SPDX-License-Identifier: Apache-2.0
#include <gtest/gtest.h>

#include <algorithm>
#include <map>
#include <random>

#include "sw/compiler/best_grouping.h"
#include "sw/compiler/block_placement.h"
#include "sw/compiler/greedy_grouping.h"
#include "sw/compiler/group_bound.h"
#include "sw/compiler/saturation_grouping.h"
#include "sw/compiler/spread_grouping.h"
#include "testbenches/unit/compiler/random_kernels.h"

namespace airnn {
namespace {

using test::KernelSet;
using test::random_kernels;
using Numbers = std::vector<std::vector<std::uint32_t>>;

constexpr std::array<InterleavePolicy, 3> kPolicies{
    InterleavePolicy::block, InterleavePolicy::block_fixed, InterleavePolicy::position};

KernelSet kernels_of(InterleavePolicy policy, std::uint32_t multipliers, std::uint32_t blocks,
                     const std::vector<std::set<std::uint32_t>>& columns) {
  return {
      {policy, {multipliers, blocks}, 1}, columns, std::vector<std::uint32_t>(columns.size(), 0)};
}

/// `count` weights from the first multiplier on.
std::set<std::uint32_t> weights(std::uint32_t count) {
  std::set<std::uint32_t> columns;
  for (std::uint32_t c = 0; c < count; ++c) {
    columns.insert(c);
  }
  return columns;
}

/// Kernels of 25 multipliers in 4 blocks with so many weights each.
KernelSet figure_9(const std::vector<std::uint32_t>& counts) {
  std::vector<std::set<std::uint32_t>> columns(counts.size());
  std::transform(counts.begin(), counts.end(), columns.begin(), weights);
  return kernels_of(InterleavePolicy::block, 25, 4, columns);
}

/// Kernel numbers instead of places in the list of those that are not all zero.
Numbers numbers(const Grouping& grouping, const KernelSet& set) {
  const std::vector<std::uint32_t> kernels = set.nonzero();
  Numbers groups;
  for (const auto& members : grouping) {
    groups.emplace_back();
    for (const std::size_t member : members) {
      groups.back().push_back(kernels[member]);
    }
  }
  return groups;
}

Numbers greedy(const KernelSet& set) {
  return numbers(greedy_grouping(set.shapes(), set.unit), set);
}

KernelGroups placed(const KernelSet& set) {
  const std::vector<KernelShape> shapes = set.shapes();
  return place_groups(greedy_grouping(shapes, set.unit), shapes, set.unit);
}

void expect_legal(const Grouping& grouping, const KernelSet& set) {
  const std::vector<KernelShape> shapes = set.shapes();
  const KernelGroups groups = place_groups(grouping, shapes, set.unit);
  EXPECT_NO_THROW(check_groups(groups, set.unit.policy, set.unit.split,
                               static_cast<std::uint32_t>(set.columns.size())));
  std::multiset<std::uint32_t> grouped;
  for (const KernelGroup& group : groups) {
    EXPECT_LE(group.size(), kMaxGroupedKernels);
    EXPECT_FALSE(group.empty());
    EXPECT_TRUE(set.is_served(group));
    for (const GroupedKernel& kernel : group) {
      grouped.insert(kernel.kernel);
      EXPECT_EQ(set.window[kernel.kernel], set.window[group.front().kernel]);
    }
  }
  const std::vector<std::uint32_t> nonzero = set.nonzero();
  EXPECT_EQ(grouped, std::multiset<std::uint32_t>(nonzero.begin(), nonzero.end()));
}

TEST(Grouping, Figure8HasTwoGroups) {
  // Rows 1 and 2 both have a weight in the third column; 1 merges with 3 and 4, then 2 with 5.
  const KernelSet set =
      kernels_of(InterleavePolicy::position, 5, 1, {{0, 2}, {2, 3}, {1}, {4}, {0, 4}});
  EXPECT_EQ(greedy(set), (Numbers{{0, 2, 3}, {1, 4}}));
  EXPECT_EQ(placed(set), (KernelGroups{{{0, 0, 0}, {2, 1, 0}, {3, 2, 0}}, {{1, 0, 0}, {4, 1, 0}}}));
  EXPECT_EQ(best_grouping(set.shapes(), set.unit).size(), 2U);
  EXPECT_EQ(least_groups(set.shapes(), set.unit), 2U);
}

TEST(Grouping, HasAtMostFourKernels) {
  const KernelSet set =
      kernels_of(InterleavePolicy::position, 9, 1, {{0}, {1}, {2}, {3}, {4}, {5}});
  EXPECT_EQ(greedy(set), (Numbers{{0, 1, 2, 3}, {4, 5}}));
  const KernelSet eight = kernels_of(InterleavePolicy::block, 9, 8, {{0}, {0}, {0}, {0}, {0}, {0}});
  EXPECT_EQ(greedy(eight), (Numbers{{0, 1, 2, 3}, {4, 5}}));
}

TEST(Grouping, ByBlockCountsWeightsOnly) {
  // 6 weights fill a block, 7 need two, 12 fill two, 13 need all four.
  EXPECT_EQ(greedy(figure_9({6, 6, 6, 6})), (Numbers{{0, 1, 2, 3}}));
  EXPECT_EQ(greedy(figure_9({12, 7, 6})), (Numbers{{0, 1}, {2}}));
  EXPECT_EQ(greedy(figure_9({13, 6, 25})), (Numbers{{0}, {1}, {2}}));
  EXPECT_EQ(greedy(figure_9({1, 13, 7, 2})), (Numbers{{0, 2, 3}, {1}}));
}

TEST(Grouping, PlacesLargerKernelsFirstAndKeepsTheOrderOfMerging) {
  EXPECT_EQ(placed(figure_9({1, 7, 2})), (KernelGroups{{{0, 2, 1}, {1, 0, 2}, {2, 3, 1}}}));
  EXPECT_EQ(placed(figure_9({7, 12})), (KernelGroups{{{0, 0, 2}, {1, 2, 2}}}));
  EXPECT_EQ(placed(figure_9({0, 24})), (KernelGroups{{{1, 0, 4}}}));
}

TEST(Grouping, ByFixedBlocksTakesTheBlocksOfTheWeights) {
  const KernelSet set = kernels_of(InterleavePolicy::block_fixed, 25, 4,
                                   {{0, 5}, {6, 11}, {17, 18}, {24}, {12, 23}, {5, 6}, {12}});
  // The 5th touches blocks 2 and 3, the 6th 0 and 1; weights 17 and 18 lie in blocks 2 and 3.
  EXPECT_EQ(placed(set), (KernelGroups{{{0, 0, 1}, {1, 1, 1}, {2, 2, 2}},
                                       {{3, 3, 1}, {5, 0, 2}, {6, 2, 1}},
                                       {{4, 2, 2}}}));
}

TEST(Grouping, KeepsConvolutionGroupsApart) {
  KernelSet set = kernels_of(InterleavePolicy::position, 9, 1, {{0}, {1}, {2}, {3}});
  set.window = {0, 0, 1, 1};
  EXPECT_EQ(greedy(set), (Numbers{{0, 1}, {2, 3}}));
  EXPECT_EQ(least_groups(set.shapes(), set.unit), 2U);
}

TEST(Grouping, OfNothingIsNothing) {
  for (const InterleavePolicy policy : kPolicies) {
    const KernelSet set = kernels_of(policy, 9, 4, {{}, {}});
    EXPECT_TRUE(greedy(set).empty());
    EXPECT_TRUE(best_grouping(set.shapes(), set.unit).empty());
    EXPECT_EQ(least_groups(set.shapes(), set.unit), 0U);
  }
}

TEST(Grouping, SaturationFindsWhatGreedyMisses) {
  // A column per overlap: each even kernel overlaps every odd one but the next. Greedy joins the
  // pairs that do not overlap; all even and all odd kernels would be two groups.
  const KernelSet crown = kernels_of(InterleavePolicy::position, 9, 1,
                                     {{0, 1}, {2, 4}, {2, 3}, {0, 5}, {4, 5}, {1, 3}});
  EXPECT_EQ(greedy(crown), (Numbers{{0, 1}, {2, 3}, {4, 5}}));
  EXPECT_EQ(saturation_grouping(crown.shapes(), crown.unit).size(), 2U);
  EXPECT_EQ(best_grouping(crown.shapes(), crown.unit).size(), 2U);
  EXPECT_EQ(crown.optimum(), 2U);
}

TEST(Grouping, SpreadMixesLargeKernelsWithSmallOnes) {
  // B = 8: first-fit decreasing joins the two large ones and needs three groups.
  std::vector<std::set<std::uint32_t>> columns(8, weights(1));
  columns[0] = columns[1] = weights(4);
  const KernelSet set = kernels_of(InterleavePolicy::block, 8, 8, columns);
  EXPECT_EQ(greedy(set).size(), 3U);
  EXPECT_EQ(best_grouping(set.shapes(), set.unit).size(), 2U);
}

TEST(Grouping, IsThePapersForAnyKernels) {
  std::mt19937 random(8);
  for (int round = 0; round < 600; ++round) {
    for (const InterleavePolicy policy : kPolicies) {
      const KernelSet set = random_kernels(policy, 24, random);
      ASSERT_EQ(greedy(set), set.paper_groups()) << to_string(policy) << ", round " << round;
    }
  }
}

TEST(Grouping, IsLegalByAnyMethod) {
  std::mt19937 random(9);
  std::map<InterleavePolicy, int> fewer;
  for (int round = 0; round < 600; ++round) {
    for (const InterleavePolicy policy : kPolicies) {
      const KernelSet set = random_kernels(policy, 40, random);
      const std::vector<KernelShape> shapes = set.shapes();
      const Grouping greedy = greedy_grouping(shapes, set.unit);
      const Grouping best = best_grouping(shapes, set.unit);
      expect_legal(greedy, set);
      expect_legal(best, set);
      if (policy != InterleavePolicy::block) {
        expect_legal(saturation_grouping(shapes, set.unit), set);
      }
      EXPECT_LE(best.size(), greedy.size());
      EXPECT_GE(best.size(), least_groups(shapes, set.unit));
      fewer[policy] += best.size() < greedy.size() ? 1 : 0;
      ASSERT_FALSE(HasFailure()) << to_string(policy) << ", round " << round;
    }
  }
  EXPECT_GT(fewer[InterleavePolicy::position], 10) << "the test sees no difference";
  EXPECT_GT(fewer[InterleavePolicy::block], 0);
}

TEST(Grouping, BoundIsBelowTheOptimumAndBestNearIt) {
  std::mt19937 random(10);
  int optimal = 0;
  int all = 0;
  for (int round = 0; round < 300; ++round) {
    for (const InterleavePolicy policy : kPolicies) {
      const KernelSet set = random_kernels(policy, 7, random);
      const std::vector<KernelShape> shapes = set.shapes();
      const std::size_t optimum = set.optimum();
      const std::size_t best = best_grouping(shapes, set.unit).size();
      ASSERT_LE(least_groups(shapes, set.unit), optimum) << to_string(policy);
      ASSERT_GE(best, optimum) << to_string(policy);
      optimal += best == optimum ? 1 : 0;
      ++all;
    }
  }
  EXPECT_GE(optimal, all * 97 / 100);
}

TEST(Grouping, ByFixedBlocksIsAGroupingByPosition) {
  std::mt19937 random(11);
  for (int round = 0; round < 300; ++round) {
    KernelSet set = random_kernels(InterleavePolicy::block_fixed, 40, random);
    const Grouping grouping = greedy_grouping(set.shapes(), set.unit);
    set.unit.policy = InterleavePolicy::position;
    expect_legal(grouping, set);
    ASSERT_FALSE(HasFailure()) << "round " << round;
  }
}

}  // namespace
}  // namespace airnn
