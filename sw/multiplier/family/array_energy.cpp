// SPDX-License-Identifier: Apache-2.0
#include "sw/multiplier/family/array_energy.h"

#include <algorithm>
#include <cmath>

namespace airnn {

namespace {

constexpr int kBits = 8;
constexpr double kExponent = 1.34;
/// Of an array with few missing columns, energy falls more slowly than with its cells.
constexpr double kFlattening = 0.8;

int kept_cells(int rows, int columns) {
  int kept = 0;
  for (int j = rows; j < kBits; ++j) {
    kept += std::clamp(kBits - (columns - j), 0, kBits);
  }
  return kept;
}

}  // namespace

double broken_array_energy(int rows, int columns) {
  const int gone = std::max(rows, columns - (kBits - 1));  // these have no cell left
  const int left = kBits - gone;
  if (left <= 0) {
    return 0;
  }
  const double of_rows = static_cast<double>(left) / kBits;
  const double of_cells = static_cast<double>(kept_cells(rows, columns)) / (kBits * left);
  return std::pow(of_rows, kExponent) * std::pow(of_cells, kExponent - kFlattening * of_cells);
}

double small_array_energy(int a_bits, int b_bits) {
  return std::pow(static_cast<double>(a_bits * b_bits) / (kBits * kBits), kExponent);
}

}  // namespace airnn
