// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <string>
#include <vector>

namespace airnn {

/// How weights lie in the image.
enum class WeightForm : std::uint8_t { plain, line };

/// When a line ends.
enum class LineRule : std::uint8_t {
  bound,      ///< where no line is within the tolerance of all its weights
  monotonic,  ///< where neither all steps go up nor all go down, but for the tolerance
};

/// Of whose weights the tolerance is a share of the range.
enum class LineRange : std::uint8_t { layer, kernel };

/// How lines are laid through the weights of a network (docs/line_coding.md).
struct LineOptions {
  double delta = 2;  ///< the tolerance, in percent of the range
  LineRule rule = LineRule::bound;
  LineRange range = LineRange::layer;  ///< kernel: no line crosses one, either
  /// Layers whose weights are lines: names, or `all`, `largest`. Others than `all` only of scheme
  /// base.
  std::vector<std::string> layers{"all"};
};

}  // namespace airnn
