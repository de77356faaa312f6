// SPDX-License-Identifier: Apache-2.0
#include "sw/model/window_shape.h"

#include <algorithm>

namespace airnn::graph {
namespace {

void same_padding(bool upper, std::int32_t size, std::int32_t kernel, std::int32_t stride,
                  std::int32_t* before, std::int32_t* after) {
  const std::int32_t windows = (size - 1) / stride + 1;
  const std::int32_t total = std::max((windows - 1) * stride + kernel - size, 0);
  *before = upper ? total / 2 : total - total / 2;
  *after = total - *before;
}

std::int32_t slide_side(std::int32_t size, std::int32_t kernel, std::int32_t stride,
                        std::int32_t before, std::int32_t after, Rounding rounding) {
  const std::int64_t free = std::int64_t{size} + before + after - kernel;
  if (free < 0) {
    return 0;
  }
  std::int64_t steps = free / stride;
  if (rounding == Rounding::ceil && free % stride != 0 &&
      (steps + 1) * stride < std::int64_t{size} + before) {
    ++steps;
  }
  return static_cast<std::int32_t>(steps + 1);
}

bool side_meets_map(std::int32_t size, std::int32_t kernel, std::int32_t stride,
                    std::int32_t before, std::int32_t windows) {
  return before < kernel && std::int64_t{windows - 1} * stride < std::int64_t{size} + before;
}

}  // namespace

void apply_auto_pad(AutoPad mode, const MapShape& map, Window* window) {
  if (mode == AutoPad::notset) {
    return;
  }
  window->pad_top = window->pad_left = window->pad_bottom = window->pad_right = 0;
  if (mode != AutoPad::valid) {
    const bool upper = mode == AutoPad::same_upper;
    same_padding(upper, map.height, window->kernel_h, window->stride_h, &window->pad_top,
                 &window->pad_bottom);
    same_padding(upper, map.width, window->kernel_w, window->stride_w, &window->pad_left,
                 &window->pad_right);
  }
}

MapShape slide(const Window& window, const MapShape& map, Rounding rounding) {
  return {map.channels,
          slide_side(map.height, window.kernel_h, window.stride_h, window.pad_top,
                     window.pad_bottom, rounding),
          slide_side(map.width, window.kernel_w, window.stride_w, window.pad_left, window.pad_right,
                     rounding)};
}

bool every_window_meets_map(const Window& window, const MapShape& map, const MapShape& result) {
  return side_meets_map(map.height, window.kernel_h, window.stride_h, window.pad_top,
                        result.height) &&
         side_meets_map(map.width, window.kernel_w, window.stride_w, window.pad_left, result.width);
}

}  // namespace airnn::graph
