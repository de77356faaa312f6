// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <array>
#include <cstddef>
#include <vector>

namespace airnn {

/// A point of ink: place and half the width of the line there, in pixels.
struct InkPoint {
  double x = 0.0;
  double y = 0.0;
  double radius = 1.0;
};

/// A line of the pen as short straight pieces.
using InkLine = std::vector<InkPoint>;

inline constexpr int kDigitSide = 28;
inline constexpr int kDigitBox = 20;
inline constexpr std::size_t kDigitPixels = std::size_t{kDigitSide} * kDigitSide;

/// Coverage of each pixel, 0..1, row by row.
using DigitCoverage = std::array<double, kDigitPixels>;

/// Moves and scales lines so that the ink fits the 20x20 box and its centre of mass is the centre
/// of the 28x28 image, as MNIST does. `radius` values are in pixels already and stay.
void fit_to_box(std::vector<InkLine>& lines);

/// Shifts all lines.
void shift(std::vector<InkLine>& lines, double x, double y);

/// Draws with an edge of `edge` pixels from full ink to none.
DigitCoverage draw_lines(const std::vector<InkLine>& lines, double edge);

/// Mixes every pixel with its eight neighbours: `amount` 0 (nothing) to 1 (a 1-2-1 filter).
DigitCoverage blur(const DigitCoverage& image, double amount);

}  // namespace airnn
