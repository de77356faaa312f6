// SPDX-License-Identifier: Apache-2.0
#include "hw/compute/pooling.h"

#include <algorithm>

#include "hw/compute/requantise.h"

namespace airnn {

namespace {

/// The part of a window that lies inside the map, and (for averages) inside the padded map, along
/// one axis.
struct Span {
  std::int32_t begin = 0;
  std::int32_t end = 0;
  std::int32_t padded = 0;
};

Span span_of(std::int32_t out, std::int32_t stride, std::int32_t kernel, std::int32_t pad_before,
             std::int32_t pad_after, std::int32_t size) {
  const std::int32_t begin = out * stride - pad_before;
  const std::int32_t end = begin + kernel;
  return {std::max(begin, 0), std::min(end, size), std::min(end, size + pad_after) - begin};
}

std::int32_t largest(const std::int32_t* plane, std::int32_t width, const Span& y, const Span& x) {
  std::int32_t result = plane[std::int64_t{y.begin} * width + x.begin];
  for (std::int32_t iy = y.begin; iy < y.end; ++iy) {
    const std::int32_t* row = plane + std::int64_t{iy} * width;
    for (std::int32_t ix = x.begin; ix < x.end; ++ix) {
      result = std::max(result, row[ix]);
    }
  }
  return result;
}

std::int32_t average(const std::int32_t* plane, std::int32_t width, const Span& y, const Span& x,
                     bool count_include_pad, const FixedFormat& format) {
  std::int64_t sum = 0;
  for (std::int32_t iy = y.begin; iy < y.end; ++iy) {
    const std::int32_t* row = plane + std::int64_t{iy} * width;
    for (std::int32_t ix = x.begin; ix < x.end; ++ix) {
      sum += row[ix];
    }
  }
  const std::int64_t elements = count_include_pad
                                    ? std::int64_t{y.padded} * x.padded
                                    : std::int64_t{y.end - y.begin} * (x.end - x.begin);
  const std::int64_t reciprocal = ((std::int64_t{1} << 31) + elements / 2) / elements;
  return static_cast<std::int32_t>(saturate(round_shift(sum * reciprocal, 31), format));
}

}  // namespace

void pool_map(const std::int32_t* input, const MapShape& from, const Window& window, PoolKind kind,
              bool count_include_pad, const FixedFormat& format, std::int32_t* output,
              const MapShape& to) {
  for (std::int32_t channel = 0; channel < to.channels; ++channel) {
    const std::int32_t* plane = input + std::int64_t{channel} * from.height * from.width;
    for (std::int32_t oy = 0; oy < to.height; ++oy) {
      const Span y = span_of(oy, window.stride_h, window.kernel_h, window.pad_top,
                             window.pad_bottom, from.height);
      for (std::int32_t ox = 0; ox < to.width; ++ox) {
        const Span x = span_of(ox, window.stride_w, window.kernel_w, window.pad_left,
                               window.pad_right, from.width);
        *output++ = kind == PoolKind::max
                        ? largest(plane, from.width, y, x)
                        : average(plane, from.width, y, x, count_include_pad, format);
      }
    }
  }
}

}  // namespace airnn
