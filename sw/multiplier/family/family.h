// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <string>
#include <vector>

namespace airnn {

/// A parameter of a formula: the key that sets it, and its range, both ends included.
struct FamilyParameter {
  std::string key;
  int min = 0;
  int max = 0;
  std::string sentence;
};

/// Values of a family's parameters, in the order in which it lists them.
using FamilyValues = std::vector<int>;

/// Multipliers of two unsigned 8-bit operands that a formula describes. In the array of partial
/// products, the cell (i, j) is bit i of `a` (the activation) and bit j of `b` (the weight), and it
/// is worth 2^(i + j); column c are the cells with i + j = c, row j those of one j.
struct MultiplierFamily {
  std::string name;
  std::string sentence;  ///< what it leaves out
  std::string source;
  std::vector<FamilyParameter> parameters;
  /// The product of a and b, 0..255 each; below 2^16.
  std::uint32_t (*multiply)(std::uint32_t a, std::uint32_t b, const FamilyValues& values) = nullptr;
  /// Energy per multiplication relative to the exact multiplier's. Null: no source gives the power
  /// of such circuits, so whoever uses one has to.
  double (*relative_energy)(const FamilyValues& values) = nullptr;

  /// "bam(2, 8)"; without parameters the name.
  std::string text(const FamilyValues& values) const;
};

}  // namespace airnn
