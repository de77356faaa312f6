// SPDX-License-Identifier: Apache-2.0
#include "sw/compiler/boundary_box.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <cstddef>
#include <random>
#include <vector>

#include "sw/compiler/boundary_search.h"
#include "testbenches/unit/compiler/test_models.h"

namespace airnn {
namespace {

constexpr int kManyRounds = 100000;

/// Every partition into clusters that are not empty.
BoundaryBox everything(std::size_t size, std::size_t clusters) {
  BoundaryBox box;
  for (std::size_t j = 1; j < clusters; ++j) {
    box.lowest.push_back(j);
    box.highest.push_back(size - clusters + j);
  }
  return box;
}

void expect_inside(const BoundaryBox& box, const std::vector<std::size_t>& ends) {
  for (std::size_t j = 0; j + 1 < ends.size(); ++j) {
    EXPECT_LE(box.lowest[j], ends[j]) << "boundary " << j;
    EXPECT_GE(box.highest[j], ends[j]) << "boundary " << j;
  }
}

TEST(BoundaryBox, KeepsEveryOptimumOfSmallSets) {
  std::mt19937 generator(5);
  int narrower = 0;
  for (int set = 0; set < 300; ++set) {
    const std::size_t size = 4 + generator() % 12;
    std::vector<float> numbers;
    for (std::size_t i = 0; i < size; ++i) {  // small integers: equal values and equal optima
      numbers.push_back(static_cast<float>(static_cast<int>(generator() % 41) - 20));
    }
    const SortedValues values(numbers);
    std::vector<Partition> all;
    for (std::size_t first = 1; first + 1 < size; ++first) {
      for (std::size_t second = first + 1; second < size; ++second) {
        all.push_back(make_partition(values, {first, second, size}));
      }
    }
    long double least = all.front().squares;
    for (const Partition& partition : all) {
      least = std::min(least, partition.squares);
    }
    if (values.distinct() < 3) {
      continue;
    }
    const BoundaryBox box = narrowed(values, everything(size, 3), 0, kManyRounds);
    narrower += box.positions() < everything(size, 3).positions() ? 1 : 0;
    for (const Partition& partition : all) {
      // Where a cluster is all one value, splitting a run of equal values costs nothing.
      const bool is_split =
          !values.is_change(partition.ends[0]) || !values.is_change(partition.ends[1]);
      if (!is_split && partition.squares <= least * (1 + 1e-12L)) {
        SCOPED_TRACE(testing::Message() << "set " << set);
        expect_inside(box, partition.ends);
      }
    }
  }
  EXPECT_GT(narrower, 250) << "a box that never shrinks keeps everything too";
}

TEST(BoundaryBox, KeepsTheOptimumOfThousandsOfValues) {
  for (unsigned seed = 1; seed <= 20; ++seed) {
    std::vector<float> weights = test::normal_weights(3000, 0.05, seed);
    for (std::size_t i = 0; i < weights.size(); i += 2) {  // several humps: several local optima
      weights[i] += static_cast<float>(i % 6) * 0.1F;
    }
    const SortedValues values(weights);  // few enough for the programme over all boundaries
    const BoundarySearch search(values, 9);
    for (std::size_t k = 2; k <= 9; ++k) {
      SCOPED_TRACE(testing::Message() << "seed " << seed << ", " << k << " clusters");
      expect_inside(narrowed(values, everything(values.size(), k), 0, kManyRounds),
                    search.best(static_cast<int>(k)).ends);
    }
  }
}

TEST(BoundaryBox, ClosesInWhereOnlyOnePartitionIsStationary) {
  const SortedValues values(test::normal_weights(200000, 0.05, 3));
  const BoundaryBox start = everything(values.size(), 10);
  const BoundaryBox box = narrowed(values, start, 0, kManyRounds);
  EXPECT_LT(box.positions(), start.positions() / 100);
  expect_inside(box, BoundarySearch(values, 10).best(10).ends);
  EXPECT_GT(narrowed(values, start, 50000, kManyRounds).positions(), box.positions())
      << "fifty thousand are enough";
}

TEST(BoundaryBox, EndsAfterTheRoundsItMayTake) {
  const SortedValues values(test::normal_weights(20000, 0.05, 3));
  const BoundaryBox start = everything(values.size(), 10);
  const std::size_t one = narrowed(values, start, 0, 1).positions();
  EXPECT_LT(one, start.positions());
  EXPECT_LT(narrowed(values, start, 0, 2).positions(), one);
}

}  // namespace
}  // namespace airnn
