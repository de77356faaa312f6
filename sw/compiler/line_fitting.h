// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstddef>
#include <cstdint>
#include <vector>

#include "sw/compiler/line_options.h"
#include "sw/format/encoding/line_segment.h"

namespace airnn {

/// What lines must keep.
struct LineFitting {
  LineRule rule = LineRule::bound;
  double tolerance = 0;  ///< in integers of the weights' format
  std::size_t longest = kLongestSegment;
  CrsWidths widths;

  /// By which a word of rule bound may differ from its weight: rounding of start, slope and word
  /// take three units of a start.
  double most_error() const { return tolerance + 3 * unit(); }
  /// Integers of the format in a unit of the start.
  double unit() const { return static_cast<double>(std::int64_t{1} << line_shift(widths)); }
};

/// Lays lines through weights that follow each other, from the first on, each as long as its rule
/// lets it be: with rule bound no other lines are fewer. Each is the line of least squares, or, of
/// rule bound, where that leaves the tolerance, one near it that does not. Where rounding takes a
/// word of rule bound further away than most_error(), the line ends earlier.
std::vector<LineSegment> fit_lines(const std::int32_t* weights, std::size_t count,
                                   const LineFitting& fitting);

}  // namespace airnn
