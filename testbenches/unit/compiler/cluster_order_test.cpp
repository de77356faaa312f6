// SPDX-License-Identifier: Apache-2.0
#include "sw/compiler/cluster_order.h"

#include <gtest/gtest.h>

#include <set>
#include <utility>

namespace airnn {
namespace {

using Pairs = std::vector<std::pair<int, int>>;

Pairs order(const std::vector<double>& means, BatchOrder by) {
  Pairs pairs;
  for (const Batch& batch : order_batches(means, by)) {
    pairs.emplace_back(batch.first, batch.second);
  }
  return pairs;
}

TEST(ClusterOrder, MaxminTakesLargestAndSmallestMeanThatAreLeft) {
  EXPECT_EQ(order({-3, -2, -1, 1, 2, 3}, BatchOrder::maxmin), (Pairs{{5, 0}, {4, 1}, {3, 2}}));
  EXPECT_EQ(order({1, 2, 3, 4}, BatchOrder::maxmin), (Pairs{{3, 0}, {2, 1}}));
}

TEST(ClusterOrder, OddNumberLeavesOneClusterForTheLastBatch) {
  EXPECT_EQ(order({-2, -1, 0.5, 1, 2}, BatchOrder::maxmin),
            (Pairs{{4, 0}, {3, 1}, {2, kNoCluster}}));
  EXPECT_EQ(order({7}, BatchOrder::maxmin), (Pairs{{0, kNoCluster}}));
  EXPECT_TRUE(order({}, BatchOrder::maxmin).empty());
}

TEST(ClusterOrder, SignedPairsPositiveWithNegativeWhileThereAreBoth) {
  EXPECT_EQ(order({-3, 1, 2, 3, 4}, BatchOrder::signed_means),
            (Pairs{{4, 0}, {3, 2}, {1, kNoCluster}}));
  EXPECT_EQ(order({-4, -3, -2, -1, 1}, BatchOrder::signed_means),
            (Pairs{{4, 0}, {2, 1}, {3, kNoCluster}}));
}

TEST(ClusterOrder, SignedTakesTwoLargestInMagnitudeOfOneSign) {
  EXPECT_EQ(order({-4, -3, -2}, BatchOrder::signed_means), (Pairs{{1, 0}, {2, kNoCluster}}));
  EXPECT_EQ(order({0, 3, 4, 5}, BatchOrder::signed_means), (Pairs{{3, 2}, {1, 0}}));
}

TEST(ClusterOrder, MagnitudeTakesTheTwoFarthestFromZero) {
  EXPECT_EQ(order({-5, -4, -0.1, 1, 2}, BatchOrder::magnitude),
            (Pairs{{1, 0}, {4, 3}, {2, kNoCluster}}));
  EXPECT_EQ(order({-2, -1, 2}, BatchOrder::magnitude), (Pairs{{2, 0}, {1, kNoCluster}}));
}

TEST(ClusterOrder, EveryClusterComesOnceAndTheLargerMeanFirst) {
  for (const BatchOrder by :
       {BatchOrder::maxmin, BatchOrder::signed_means, BatchOrder::magnitude}) {
    for (int k = 1; k <= 12; ++k) {
      for (int negative = 0; negative <= k; ++negative) {
        std::vector<double> means;
        for (int i = 0; i < k; ++i) {
          means.push_back(i - negative + 0.3);
        }
        std::set<int> seen;
        const auto batches = order_batches(means, by);
        EXPECT_EQ(batches.size(), static_cast<std::size_t>((k + 1) / 2));
        for (const Batch& batch : batches) {
          EXPECT_TRUE(seen.insert(batch.first).second);
          EXPECT_GT(batch.first, batch.second);
          EXPECT_TRUE(batch.second == kNoCluster || seen.insert(batch.second).second);
        }
        EXPECT_EQ(seen.size(), static_cast<std::size_t>(k));
      }
    }
  }
}

}  // namespace
}  // namespace airnn
