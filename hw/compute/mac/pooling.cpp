// SPDX-License-Identifier: Apache-2.0
#include "hw/compute/mac/pooling.h"

#include <algorithm>
#include <numeric>
#include <vector>

#include "hw/compute/mac/requantise.h"

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

/// One output row: the window's rows are first reduced to one (which vectorises), then its columns.
class RowPooler {
 public:
  RowPooler(const MapShape& from, const Window& window, bool count_include_pad,
            const FixedFormat& format)
      : from_(from),
        window_(window),
        count_include_pad_(count_include_pad),
        format_(format),
        largest_(static_cast<std::size_t>(from.width)),
        sums_(largest_.size()) {}

  void maximum(const std::int32_t* plane, const Span& y, std::int32_t* to, std::int32_t width) {
    const std::int32_t* row = plane + std::int64_t{y.begin} * from_.width;
    std::copy_n(row, from_.width, largest_.begin());
    for (std::int32_t iy = y.begin + 1; iy < y.end; ++iy) {
      row += from_.width;
      for (std::size_t i = 0; i < largest_.size(); ++i) {
        largest_[i] = std::max(largest_[i], row[i]);
      }
    }
    for (std::int32_t ox = 0; ox < width; ++ox) {
      const Span x = columns(ox);
      to[ox] = *std::max_element(largest_.begin() + x.begin, largest_.begin() + x.end);
    }
  }

  void average(const std::int32_t* plane, const Span& y, std::int32_t* to, std::int32_t width) {
    std::fill(sums_.begin(), sums_.end(), 0);
    for (std::int32_t iy = y.begin; iy < y.end; ++iy) {
      const std::int32_t* row = plane + std::int64_t{iy} * from_.width;
      for (std::size_t i = 0; i < sums_.size(); ++i) {
        sums_[i] += row[i];
      }
    }
    for (std::int32_t ox = 0; ox < width; ++ox) {
      const Span x = columns(ox);
      const std::int64_t elements = count_include_pad_
                                        ? std::int64_t{y.padded} * x.padded
                                        : std::int64_t{y.end - y.begin} * (x.end - x.begin);
      const std::int64_t reciprocal = ((std::int64_t{1} << 31) + elements / 2) / elements;
      const std::int64_t sum =
          std::accumulate(sums_.begin() + x.begin, sums_.begin() + x.end, std::int64_t{0});
      to[ox] = static_cast<std::int32_t>(saturate(round_shift(sum * reciprocal, 31), format_));
    }
  }

 private:
  Span columns(std::int32_t ox) const {
    return span_of(ox, window_.stride_w, window_.kernel_w, window_.pad_left, window_.pad_right,
                   from_.width);
  }

  const MapShape& from_;
  const Window& window_;
  bool count_include_pad_;
  const FixedFormat& format_;
  std::vector<std::int32_t> largest_;
  std::vector<std::int64_t> sums_;
};

}  // namespace

void pool_map(const std::int32_t* input, const MapShape& from, const Window& window, PoolKind kind,
              bool count_include_pad, const FixedFormat& format, std::int32_t* output,
              const MapShape& to) {
  RowPooler pooler(from, window, count_include_pad, format);
  for (std::int32_t channel = 0; channel < to.channels; ++channel) {
    const std::int32_t* plane = input + std::int64_t{channel} * from.height * from.width;
    for (std::int32_t oy = 0; oy < to.height; ++oy, output += to.width) {
      const Span y = span_of(oy, window.stride_h, window.kernel_h, window.pad_top,
                             window.pad_bottom, from.height);
      if (kind == PoolKind::max) {
        pooler.maximum(plane, y, output, to.width);
      } else {
        pooler.average(plane, y, output, to.width);
      }
    }
  }
}

}  // namespace airnn
