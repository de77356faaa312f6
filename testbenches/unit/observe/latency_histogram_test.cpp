// SPDX-License-Identifier: Apache-2.0
#include "hw/observe/dram/latency_histogram.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>
#include <random>
#include <vector>

namespace airnn::test {
namespace {

TEST(LatencyHistogram, IsZeroWithoutLatencies) {
  const LatencyHistogram none;
  EXPECT_EQ(none.count(), 0U);
  EXPECT_EQ(none.min(), 0U);
  EXPECT_EQ(none.max(), 0U);
  EXPECT_EQ(none.mean(), 0.0);
  EXPECT_EQ(none.percentile(50), 0U);
}

TEST(LatencyHistogram, IsExactBelow64) {
  LatencyHistogram histogram;
  for (Cycle latency = 1; latency < 64; ++latency) {
    histogram.add(latency);
  }
  for (Cycle rank = 1; rank < 64; ++rank) {
    EXPECT_EQ(histogram.percentile(100.0 * (static_cast<double>(rank) - 0.5) / 63), rank);
  }
  EXPECT_EQ(histogram.percentile(0), 1U);
  EXPECT_EQ(histogram.min(), 1U);
  EXPECT_EQ(histogram.max(), 63U);
  EXPECT_EQ(histogram.mean(), 32.0);
}

TEST(LatencyHistogram, HasABucketForEveryLatency) {
  for (unsigned bit = 0; bit < 64; ++bit) {
    for (const Cycle latency : {(Cycle{1} << bit) - 1, Cycle{1} << bit, (Cycle{1} << bit) + 1}) {
      LatencyHistogram histogram;
      histogram.add(latency);
      histogram.add(~Cycle{0});  // so that max() does not hide the bucket's end
      const Cycle median = histogram.percentile(50);
      EXPECT_GE(median, latency);
      EXPECT_LE(static_cast<double>(median - latency), static_cast<double>(latency) / 16);
    }
  }
}

TEST(LatencyHistogram, PercentilesAreThoseOfTheSortedListWithinABucket) {
  std::mt19937 random(1);
  std::vector<Cycle> all;
  LatencyHistogram histogram;
  LatencyHistogram other;
  Cycle sum = 0;
  for (int i = 0; i < 20000; ++i) {
    const Cycle latency = 15 + random() % (1U << (random() % 14));
    all.push_back(latency);
    (i % 3 == 0 ? other : histogram).add(latency);
    sum += latency;
  }
  histogram += other;
  std::sort(all.begin(), all.end());
  EXPECT_EQ(histogram.count(), all.size());
  EXPECT_EQ(histogram.sum(), sum);
  EXPECT_EQ(histogram.min(), all.front());
  EXPECT_EQ(histogram.max(), all.back());
  for (const double percent : {1.0, 50.0, 95.0, 99.0, 100.0}) {
    const auto rank =
        static_cast<std::size_t>(std::ceil(percent * static_cast<double>(all.size()) / 100));
    const Cycle exact = all[rank - 1];
    EXPECT_GE(histogram.percentile(percent), exact);
    EXPECT_LE(static_cast<double>(histogram.percentile(percent)),
              static_cast<double>(exact) * 17 / 16);
  }
}

TEST(LatencyHistogram, ListsWhatIsInTheBuckets) {
  LatencyHistogram histogram;
  EXPECT_TRUE(histogram.buckets().empty());
  for (const Cycle latency : std::vector<Cycle>{15, 0, 15, 63, 64, 67, 68, 1000}) {
    histogram.add(latency);
  }
  std::vector<std::pair<Cycle, std::uint64_t>> listed;
  for (const LatencyBucket& bucket : histogram.buckets()) {
    listed.emplace_back(bucket.from, bucket.count);
  }
  const decltype(listed) expected = {{0, 1}, {15, 2}, {63, 1}, {64, 2}, {68, 1}, {992, 1}};
  EXPECT_EQ(listed, expected);
}

}  // namespace
}  // namespace airnn::test
