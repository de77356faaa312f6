// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <vector>

#include "sw/compiler/boundary_search.h"
#include "sw/compiler/sorted_values.h"

namespace airnn {

/// `clusters` centres at equal distances from the smallest to the largest value.
std::vector<double> linear_centres(const SortedValues& values, int clusters);

/// k-means++: the first centre is any value, each further one a value drawn with a probability
/// proportional to its squared distance from the nearest centre. Ascending; the same for the same
/// seed on every platform.
std::vector<double> random_centres(const SortedValues& values, int clusters, std::uint64_t seed);

/// Lloyd's algorithm from ascending centres. Centres without values keep their place; those that
/// have none in the end give no cluster.
Partition lloyd(const SortedValues& values, std::vector<double> centres);

}  // namespace airnn
