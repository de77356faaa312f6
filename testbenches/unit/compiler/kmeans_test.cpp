// SPDX-License-Identifier: Apache-2.0
#include "sw/compiler/kmeans.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>
#include <limits>
#include <random>
#include <vector>

#include "sw/compiler/boundary_dp.h"
#include "sw/compiler/boundary_search.h"
#include "testbenches/unit/compiler/test_models.h"

namespace airnn {
namespace {

using Values = std::vector<float>;

double squares_of(const Values& sorted, std::size_t begin, std::size_t end) {
  long double sum = 0;
  for (std::size_t i = begin; i < end; ++i) {
    sum += static_cast<long double>(sorted[i]);
  }
  const long double mean = sum / static_cast<long double>(end - begin);
  long double squares = 0;
  for (std::size_t i = begin; i < end; ++i) {
    const long double distance = static_cast<long double>(sorted[i]) - mean;
    squares += distance * distance;
  }
  return static_cast<double>(squares);
}

/// The least sum of squares over all partitions of sorted values into exactly k parts, tried one by
/// one.
double exhaustive(const Values& sorted, std::size_t begin, int k) {
  if (k == 1) {
    return squares_of(sorted, begin, sorted.size());
  }
  double least = std::numeric_limits<double>::infinity();
  for (std::size_t end = begin + 1; end + static_cast<std::size_t>(k) <= sorted.size() + 1; ++end) {
    least = std::min(least, squares_of(sorted, begin, end) + exhaustive(sorted, end, k - 1));
  }
  return least;
}

/// The dynamic programme over all boundaries, without any exclusion: entry k-1 is for k clusters.
std::vector<double> full_programme(const SortedValues& values, int max_clusters) {
  std::vector<Moments> ends;
  for (std::size_t i = 1; i <= values.size(); ++i) {
    ends.push_back(values.moments(i));
  }
  DpRow row = dp_row({Moments{}}, {0}, ends, Emptiness::forbidden);
  std::vector<double> squares{static_cast<double>(row.cost.back())};
  for (int k = 2; k <= max_clusters; ++k) {
    row = dp_row(ends, row.cost, ends, Emptiness::forbidden);
    squares.push_back(static_cast<double>(row.cost.back()));
  }
  return squares;
}

Clustering optimal(const Values& values, int k) {
  return cluster_values(SortedValues(values), k, InitMethod::optimal, 0);
}

TEST(KMeans, FindsTheExhaustiveOptimumOfSmallSets) {
  std::mt19937 generator(3);
  for (int round = 0; round < 300; ++round) {
    const std::size_t size = 2 + generator() % 9;
    Values values(size);
    const bool few_distinct = round % 2 == 0;
    for (float& value : values) {
      value = few_distinct ? static_cast<float>(generator() % 6)
                           : static_cast<float>(generator() % 100000) * 1e-4F - 3.0F;
    }
    Values sorted = values;
    std::sort(sorted.begin(), sorted.end());
    const auto distinct = static_cast<int>(SortedValues(values).distinct());
    for (int k = 1; k <= std::min(distinct, 5); ++k) {
      const Clustering found = optimal(values, k);
      ASSERT_EQ(found.clusters.size(), static_cast<std::size_t>(k));
      EXPECT_NEAR(found.squares(), exhaustive(sorted, 0, k), 1e-9) << "round " << round;
    }
  }
}

TEST(KMeans, PartitionsValuesIntoNeighbours) {
  const Values values = test::normal_weights(5000, 0.1, 1);
  const Clustering found = optimal(values, 7);
  ASSERT_EQ(found.clusters.size(), 7U);
  std::size_t weights = 0;
  for (std::size_t k = 0; k < found.clusters.size(); ++k) {
    const Cluster& cluster = found.clusters[k];
    const auto inside = std::count_if(values.begin(), values.end(), [&](float value) {
      return value >= cluster.lowest && value <= cluster.highest;
    });
    EXPECT_EQ(static_cast<std::size_t>(inside), cluster.weights);
    EXPECT_LE(cluster.lowest, cluster.mean);
    EXPECT_GE(cluster.highest, cluster.mean);
    if (k > 0) {
      EXPECT_LT(found.clusters[k - 1].highest, cluster.lowest);
    }
    weights += cluster.weights;
  }
  EXPECT_EQ(weights, values.size());
}

TEST(KMeans, GivesFewerClustersWhenThereAreFewerDistinctValues) {
  const Clustering found = optimal({2, 1, 2, 1, 5, 5, 5}, 8);
  ASSERT_EQ(found.clusters.size(), 3U);
  EXPECT_EQ(found.squares(), 0);
  EXPECT_EQ(found.clusters[2].weights, 3U);
  EXPECT_TRUE(optimal({}, 3).clusters.empty());
  EXPECT_EQ(optimal({4}, 3).clusters.size(), 1U);
}

TEST(KMeans, KeepsEqualValuesTogether) {
  const Clustering found = optimal({0, 1, 1, 1, 1, 1, 2}, 2);
  ASSERT_EQ(found.clusters.size(), 2U);
  EXPECT_LT(found.clusters[0].highest, found.clusters[1].lowest);
}

TEST(KMeans, TakesTheLeftmostBoundaryOfEqualOptima) {
  const Clustering found = optimal({1, 2, 3}, 2);  // {1}{2,3} and {1,2}{3} both have 0.5
  ASSERT_EQ(found.clusters.size(), 2U);
  EXPECT_EQ(found.clusters[0].weights, 1U);
}

TEST(KMeans, IsNeverWorseThanManyLloydRestarts) {
  for (const unsigned seed : {1U, 2U}) {
    const SortedValues values(test::normal_weights(8000, 0.05, seed));
    for (const int k : {4, 10, 17}) {
      const double best = cluster_values(values, k, InitMethod::optimal, 0).squares();
      EXPECT_LE(best, cluster_values(values, k, InitMethod::linear, 0).squares() * (1 + 1e-12));
      for (std::uint64_t restart = 0; restart < 40; ++restart) {
        EXPECT_LE(best,
                  cluster_values(values, k, InitMethod::random, restart).squares() * (1 + 1e-12));
      }
    }
  }
}

/// Sets for which boundaries are excluded by proof, since they have too many distinct values to try
/// all.
struct LargeSet {
  const char* name;
  Values values;
};

std::vector<LargeSet> large_sets() {
  std::mt19937 generator(11);
  const std::size_t size = 10000;
  std::uniform_real_distribution<double> uniform(-1, 1);
  std::vector<LargeSet> sets{{"normal", test::normal_weights(size, 0.02, 5)}};
  Values flat(size);
  Values heavy(size);
  Values twins;
  Values runs;
  Values outlier = test::normal_weights(size, 0.01, 6);
  for (std::size_t i = 0; i < size; ++i) {
    flat[i] = static_cast<float>(uniform(generator));
    const double u = uniform(generator);
    heavy[i] = static_cast<float>(u / (1.0001 - std::abs(u)));
  }
  for (const float value : test::normal_weights(size / 2, 0.1, 7)) {  // mirrored optima for K = 3
    twins.push_back(value + 1);
    twins.push_back(-(value + 1));
  }
  for (const float value : test::normal_weights(size, 1, 8)) {  // long runs beside distinct values
    runs.push_back(std::abs(value) < 0.5F ? 0.25F : value);
  }
  for (std::size_t i = 0; i < size; ++i) {
    runs.push_back(i % 3 == 0 ? -1.0F : 0.25F);
  }
  outlier.back() = 1000;
  outlier.front() = -1000;
  sets.push_back({"flat", flat});
  sets.push_back({"heavy tails", heavy});
  sets.push_back({"twins", twins});
  sets.push_back({"runs", runs});
  sets.push_back({"outliers", outlier});
  return sets;
}

TEST(KMeans, ExcludesNoOptimalBoundaryOfLargeSets) {
  for (LargeSet& set : large_sets()) {
    const SortedValues values(set.values);
    ASSERT_GT(values.distinct(), 4096U) << "must not be small enough to try everything";
    const BoundarySearch search(values, 20);
    const std::vector<double> best = full_programme(values, 20);
    for (int k = 1; k <= 20; ++k) {
      const Partition found = search.best(k);
      ASSERT_EQ(found.ends.size(), static_cast<std::size_t>(k));
      const double expected = best[static_cast<std::size_t>(k - 1)];
      EXPECT_NEAR(static_cast<double>(found.squares), expected, 1e-12 * expected)
          << set.name << ", " << k << " clusters";
    }
  }
}

TEST(KMeans, CurveHasTheSquaresOfEveryOptimum) {
  const SortedValues values(test::normal_weights(9000, 0.05, 4));
  const std::vector<double> curve = optimal_squares(values, 12);
  ASSERT_EQ(curve.size(), 12U);
  for (int k = 1; k <= 12; ++k) {
    const double squares = cluster_values(values, k, InitMethod::optimal, 0).squares();
    EXPECT_NEAR(curve[static_cast<std::size_t>(k - 1)], squares, 1e-10 * squares);
  }
  for (std::size_t k = 2; k < curve.size(); ++k) {
    EXPECT_GE(curve[k - 2] - curve[k - 1], curve[k - 1] - curve[k]) << "convex";
  }
}

TEST(KMeans, StaysExactFarFromZero) {
  Values values = test::normal_weights(3000, 1, 9);
  const double near_zero = optimal(values, 6).squares();
  for (float& value : values) {
    value = std::round(value * 64) / 64;  // so that the offset loses no bits
  }
  const double rounded = optimal(values, 6).squares();
  EXPECT_NEAR(rounded, near_zero, 0.01 * near_zero);
  for (float& value : values) {
    value += 4096;
  }
  EXPECT_NEAR(optimal(values, 6).squares(), rounded, 1e-9 * rounded);
}

TEST(KMeans, RandomStartDependsOnTheSeedAlone) {
  const SortedValues values(test::normal_weights(4000, 0.1, 2));
  const double first = cluster_values(values, 9, InitMethod::random, 1).squares();
  EXPECT_EQ(first, cluster_values(values, 9, InitMethod::random, 1).squares());
  bool differs = false;
  for (std::uint64_t seed = 2; seed < 10; ++seed) {
    differs = differs || cluster_values(values, 9, InitMethod::random, seed).squares() != first;
  }
  EXPECT_TRUE(differs);
}

TEST(KMeans, LinearStartDropsEmptyClusters) {
  const SortedValues values({0.0F, 0.1F, 10.0F});
  const Clustering found = cluster_values(values, 5, InitMethod::linear, 0);
  EXPECT_EQ(found.clusters.size(), 2U);
  EXPECT_EQ(found.clusters[0].weights, 2U);
}

TEST(SortedValues, SortsLikeTheStandardLibrary) {
  for (const std::size_t size : {0U, 1U, 2U, 100U, 50000U}) {
    Values values = test::normal_weights(size, 1e-3, 3);
    for (std::size_t i = 0; i < size; i += 7) {
      values[i] = i % 2 == 0 ? -1e30F : 1e-40F;
    }
    const SortedValues sorted(values);
    std::sort(values.begin(), values.end());
    ASSERT_EQ(sorted.size(), size);
    std::size_t distinct = 0;
    for (std::size_t i = 0; i < size; ++i) {
      ASSERT_EQ(sorted[i], values[i]) << i;
      distinct += i == 0 || values[i] != values[i - 1] ? 1U : 0U;
    }
    EXPECT_EQ(sorted.distinct(), distinct);
  }
}

TEST(SortedValues, FindsChanges) {
  const SortedValues values({1, 1, 2, 2, 2, 3});
  EXPECT_EQ(values.change_at_or_after(1), 2U);
  EXPECT_EQ(values.change_at_or_after(2), 2U);
  EXPECT_EQ(values.change_at_or_after(3), 5U);
  EXPECT_EQ(values.change_at_or_before(4), 2U);
  EXPECT_EQ(values.change_at_or_before(1), 0U);
  EXPECT_EQ(values.count_up_to(2), 5U);
  EXPECT_EQ(values.count_up_to(0.5), 0U);
  EXPECT_DOUBLE_EQ(values.mean(1, 6), 2.0);
}

}  // namespace
}  // namespace airnn
