// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstddef>
#include <optional>

#include "sw/format/crs.h"

namespace airnn {

/// A part of the four arrays of one cluster, entries as they are stored: positions count from the
/// beginning of the whole arrays, not of the part.
struct CrsSlice {
  std::size_t first_value = 0;  ///< place of the first value and column in the whole array
  std::size_t first_row = 0;    ///< place of the first row entry
  CrsCluster arrays;
};

/// What belongs to one layer, or all of it.
CrsSlice slice_of(const CrsCluster& cluster, std::optional<std::size_t> layer);

}  // namespace airnn
