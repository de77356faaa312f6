// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <vector>

#include "hw/common/ceil_log2.h"

namespace airnn {

/// Levels of a tree of two-input adders over n values.
inline std::uint32_t adder_tree_levels(std::uint64_t n) {
  return ceil_log2(n);
}

/// As the adders add: two's complement, where products of different kernels meet it may wrap.
inline std::int64_t wrapping_add(std::int64_t a, std::int64_t b) {
  return static_cast<std::int64_t>(static_cast<std::uint64_t>(a) + static_cast<std::uint64_t>(b));
}

/// One level of the tree: sums of neighbours; the last of an odd number passes.
inline std::vector<std::int64_t> add_neighbours(const std::vector<std::int64_t>& values) {
  std::vector<std::int64_t> sums((values.size() + 1) / 2);
  for (std::size_t i = 0; i < values.size(); ++i) {
    sums[i / 2] = wrapping_add(sums[i / 2], values[i]);
  }
  return sums;
}

}  // namespace airnn
