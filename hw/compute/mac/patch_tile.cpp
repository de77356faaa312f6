// SPDX-License-Identifier: Apache-2.0
#include "hw/compute/mac/patch_tile.h"

#include <algorithm>

namespace airnn {

PatchTile::PatchTile(const Layer& layer)
    : layer_(layer),
      pointwise_(layer.window.area() == 1 && layer.window.stride_h == 1 &&
                 layer.window.stride_w == 1 && layer.result.height == layer.input.height &&
                 layer.result.width == layer.input.width && layer.window.pad_top == 0 &&
                 layer.window.pad_left == 0),
      buffer_(layer.kind == LayerKind::convolution || layer.kind == LayerKind::depthwise
                  ? static_cast<std::size_t>(layer.columns) * kTilePositions
                  : 0) {}

void PatchTile::load(const std::int32_t* input, std::int32_t group, std::int64_t first,
                     const std::vector<std::uint32_t>& used) {
  const std::int64_t plane = std::int64_t{layer_.input.height} * layer_.input.width;
  const std::int64_t channels = layer_.input.channels / layer_.groups;
  const std::int32_t* base = input + group * channels * plane;
  if (pointwise_ && first + static_cast<std::int64_t>(kTilePositions) <= plane) {
    operands_ = base + first;
    stride_ = static_cast<std::size_t>(plane);
    return;
  }
  operands_ = buffer_.data();
  stride_ = kTilePositions;
  const auto area = static_cast<std::uint32_t>(layer_.window.area());
  const auto width = static_cast<std::uint32_t>(layer_.window.kernel_w);
  for (const std::uint32_t column : used) {
    const std::uint32_t place = column % area;
    load_column(base + column / area * plane, static_cast<std::int32_t>(place / width),
                static_cast<std::int32_t>(place % width), first, &buffer_[column * kTilePositions]);
  }
}

void PatchTile::load_column(const std::int32_t* channel, std::int32_t y, std::int32_t x,
                            std::int64_t first, std::int32_t* to) const {
  const Window& window = layer_.window;
  const MapShape& in = layer_.input;
  const MapShape& out = layer_.result;
  auto oy = static_cast<std::int32_t>(first / out.width);
  auto ox = static_cast<std::int32_t>(first % out.width);
  std::size_t done = 0;
  while (done < kTilePositions && oy < out.height) {
    const auto count = static_cast<std::int32_t>(
        std::min<std::size_t>(kTilePositions - done, static_cast<std::size_t>(out.width - ox)));
    const std::int32_t iy = oy * window.stride_h + y - window.pad_top;
    if (iy < 0 || iy >= in.height) {
      std::fill_n(to + done, count, 0);
    } else {
      const std::int32_t* row = channel + std::int64_t{iy} * in.width;
      const std::int32_t ix = ox * window.stride_w + x - window.pad_left;
      if (window.stride_w == 1 && ix >= 0 && ix + count <= in.width) {
        std::copy_n(row + ix, count, to + done);
      } else {
        for (std::int32_t i = 0; i < count; ++i) {
          const std::int32_t at = ix + i * window.stride_w;
          to[done + static_cast<std::size_t>(i)] = at >= 0 && at < in.width ? row[at] : 0;
        }
      }
    }
    done += static_cast<std::size_t>(count);
    ox = 0;
    ++oy;
  }
  std::fill(to + done, to + kTilePositions, 0);
}

}  // namespace airnn
