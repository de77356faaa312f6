// SPDX-License-Identifier: Apache-2.0
#include "hw/observe/dram/latency_histogram.h"

#include <algorithm>
#include <cmath>

namespace airnn {

LatencyHistogram& LatencyHistogram::operator+=(const LatencyHistogram& other) {
  for (std::size_t i = 0; i < kBuckets; ++i) {
    buckets_[i] += other.buckets_[i];
  }
  count_ += other.count_;
  sum_ += other.sum_;
  min_ = std::min(min_, other.min_);
  max_ = std::max(max_, other.max_);
  return *this;
}

double LatencyHistogram::mean() const {
  return count_ == 0 ? 0 : static_cast<double>(sum_) / static_cast<double>(count_);
}

Cycle LatencyHistogram::percentile(double percent) const {
  const double rank = std::ceil(percent * static_cast<double>(count_) / 100);
  std::uint64_t seen = 0;
  for (std::size_t i = 0; i < kBuckets && count_ != 0; ++i) {
    seen += buckets_[i];
    if (buckets_[i] != 0 && static_cast<double>(seen) >= rank) {
      return std::min(upper_end(i), max_);
    }
  }
  return max_;
}

std::vector<LatencyBucket> LatencyHistogram::buckets() const {
  std::vector<LatencyBucket> buckets;
  for (std::size_t i = 0; i < kBuckets; ++i) {
    if (buckets_[i] != 0) {
      buckets.push_back({i == 0 ? 0 : upper_end(i - 1) + 1, buckets_[i]});
    }
  }
  return buckets;
}

Cycle LatencyHistogram::upper_end(std::size_t bucket) {
  if (bucket < (1U << kExactBits)) {
    return bucket;
  }
  const std::size_t above = bucket - (1U << kExactBits);
  const std::size_t octave = (above >> kOctaveBits) + kExactBits;
  const Cycle step = above & ((1U << kOctaveBits) - 1);
  const Cycle width = Cycle{1} << (octave - kOctaveBits);
  return (Cycle{1} << octave) + step * width + (width - 1);
}

}  // namespace airnn
