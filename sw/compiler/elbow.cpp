// SPDX-License-Identifier: Apache-2.0
#include "sw/compiler/elbow.h"

#include <cstddef>

namespace airnn {

std::vector<double> normalised_curve(const std::vector<double>& squares) {
  std::vector<double> curve(squares.size(), 0.0);
  for (std::size_t i = 0; i < squares.size() && squares.front() > 0; ++i) {
    curve[i] = squares[i] / squares.front();
  }
  return curve;
}

std::vector<double> average_curve(const std::vector<std::vector<double>>& curves) {
  std::vector<double> average;
  for (const std::vector<double>& curve : curves) {
    average.resize(curve.size(), 0.0);
    for (std::size_t i = 0; i < curve.size(); ++i) {
      average[i] += curve[i] / static_cast<double>(curves.size());
    }
  }
  return average;
}

int elbow(const std::vector<double>& curve) {
  std::size_t k = 1;
  while (k < curve.size() && curve[k - 1] - curve[k] >= kElbowGain) {
    ++k;
  }
  return static_cast<int>(k);
}

}  // namespace airnn
