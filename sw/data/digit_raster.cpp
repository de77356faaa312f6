// SPDX-License-Identifier: Apache-2.0
#include "sw/data/digit_raster.h"

#include <algorithm>
#include <cmath>
#include <limits>

namespace airnn {

namespace {

constexpr double kCentre = kDigitSide / 2.0;

/// Inks the pixels near one straight piece; where pieces overlap the darkest counts.
void draw_piece(const InkPoint& from, const InkPoint& to, double edge, DigitCoverage& image) {
  const double reach = std::max(from.radius, to.radius) + edge;
  const auto first = [&](double a, double b) {
    return std::max(0, static_cast<int>(std::floor(std::min(a, b) - reach)));
  };
  const auto last = [&](double a, double b) {
    return std::min(kDigitSide - 1, static_cast<int>(std::floor(std::max(a, b) + reach)));
  };
  const double dx = to.x - from.x;
  const double dy = to.y - from.y;
  const double length_squared = dx * dx + dy * dy;
  for (int row = first(from.y, to.y); row <= last(from.y, to.y); ++row) {
    for (int column = first(from.x, to.x); column <= last(from.x, to.x); ++column) {
      const double px = column + 0.5 - from.x;
      const double py = row + 0.5 - from.y;
      const double along =
          length_squared > 0.0 ? std::clamp((px * dx + py * dy) / length_squared, 0.0, 1.0) : 0.0;
      const double ex = px - along * dx;
      const double ey = py - along * dy;
      const double radius = from.radius + along * (to.radius - from.radius);
      const double distance = std::sqrt(ex * ex + ey * ey);
      const double ink = std::clamp((radius - distance) / edge + 0.5, 0.0, 1.0);
      double& pixel = image[static_cast<std::size_t>(row * kDigitSide + column)];
      pixel = std::max(pixel, ink);
    }
  }
}

}  // namespace

void shift(std::vector<InkLine>& lines, double x, double y) {
  for (InkLine& line : lines) {
    for (InkPoint& point : line) {
      point.x += x;
      point.y += y;
    }
  }
}

void fit_to_box(std::vector<InkLine>& lines) {
  double left = std::numeric_limits<double>::max();
  double top = left;
  double right = -left;
  double bottom = -left;
  double radius = 0.0;
  for (const InkLine& line : lines) {
    for (const InkPoint& point : line) {
      left = std::min(left, point.x);
      right = std::max(right, point.x);
      top = std::min(top, point.y);
      bottom = std::max(bottom, point.y);
      radius = std::max(radius, point.radius);
    }
  }
  const double extent = std::max(right - left, bottom - top);
  const double scale = (kDigitBox - 2.0 * radius) / extent;
  for (InkLine& line : lines) {
    for (InkPoint& point : line) {
      point.x = kCentre + (point.x - (left + right) / 2.0) * scale;
      point.y = kCentre + (point.y - (top + bottom) / 2.0) * scale;
    }
  }
  const DigitCoverage image = draw_lines(lines, 1.0);
  double mass = 0.0;
  double x = 0.0;
  double y = 0.0;
  for (std::size_t i = 0; i < kDigitPixels; ++i) {
    mass += image[i];
    x += image[i] * (static_cast<double>(i % kDigitSide) + 0.5);
    y += image[i] * (static_cast<double>(i / kDigitSide) + 0.5);
  }
  shift(lines, kCentre - x / mass, kCentre - y / mass);
}

DigitCoverage draw_lines(const std::vector<InkLine>& lines, double edge) {
  DigitCoverage image{};
  for (const InkLine& line : lines) {
    for (std::size_t i = 1; i < line.size(); ++i) {
      draw_piece(line[i - 1], line[i], edge, image);
    }
  }
  return image;
}

DigitCoverage blur(const DigitCoverage& image, double amount) {
  constexpr double kKernel[3] = {0.25, 0.5, 0.25};
  DigitCoverage result{};
  for (int row = 0; row < kDigitSide; ++row) {
    for (int column = 0; column < kDigitSide; ++column) {
      double sum = 0.0;
      for (int i = 0; i < 9; ++i) {
        const int y = row + i / 3 - 1;
        const int x = column + i % 3 - 1;
        if (y >= 0 && y < kDigitSide && x >= 0 && x < kDigitSide) {
          sum +=
              kKernel[i / 3] * kKernel[i % 3] * image[static_cast<std::size_t>(y * kDigitSide + x)];
        }
      }
      const auto at = static_cast<std::size_t>(row * kDigitSide + column);
      result[at] = image[at] + amount * (sum - image[at]);
    }
  }
  return result;
}

}  // namespace airnn
