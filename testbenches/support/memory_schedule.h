// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <algorithm>
#include <cstdint>

#include "hw/common/cycle.h"
#include "testbenches/support/stall_policy.h"

namespace airnn::test {

/// When a memory stub answers its n-th read, counted in cycles from the request: a pure function of
/// n, so that a twin can foresee the same answers. Completions overtake each other where latencies
/// differ.
struct MemorySchedule {
  std::uint64_t seed = 1;
  Cycle min_accept = 1;  ///< until the request channel is free again
  Cycle max_accept = 1;
  Cycle min_latency = 1;  ///< until the data are in the stream buffer
  Cycle max_latency = 1;
  Cycle max_crossing = 1;  ///< an answer is sent up to so many cycles before it arrives

  Cycle latency(std::uint64_t n) const { return pick(3 * n, min_latency, max_latency); }
  /// A completion is also the end of the request.
  Cycle accept(std::uint64_t n) const {
    return std::min(pick(3 * n + 1, min_accept, max_accept), latency(n));
  }
  Cycle crossing(std::uint64_t n) const { return pick(3 * n + 2, 1, max_crossing); }

 private:
  Cycle pick(std::uint64_t index, Cycle low, Cycle high) const {
    return low + scrambled(seed, index) % (high - low + 1);
  }
};

}  // namespace airnn::test
