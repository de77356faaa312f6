// SPDX-License-Identifier: Apache-2.0
#include "sw/describe/network_words.h"

#include <fmt/format.h>

namespace airnn {

const char* to_string(LayerKind kind) {
  switch (kind) {
    case LayerKind::convolution:
      return "convolution";
    case LayerKind::depthwise:
      return "depthwise";
    case LayerKind::fully_connected:
      return "fully_connected";
    case LayerKind::pooling:
      return "pooling";
    case LayerKind::addition:
      return "addition";
  }
  return "unknown";
}

const char* to_string(PoolKind kind) {
  switch (kind) {
    case PoolKind::none:
      return "none";
    case PoolKind::max:
      return "max";
    case PoolKind::average:
      return "average";
  }
  return "unknown";
}

const char* to_string(Activation activation) {
  switch (activation) {
    case Activation::none:
      return "none";
    case Activation::relu:
      return "relu";
    case Activation::clip:
      return "clip";
  }
  return "unknown";
}

std::string shape_text(const MapShape& shape) {
  return fmt::format("{}x{}x{}", shape.channels, shape.height, shape.width);
}

std::string format_text(const FixedFormat& format) {
  return fmt::format("{} bit{}, 2^{}", format.bits, format.is_unsigned ? " unsigned" : "",
                     -format.fraction_bits);
}

std::string window_text(const Window& window) {
  const std::string sides = fmt::format("{}x{}", window.kernel_h, window.kernel_w);
  if (window.stride_h == 1 && window.stride_w == 1) {
    return sides;
  }
  return window.stride_h == window.stride_w
             ? fmt::format("{} /{}", sides, window.stride_h)
             : fmt::format("{} /{}x{}", sides, window.stride_h, window.stride_w);
}

}  // namespace airnn
