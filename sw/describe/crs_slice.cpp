// SPDX-License-Identifier: Apache-2.0
#include "sw/describe/crs_slice.h"

#include <vector>

namespace airnn {

namespace {

template <typename Element>
std::vector<Element> part(const std::vector<Element>& whole, std::size_t begin, std::size_t end) {
  return {whole.begin() + static_cast<std::ptrdiff_t>(begin),
          whole.begin() + static_cast<std::ptrdiff_t>(end)};
}

}  // namespace

CrsSlice slice_of(const CrsCluster& cluster, std::optional<std::size_t> layer) {
  if (!layer) {
    return {0, 0, cluster};
  }
  for (std::size_t i = 0; i < cluster.layer.size(); ++i) {
    if (cluster.layer[i].layer != *layer) {
      continue;
    }
    const std::size_t row = cluster.layer[i].position;
    const std::size_t row_end =
        i + 1 < cluster.layer.size() ? cluster.layer[i + 1].position : cluster.row.size();
    const std::size_t value = cluster.row[row].position;
    const std::size_t value_end =
        row_end < cluster.row.size() ? cluster.row[row_end].position : cluster.value.size();
    return {value,
            row,
            {part(cluster.value, value, value_end), part(cluster.column, value, value_end),
             part(cluster.row, row, row_end), part(cluster.layer, i, i + 1)}};
  }
  return {};
}

}  // namespace airnn
