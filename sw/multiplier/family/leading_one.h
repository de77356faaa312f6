// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>

namespace airnn {

/// Bits up to and with the most significant one; 0 for 0.
inline int bit_length(std::uint32_t operand) {
  int bits = 0;
  for (; operand != 0; operand >>= 1U) {
    ++bits;
  }
  return bits;
}

}  // namespace airnn
