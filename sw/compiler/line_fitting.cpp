// SPDX-License-Identifier: Apache-2.0
#include "sw/compiler/line_fitting.h"

#include <algorithm>
#include <cmath>
#include <limits>

namespace airnn {

namespace {

constexpr double kInfinity = std::numeric_limits<double>::infinity();

/// Slopes of the lines that pass all weights of a run within the tolerance.
struct Slopes {
  double low = -kInfinity;
  double high = kInfinity;
};

struct Line {
  double start = 0;
  double slope = 0;
};

/// The lines that begin with one weight.
class Run {
 public:
  Run(const std::int32_t* weights, std::size_t left, const LineFitting& fitting)
      : weights_(weights), fitting_(fitting), most_(std::min(left, fitting.longest)) {}

  LineSegment segment() {
    if (fitting_.rule == LineRule::monotonic) {
      const std::size_t length = monotonic_length();
      return rounded(least_squares(length), length);
    }
    std::size_t length = bound_length();
    for (;; --length) {
      const LineSegment segment = rounded(within_tolerance(length), length);
      if (length == 1 || is_near(segment)) {
        return segment;
      }
    }
  }

 private:
  double weight(std::size_t i) const { return static_cast<double>(weights_[i]); }

  std::size_t monotonic_length() const {
    bool goes_up = true;
    bool goes_down = true;
    std::size_t length = 1;
    for (; length < most_; ++length) {
      const double step = weight(length) - weight(length - 1);
      goes_up = goes_up && step >= -fitting_.tolerance;
      goes_down = goes_down && step <= fitting_.tolerance;
      if (!goes_up && !goes_down) {
        break;
      }
    }
    return length;
  }

  /// A line passes two weights within the tolerance if its slope is between two bounds, and all of
  /// a run if it is between those of all pairs.
  std::size_t bound_length() {
    const double room = 2 * fitting_.tolerance;
    slopes_.assign(2, Slopes());  // by length
    for (std::size_t last = 1; last < most_; ++last) {
      Slopes slopes = slopes_.back();
      for (std::size_t first = 0; first < last; ++first) {
        const auto places = static_cast<double>(last - first);
        const double rise = weight(last) - weight(first);
        slopes.low = std::max(slopes.low, (rise - room) / places);
        slopes.high = std::min(slopes.high, (rise + room) / places);
      }
      if (slopes.low > slopes.high) {
        break;
      }
      slopes_.push_back(slopes);
    }
    return slopes_.size() - 1;
  }

  Line least_squares(std::size_t length) const {
    const double middle = (static_cast<double>(length) - 1) / 2;
    double mean = 0;
    for (std::size_t i = 0; i < length; ++i) {
      mean += weight(i);
    }
    mean /= static_cast<double>(length);
    double products = 0;
    double squares = 0;
    for (std::size_t i = 0; i < length; ++i) {
      const double place = static_cast<double>(i) - middle;
      products += place * (weight(i) - mean);
      squares += place * place;
    }
    const double slope = length == 1 ? 0 : products / squares;
    return {mean - slope * middle, slope};
  }

  /// The slope of least squares, or the nearest that is possible; with it the nearest start.
  Line within_tolerance(std::size_t length) const {
    Line line = least_squares(length);
    const double middle = (static_cast<double>(length) - 1) / 2;
    const double at_middle = line.start + line.slope * middle;
    line.slope = std::clamp(line.slope, slopes_[length].low, slopes_[length].high);
    double low = -kInfinity;
    double high = kInfinity;
    for (std::size_t i = 0; i < length; ++i) {
      const double start = weight(i) - line.slope * static_cast<double>(i);
      low = std::max(low, start - fitting_.tolerance);
      high = std::min(high, start + fitting_.tolerance);
    }
    // Where one start is left, rounding may put one bound behind the other.
    line.start = std::min(std::max(at_middle - line.slope * middle, low), std::max(low, high));
    return line;
  }

  LineSegment rounded(const Line& line, std::size_t length) const {
    const double most = std::ldexp(1.0, line_bits(fitting_.widths) - 1) - 1;
    const auto number = [&](double value) {
      return static_cast<std::int32_t>(std::clamp(std::nearbyint(value), -most - 1, most));
    };
    std::size_t places = 1;  // 2^k
    while (places < length) {
      places *= 2;
    }
    return {number(line.start / fitting_.unit()),
            number(line.slope / fitting_.unit() * static_cast<double>(places) / 4),
            static_cast<std::uint32_t>(length)};
  }

  bool is_near(const LineSegment& segment) const {
    for (std::uint32_t i = 0; i < segment.length; ++i) {
      const auto word = static_cast<double>(line_weight(segment, i, fitting_.widths));
      if (std::abs(word - weight(i)) > fitting_.most_error()) {
        return false;
      }
    }
    return true;
  }

  const std::int32_t* weights_;
  const LineFitting& fitting_;
  std::size_t most_;
  std::vector<Slopes> slopes_;
};

}  // namespace

std::vector<LineSegment> fit_lines(const std::int32_t* weights, std::size_t count,
                                   const LineFitting& fitting) {
  std::vector<LineSegment> segments;
  for (std::size_t at = 0; at < count; at += segments.back().length) {
    segments.push_back(Run(weights + at, count - at, fitting).segment());
  }
  return segments;
}

}  // namespace airnn
