// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>

namespace airnn {

/// Bits of a number of one of n things, and levels of a tree of two-input nodes over n leaves: the
/// least b with 2^b >= n; 0 of 0. n is at most 2^63.
constexpr std::uint32_t ceil_log2(std::uint64_t n) {
  std::uint32_t bits = 0;
  while ((std::uint64_t{1} << bits) < n) {
    ++bits;
  }
  return bits;
}

}  // namespace airnn
