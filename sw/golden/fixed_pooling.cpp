// SPDX-License-Identifier: Apache-2.0
#include "sw/golden/fixed_pooling.h"

#include <algorithm>
#include <cstddef>

#include "sw/golden/rounding.h"

namespace airnn::golden {

namespace {

std::int32_t largest_of(const std::vector<std::int32_t>& columns, const PoolSpan& span) {
  return *std::max_element(columns.begin() + static_cast<std::ptrdiff_t>(span.begin),
                           columns.begin() + static_cast<std::ptrdiff_t>(span.end));
}

std::int32_t average_of(const std::vector<std::int64_t>& columns, const PoolSpan& span,
                        std::int64_t count, const FixedFormat& format) {
  std::int64_t sum = 0;
  for (std::size_t x = span.begin; x < span.end; ++x) {
    sum += columns[x];
  }
  const std::int64_t reciprocal = ((std::int64_t{1} << 31) + count / 2) / count;
  const std::int64_t average = shift_right_rounded(sum * reciprocal, 31);
  return static_cast<std::int32_t>(std::clamp(average, format.min_integer(), format.max_integer()));
}

/// Reduces the map's rows in `rows` to one row, then that one window by window.
void pool_rows(const Layer& layer, const PoolGeometry& geometry, const std::int32_t* map,
               const PoolSpan& rows, std::int32_t* to) {
  const auto width = static_cast<std::size_t>(geometry.from.width);
  if (layer.pool == PoolKind::max) {
    std::vector<std::int32_t> largest(map + rows.begin * width, map + (rows.begin + 1) * width);
    for (std::size_t y = rows.begin + 1; y < rows.end; ++y) {
      for (std::size_t x = 0; x < width; ++x) {
        largest[x] = std::max(largest[x], map[y * width + x]);
      }
    }
    for (const PoolSpan& columns : geometry.columns) {
      *to++ = largest_of(largest, columns);
    }
    return;
  }
  std::vector<std::int64_t> sums(width, 0);
  for (std::size_t y = rows.begin; y < rows.end; ++y) {
    for (std::size_t x = 0; x < width; ++x) {
      sums[x] += map[y * width + x];
    }
  }
  for (const PoolSpan& columns : geometry.columns) {
    *to++ = average_of(sums, columns, rows.counted * columns.counted, layer.output_format);
  }
}

}  // namespace

std::vector<std::int32_t> pool(const Layer& layer, const PoolGeometry& geometry,
                               const std::vector<std::int32_t>& from) {
  std::vector<std::int32_t> pooled(static_cast<std::size_t>(layer.output.size()));
  const std::size_t plane = static_cast<std::size_t>(geometry.from.width) *
                            static_cast<std::size_t>(geometry.from.height);
  std::int32_t* to = pooled.data();
  for (std::size_t c = 0; c < static_cast<std::size_t>(geometry.from.channels); ++c) {
    for (const PoolSpan& rows : geometry.rows) {
      pool_rows(layer, geometry, from.data() + c * plane, rows, to);
      to += geometry.columns.size();
    }
  }
  return pooled;
}

}  // namespace airnn::golden
