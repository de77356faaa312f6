// SPDX-License-Identifier: Apache-2.0
#include "hw/control/score/score_margin.h"

#include <algorithm>
#include <cmath>

#include "hw/control/score/softmax.h"

namespace airnn {

namespace {

template <typename T>
std::int64_t margin(const T* values, std::size_t count) {
  std::int64_t first = values[0];
  if (count == 1) {
    return first;
  }
  std::int64_t second = values[1];
  if (second > first) {
    std::swap(first, second);
  }
  for (std::size_t i = 2; i < count; ++i) {
    const std::int64_t value = values[i];
    if (value > first) {
      second = first;
      first = value;
    } else if (value > second) {
      second = value;
    }
  }
  return first - second;
}

}  // namespace

ScoreMargin score_margin(const std::int32_t* outputs, std::size_t classes, int fraction_bits,
                         ScoreMode mode) {
  ScoreMargin result;
  result.prediction =
      static_cast<std::uint32_t>(std::max_element(outputs, outputs + classes) - outputs);
  if (mode == ScoreMode::raw) {
    result.score = margin(outputs, classes);
  } else {
    result.score = margin(softmax(outputs, classes, fraction_bits).data(), classes);
  }
  return result;
}

int score_fraction_bits(int fraction_bits, ScoreMode mode) {
  return mode == ScoreMode::raw ? fraction_bits : 31;
}

std::int64_t quantised_threshold(double threshold, int fraction_bits, ScoreMode mode) {
  return std::llround(std::ldexp(threshold, score_fraction_bits(fraction_bits, mode)));
}

}  // namespace airnn
