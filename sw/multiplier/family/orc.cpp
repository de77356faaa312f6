// SPDX-License-Identifier: Apache-2.0
#include "sw/multiplier/family/orc.h"

#include <algorithm>

namespace airnn {

namespace {

/// Cells of a column that are 1.
std::uint32_t ones_of_column(std::uint32_t a, std::uint32_t b, int column) {
  std::uint32_t ones = 0;
  for (int i = std::max(0, column - 7); i <= std::min(column, 7); ++i) {
    ones += (a >> static_cast<unsigned>(i)) & (b >> static_cast<unsigned>(column - i)) & 1U;
  }
  return ones;
}

std::uint32_t orc_product(std::uint32_t a, std::uint32_t b, const FamilyValues& values) {
  std::uint32_t sum = 0;
  for (int column = 0; column < 15; ++column) {
    const std::uint32_t ones = ones_of_column(a, b, column);
    sum += (column < values[0] ? std::min(ones, 1U) : ones) << static_cast<unsigned>(column);
  }
  return sum;
}

}  // namespace

MultiplierFamily orc_family() {
  MultiplierFamily family;
  family.name = "orc";
  family.sentence = "the carries of the columns below a limit: each gives the OR of its cells";
  family.source = "an array with OR gates for its low adders";
  family.parameters = {{"columns", 0, 15, "columns that give the OR of their cells"}};
  family.multiply = orc_product;
  return family;
}

}  // namespace airnn
