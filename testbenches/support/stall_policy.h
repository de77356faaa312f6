// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>

#include "hw/common/cycle.h"

namespace airnn::test {

/// A number that looks random and depends on its arguments only: a unit and its twin can ask for
/// the same one without a common state.
inline std::uint64_t scrambled(std::uint64_t seed, std::uint64_t index) {
  std::uint64_t x = seed * 0x9E3779B97F4A7C15ULL + index + 0x632BE59BD9B4E019ULL;
  x = (x ^ (x >> 30)) * 0xBF58476D1CE4E5B9ULL;
  x = (x ^ (x >> 27)) * 0x94D049BB133111EBULL;
  return x ^ (x >> 31);
}

/// In which cycles a source does not send or a sink does not take. A pure function of the cycle, so
/// that a run with the same policy stalls in the same cycles whoever asks.
class StallPolicy {
 public:
  static StallPolicy never() { return {}; }
  /// In the last of every `period` cycles.
  static StallPolicy every(Cycle period) { return StallPolicy(period, 0, 0); }
  /// In `percent` (at most 99) of the cycles.
  static StallPolicy random(std::uint64_t seed, unsigned percent) {
    return StallPolicy(0, seed, percent);
  }

  bool stalls(Cycle cycle) const {
    if (period_ > 0) {
      return cycle % period_ == period_ - 1;
    }
    return scrambled(seed_, cycle) % 100 < percent_;
  }
  bool never_stalls() const { return period_ == 0 && percent_ == 0; }

 private:
  StallPolicy() = default;
  StallPolicy(Cycle period, std::uint64_t seed, unsigned percent)
      : period_(period), seed_(seed), percent_(percent) {}

  Cycle period_ = 0;
  std::uint64_t seed_ = 0;
  unsigned percent_ = 0;
};

}  // namespace airnn::test
