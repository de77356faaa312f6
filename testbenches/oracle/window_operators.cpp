// SPDX-License-Identifier: Apache-2.0
// Operators that slide a window over height and width of [N, C, H, W].
#include <algorithm>
#include <cmath>
#include <limits>

#include "testbenches/oracle/operators.h"

namespace airnn::oracle {
namespace {

// The window along one axis.
struct Sliding {
  std::int64_t size = 0;
  std::int64_t kernel = 1;
  std::int64_t stride = 1;
  std::int64_t dilation = 1;
  std::int64_t begin = 0;  // padding
  std::int64_t end = 0;
  std::int64_t windows = 0;

  std::int64_t place(std::int64_t window, std::int64_t tap) const {
    return window * stride - begin + tap * dilation;
  }
  bool holds(std::int64_t at) const { return at >= 0 && at < size; }
  bool holds_padded(std::int64_t at) const { return at >= -begin && at < size + end; }
};

// Pads and number of windows, as the definitions of Conv and the pools give them.
void place_windows(const NodeView& node, const std::string& auto_pad, bool ceil, Sliding* axis) {
  const std::int64_t span = (axis->kernel - 1) * axis->dilation + 1;
  if (auto_pad == "SAME_UPPER" || auto_pad == "SAME_LOWER") {
    axis->windows = (axis->size + axis->stride - 1) / axis->stride;
    const std::int64_t total =
        std::max<std::int64_t>((axis->windows - 1) * axis->stride + span - axis->size, 0);
    // An odd one goes to the end for SAME_UPPER, to the beginning for SAME_LOWER.
    axis->begin = auto_pad == "SAME_UPPER" ? total / 2 : (total + 1) / 2;
    axis->end = total - axis->begin;
    return;
  }
  if (auto_pad == "VALID") {
    axis->begin = axis->end = 0;
    if (ceil && (axis->size - span) % axis->stride != 0) {
      node.fail("VALID with ceil_mode: two definitions of the operator disagree");
    }
  } else if (auto_pad != "NOTSET") {
    node.fail("auto_pad " + auto_pad);
  }
  const double steps = static_cast<double>(axis->size + axis->begin + axis->end - span) /
                       static_cast<double>(axis->stride);
  if (steps < 0) {
    node.fail("window larger than the map");
  }
  axis->windows = static_cast<std::int64_t>(ceil ? std::ceil(steps) : std::floor(steps)) + 1;
  if (ceil && (axis->windows - 1) * axis->stride >= axis->size + axis->begin) {
    --axis->windows;  // windows that would start in the padding at the end are ignored
  }
}

struct Windows {
  Sliding y;
  Sliding x;
};

Windows windows_of(const NodeView& node, const Dims& kernel, bool ceil) {
  const Array& map = node.input(0);
  if (map.rank() != 4 || kernel.size() != 2) {
    node.fail("only two spatial dimensions");
  }
  const Dims strides = node.integers("strides", {1, 1});
  const Dims dilations = node.integers("dilations", {1, 1});
  const Dims pads = node.integers("pads", {0, 0, 0, 0});
  Windows windows;
  windows.y = {map.dim(2), kernel[0], strides.at(0), dilations.at(0), pads.at(0), pads.at(2), 0};
  windows.x = {map.dim(3), kernel[1], strides.at(1), dilations.at(1), pads.at(1), pads.at(3), 0};
  const std::string auto_pad = node.text("auto_pad", "NOTSET");
  place_windows(node, auto_pad, ceil, &windows.y);
  place_windows(node, auto_pad, ceil, &windows.x);
  return windows;
}

// Calls `visit(y, x, tap)` for each tap of the window at (oy, ox), inside of the map or not.
template <typename Visit>
void for_each_tap(const Windows& w, std::int64_t oy, std::int64_t ox, Visit visit) {
  for (std::int64_t ky = 0; ky < w.y.kernel; ++ky) {
    for (std::int64_t kx = 0; kx < w.x.kernel; ++kx) {
      visit(w.y.place(oy, ky), w.x.place(ox, kx), static_cast<std::size_t>(ky * w.x.kernel + kx));
    }
  }
}

template <typename Reduce>
Array pool(const NodeView& node, Reduce reduce) {
  const Array& map = node.input(0);
  const Windows w =
      windows_of(node, node.integers("kernel_shape", {}), node.integer("ceil_mode", 0) != 0);
  Array result(false, {map.dim(0), map.dim(1), w.y.windows, w.x.windows});
  std::size_t at = 0;
  for (std::int64_t plane = 0; plane < map.dim(0) * map.dim(1); ++plane) {
    const double* from = map.values.data() + plane * map.dim(2) * map.dim(3);
    for (std::int64_t oy = 0; oy < w.y.windows; ++oy) {
      for (std::int64_t ox = 0; ox < w.x.windows; ++ox) {
        result.values[at++] = reduce(w, from, oy, ox);
      }
    }
  }
  return result;
}

Array one_per_channel(const Array& map, double value) {
  Dims dims(map.dims.size(), 1);
  dims[0] = map.dim(0);
  dims[1] = map.dim(1);
  Array result(false, dims);
  std::fill(result.values.begin(), result.values.end(), value);
  return result;
}

}  // namespace

Array conv(const NodeView& node) {
  const Array& map = node.input(0);
  const Array& weights = node.input(1);
  const std::int64_t groups = node.integer("group", 1);
  if (weights.rank() != 4 || weights.dim(1) * groups != map.dim(1) ||
      weights.dim(0) % groups != 0) {
    node.fail("weights do not fit");
  }
  const Windows w = windows_of(node, {weights.dim(2), weights.dim(3)}, false);
  const std::int64_t kernels = weights.dim(0);
  const std::int64_t channels = weights.dim(1);
  const std::int64_t area = map.dim(2) * map.dim(3);
  Array result(false, {1, kernels, w.y.windows, w.x.windows});
  std::size_t at = 0;
  for (std::int64_t m = 0; m < kernels; ++m) {
    const std::int64_t first = m / (kernels / groups) * channels;
    for (std::int64_t oy = 0; oy < w.y.windows; ++oy) {
      for (std::int64_t ox = 0; ox < w.x.windows; ++ox) {
        double sum = node.has_input(2) ? node.input(2).values.at(static_cast<std::size_t>(m)) : 0.0;
        for (std::int64_t c = 0; c < channels; ++c) {
          const double* from = map.values.data() + (first + c) * area;
          const double* kernel =
              weights.values.data() + (m * channels + c) * w.y.kernel * w.x.kernel;
          for_each_tap(w, oy, ox, [&](std::int64_t y, std::int64_t x, std::size_t tap) {
            sum += w.y.holds(y) && w.x.holds(x) ? from[y * map.dim(3) + x] * kernel[tap] : 0.0;
          });
        }
        result.values[at++] = sum;
      }
    }
  }
  return result;
}

Array max_pool(const NodeView& node) {
  const std::int64_t width = node.input(0).dim(3);
  return pool(node,
              [width](const Windows& w, const double* from, std::int64_t oy, std::int64_t ox) {
                double most = -std::numeric_limits<double>::infinity();
                for_each_tap(w, oy, ox, [&](std::int64_t y, std::int64_t x, std::size_t) {
                  most = w.y.holds(y) && w.x.holds(x) ? std::max(most, from[y * width + x]) : most;
                });
                return most;
              });
}

Array average_pool(const NodeView& node) {
  const std::int64_t width = node.input(0).dim(3);
  const bool pads_count = node.integer("count_include_pad", 0) != 0;
  return pool(node, [&](const Windows& w, const double* from, std::int64_t oy, std::int64_t ox) {
    double sum = 0.0;
    double count = 0.0;
    for_each_tap(w, oy, ox, [&](std::int64_t y, std::int64_t x, std::size_t) {
      const bool inside = w.y.holds(y) && w.x.holds(x);
      sum += inside ? from[y * width + x] : 0.0;
      count += inside || (pads_count && w.y.holds_padded(y) && w.x.holds_padded(x)) ? 1.0 : 0.0;
    });
    return sum / count;
  });
}

Array global_average_pool(const NodeView& node) {
  const Array& map = node.input(0);
  Array result = one_per_channel(map, 0.0);
  const std::size_t area = map.values.size() / result.values.size();
  for (std::size_t i = 0; i < map.values.size(); ++i) {
    result.values[i / area] += map.values[i] / static_cast<double>(area);
  }
  return result;
}

Array global_max_pool(const NodeView& node) {
  const Array& map = node.input(0);
  Array result = one_per_channel(map, -std::numeric_limits<double>::infinity());
  const std::size_t area = map.values.size() / result.values.size();
  for (std::size_t i = 0; i < map.values.size(); ++i) {
    result.values[i / area] = std::max(result.values[i / area], map.values[i]);
  }
  return result;
}

}  // namespace airnn::oracle
