// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <array>
#include <cstdint>
#include <vector>

#include "hw/common/cycle.h"

namespace airnn {

/// So many latencies from `from` up to the next bucket.
struct LatencyBucket {
  Cycle from = 0;
  std::uint64_t count = 0;
};

/// Latencies in buckets: each cycle its own below 64, above that sixteen to an octave, so that a
/// percentile is off by 1/16 at most. Count, sum and the extremes are exact.
class LatencyHistogram {
 public:
  void add(Cycle latency) {
    ++buckets_[bucket_of(latency)];
    ++count_;
    sum_ += latency;
    min_ = latency < min_ ? latency : min_;
    max_ = latency > max_ ? latency : max_;
  }
  LatencyHistogram& operator+=(const LatencyHistogram& other);

  std::uint64_t count() const { return count_; }
  std::uint64_t sum() const { return sum_; }
  Cycle min() const { return count_ == 0 ? 0 : min_; }
  Cycle max() const { return max_; }
  double mean() const;
  /// The latency that `percent` of all do not exceed: the upper end of the bucket of the request of
  /// that rank, at most max(). 0 without requests.
  Cycle percentile(double percent) const;
  /// Those that are not empty, ascending.
  std::vector<LatencyBucket> buckets() const;

  friend bool operator==(const LatencyHistogram& a, const LatencyHistogram& b) {
    return a.buckets_ == b.buckets_ && a.count_ == b.count_ && a.sum_ == b.sum_ &&
           a.min_ == b.min_ && a.max_ == b.max_;
  }

 private:
  static constexpr unsigned kExactBits = 6;   ///< one bucket per cycle below 2^6
  static constexpr unsigned kOctaveBits = 4;  ///< 2^4 buckets per octave above
  static constexpr std::size_t kBuckets = (1U << kExactBits) + ((64 - kExactBits) << kOctaveBits);

  static std::size_t bucket_of(Cycle latency) {
    if (latency < (1U << kExactBits)) {
      return latency;
    }
    const auto octave = 63U - static_cast<unsigned>(__builtin_clzll(latency));
    const std::size_t step = (latency >> (octave - kOctaveBits)) & ((1U << kOctaveBits) - 1);
    return (1U << kExactBits) + ((octave - kExactBits) << kOctaveBits) + step;
  }
  static Cycle upper_end(std::size_t bucket);

  std::array<std::uint64_t, kBuckets> buckets_{};
  std::uint64_t count_ = 0;
  std::uint64_t sum_ = 0;
  Cycle min_ = kNever;
  Cycle max_ = 0;
};

}  // namespace airnn
