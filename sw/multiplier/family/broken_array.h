// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <algorithm>
#include <cstdint>

namespace airnn {

/// a * b without the cells of rows below `rows` and of columns below `columns`.
inline std::uint32_t broken_array_product(std::uint32_t a, std::uint32_t b, int rows, int columns) {
  std::uint32_t sum = 0;
  for (int j = rows; j < 8; ++j) {
    if (((b >> static_cast<unsigned>(j)) & 1U) != 0) {
      const auto missing = static_cast<unsigned>(std::max(columns - j, 0));
      sum += (a >> missing << missing) << static_cast<unsigned>(j);
    }
  }
  return sum;
}

}  // namespace airnn
