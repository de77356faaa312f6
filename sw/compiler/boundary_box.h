// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstddef>
#include <vector>

#include "sw/compiler/sorted_values.h"

namespace airnn {

/// Between which positions each boundary of an optimal partition lies: lowest[j]..highest[j].
struct BoundaryBox {
  std::vector<std::size_t> lowest;
  std::vector<std::size_t> highest;

  std::size_t positions() const;
};

/// Makes the box as small as Lloyd's condition allows, without losing an optimum: each boundary of
/// an optimum is where the middle between the means of its two clusters says, and this place
/// ascends with every boundary. So the places that follow from all lower limits are lower limits
/// too, and the same holds for upper ones. Ends at `enough` positions, where nothing changes, or
/// after `rounds` rounds.
BoundaryBox narrowed(const SortedValues& values, BoundaryBox box, std::size_t enough, int rounds);

}  // namespace airnn
