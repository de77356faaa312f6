// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstddef>
#include <cstdint>
#include <vector>

#include "sw/format/network.h"

namespace airnn::golden {

/// What one row (or column) of pooling windows sees of the map.
struct PoolSpan {
  std::size_t begin = 0;     ///< first element inside the map
  std::size_t end = 0;       ///< one behind the last
  std::int64_t counted = 0;  ///< elements an average divides by
};

/// Windows of one layer's pooling stage along both axes; averages divide by rows.counted *
/// columns.counted.
struct PoolGeometry {
  MapShape from;
  std::vector<PoolSpan> rows;
  std::vector<PoolSpan> columns;
};

/// For a layer with pooling, whether it stands alone or rides behind another operator.
PoolGeometry pool_geometry(const Layer& layer);

}  // namespace airnn::golden
