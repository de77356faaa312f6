// SPDX-License-Identifier: Apache-2.0
#include "sw/golden/score.h"

#include <algorithm>
#include <cmath>
#include <limits>

#include "sw/format/errors.h"

namespace airnn::golden {

int prediction(const std::vector<std::int32_t>& outputs) {
  return static_cast<int>(std::max_element(outputs.begin(), outputs.end()) - outputs.begin());
}

std::int64_t margin(const std::vector<std::int32_t>& values) {
  constexpr std::int64_t none = std::numeric_limits<std::int64_t>::min();
  std::int64_t largest = none;
  std::int64_t second = none;
  for (const std::int64_t value : values) {
    if (value > largest) {
      second = largest;
      largest = value;
    } else {
      second = std::max(second, value);
    }
  }
  return values.size() == 1 ? largest : largest - second;
}

std::int64_t threshold_integer(double threshold, ScoreMode mode, std::int32_t fraction_bits) {
  if (std::isnan(threshold)) {
    throw ConfigError("threshold: expected a number");
  }
  const double scaled = std::ldexp(threshold, mode == ScoreMode::softmax ? 31 : fraction_bits);
  // Margins are below 2^32: nothing beyond these bounds makes a difference.
  constexpr double bound = 9007199254740992.0;  // 2^53
  return std::llround(std::clamp(scaled, -bound, bound));
}

}  // namespace airnn::golden
