// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <vector>

namespace airnn {

/// A weight that is not zero, and the iteration that fetches it, from 1.
struct ArrivingWeight {
  std::uint32_t column = 0;
  std::uint32_t iteration = 1;
};

/// When the weights of one layer's kernels arrive: a list per kernel, columns ascending.
using KernelArrivals = std::vector<std::vector<ArrivingWeight>>;

}  // namespace airnn
