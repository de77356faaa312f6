// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstddef>
#include <cstdint>
#include <vector>

#include "sw/compiler/sorted_values.h"

namespace airnn {

/// One row of the dynamic programme of one-dimensional K-means: for every end,
/// result[a] = min over b of (costs[b] + within_squares(starts[b], ends[a])).
/// Starts and ends ascend. The within-cluster sum of squares satisfies the quadrangle inequality,
/// so the first minimising b ascends with a, and divide and conquer takes O((starts + ends) log
/// ends) instead of starts * ends.
struct DpRow {
  std::vector<long double> cost;      ///< one per end; infinite where there is no start
  std::vector<std::uint32_t> choice;  ///< first minimising start of each end
};

enum class Emptiness {
  allowed,   ///< a start at or behind the end costs nothing (lower bounds)
  forbidden  ///< only starts before the end count (partitions into non-empty clusters)
};

DpRow dp_row(const std::vector<Moments>& starts, const std::vector<long double>& costs,
             const std::vector<Moments>& ends, Emptiness emptiness);

}  // namespace airnn
