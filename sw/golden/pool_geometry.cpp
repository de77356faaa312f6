// SPDX-License-Identifier: Apache-2.0
#include "sw/golden/pool_geometry.h"

#include <algorithm>

namespace airnn::golden {

namespace {

struct Axis {
  std::int32_t in;
  std::int32_t out;
  std::int32_t kernel;
  std::int32_t stride;
  std::int32_t pad_before;
  std::int32_t pad_after;
};

std::vector<PoolSpan> spans(const Axis& axis, bool count_include_pad) {
  std::vector<PoolSpan> all;
  for (std::int32_t o = 0; o < axis.out; ++o) {
    const std::int32_t first = o * axis.stride - axis.pad_before;
    const std::int32_t last = first + axis.kernel;
    const std::int32_t begin = std::max(first, 0);
    const std::int32_t end = std::min(last, axis.in);
    // Rounding sizes up lets windows reach beyond the padding; that part never counts.
    const std::int32_t padded = std::min(last, axis.in + axis.pad_after) - first;
    all.push_back({static_cast<std::size_t>(begin), static_cast<std::size_t>(end),
                   count_include_pad ? padded : end - begin});
  }
  return all;
}

}  // namespace

PoolGeometry pool_geometry(const Layer& layer) {
  PoolGeometry geometry;
  geometry.from = layer.kind == LayerKind::pooling ? layer.input : layer.result;
  const Window& w = layer.pool_window;
  geometry.rows = spans(
      {geometry.from.height, layer.output.height, w.kernel_h, w.stride_h, w.pad_top, w.pad_bottom},
      layer.count_include_pad);
  geometry.columns = spans(
      {geometry.from.width, layer.output.width, w.kernel_w, w.stride_w, w.pad_left, w.pad_right},
      layer.count_include_pad);
  return geometry;
}

}  // namespace airnn::golden
