// SPDX-License-Identifier: Apache-2.0
#include "sw/compiler/calibration_inputs.h"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <cstddef>
#include <random>

#include "sw/format/errors.h"

namespace airnn {

namespace {

using Plane = std::vector<double>;  // pixels of one channel, 0..255

class Painter {
 public:
  Painter(const MapShape& shape, unsigned seed) : shape_(shape), generator_(seed) {}

  Plane noise() {
    Plane plane(size());
    std::generate(plane.begin(), plane.end(), [&] { return uniform(0, 255); });
    return plane;
  }

  Plane blobs() {
    Plane plane(size(), uniform(0, 64));
    for (int i = 0; i < 5; ++i) {
      const double radius = uniform(0.08, 0.3) * std::max(shape_.height, shape_.width);
      const Point centre = point();
      const double height = uniform(80, 255);
      paint(plane, [&](const Point& at) {
        const double distance = std::hypot(at.x - centre.x, at.y - centre.y) / radius;
        return height * std::exp(-distance * distance);
      });
    }
    return plane;
  }

  Plane strokes() {
    Plane plane(size(), 0);
    const double thickness = std::max(1.0, 0.05 * std::max(shape_.height, shape_.width));
    Point from = point();
    for (int i = 0; i < 6; ++i) {
      const Point to = point();
      paint(plane, [&](const Point& at) {
        const double distance = to_segment(at, from, to);
        return 255 * std::clamp(1.5 - distance / thickness, 0.0, 1.0);
      });
      from = to;
    }
    return plane;
  }

 private:
  struct Point {
    double x;
    double y;
  };

  std::size_t size() const {
    return static_cast<std::size_t>(shape_.height) * static_cast<std::size_t>(shape_.width);
  }
  double uniform(double low, double high) {
    return low + (high - low) * std::ldexp(static_cast<double>(generator_()), -32);
  }
  Point point() {
    const double x = uniform(0, shape_.width);
    return {x, uniform(0, shape_.height)};
  }
  static double to_segment(const Point& at, const Point& from, const Point& to) {
    const double dx = to.x - from.x;
    const double dy = to.y - from.y;
    const double along =
        ((at.x - from.x) * dx + (at.y - from.y) * dy) / std::max(dx * dx + dy * dy, 1e-9);
    const double t = std::clamp(along, 0.0, 1.0);
    return std::hypot(at.x - from.x - t * dx, at.y - from.y - t * dy);
  }
  template <typename Light>
  void paint(Plane& plane, const Light& light) const {
    std::size_t i = 0;
    for (int y = 0; y < shape_.height; ++y) {
      for (int x = 0; x < shape_.width; ++x, ++i) {
        const double more = light({x + 0.5, y + 0.5});
        plane[i] = std::min(255.0, std::max(plane[i], more));
      }
    }
  }

  MapShape shape_;
  std::mt19937 generator_;
};

}  // namespace

Preprocess complete_preprocess(const Preprocess& preprocess, const MapShape& input) {
  Preprocess complete = preprocess;
  const auto channels = static_cast<std::size_t>(input.channels);
  const auto check = [&](std::vector<double>& values, double missing, const char* what) {
    if (values.empty()) {
      values.assign(channels, missing);
    }
    if (values.size() != channels) {
      throw UserError(
          fmt::format("preprocessing: {} {} for {} input channels", values.size(), what, channels));
    }
  };
  check(complete.mean, 0.0, "means");
  check(complete.deviation, 1.0, "deviations");
  for (std::size_t c = 0; c < channels; ++c) {
    const double deviation = complete.deviation[c];
    if (!(deviation > 0) || !std::isfinite(deviation) || !std::isfinite(complete.mean[c]) ||
        !std::isfinite(complete.scale)) {
      throw UserError(
          fmt::format("preprocessing: scale {}, mean {} and deviation {} of channel {}; "
                      "expected finite numbers and a positive deviation",
                      complete.scale, complete.mean[c], deviation, c));
    }
  }
  return complete;
}

std::vector<std::vector<float>> synthetic_inputs(const MapShape& input,
                                                 const Preprocess& preprocess) {
  constexpr unsigned kSeed = 20210113;
  constexpr int kImages = 8;
  Painter painter(input, kSeed);
  const std::size_t plane_size = static_cast<std::size_t>(input.size() / input.channels);
  std::vector<std::vector<float>> inputs;
  for (int image = 0; image < kImages; ++image) {
    std::vector<float> values;
    for (std::size_t c = 0; c < static_cast<std::size_t>(input.channels); ++c) {
      Plane plane;
      switch (image % 5) {
        case 0:
          plane = painter.noise();
          break;
        case 1:
          plane = painter.blobs();
          break;
        case 2:
          plane = painter.strokes();
          break;
        default:
          plane.assign(plane_size, image % 5 == 3 ? 255 : 0);
      }
      for (const double pixel : plane) {
        const double x = (pixel * preprocess.scale - preprocess.mean[c]) / preprocess.deviation[c];
        values.push_back(static_cast<float>(x));
      }
    }
    inputs.push_back(std::move(values));
  }
  return inputs;
}

}  // namespace airnn
