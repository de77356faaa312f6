// SPDX-License-Identifier: Apache-2.0
#include "sw/config/value_rules.h"

#include <limits>

namespace airnn {
namespace {

std::string range_text(const std::string& what, const std::string& min, const std::string& max) {
  if (!min.empty() && !max.empty()) {
    return what + " from " + min + " to " + max;
  }
  if (!min.empty()) {
    return what + " of at least " + min;
  }
  return max.empty() ? what : what + " of at most " + max;
}

}  // namespace

std::string integer_range(std::int64_t min, std::int64_t max) {
  using Limits = std::numeric_limits<std::int64_t>;
  return range_text("an integer", min == Limits::min() ? "" : std::to_string(min),
                    max == Limits::max() ? "" : std::to_string(max));
}

std::string real_range(double min, double max) {
  using Limits = std::numeric_limits<double>;
  return range_text("a number", min <= Limits::lowest() ? "" : real_text(min),
                    max >= Limits::max() ? "" : real_text(max));
}

}  // namespace airnn
