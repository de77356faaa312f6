// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <array>

namespace airnn {

/// The digits of a byte, the highest bit first.
struct EightBits {
  char text[8];
};

constexpr std::array<EightBits, 256> make_eight_bits() {
  std::array<EightBits, 256> all{};
  for (unsigned byte = 0; byte < 256; ++byte) {
    for (unsigned bit = 0; bit < 8; ++bit) {
      all[byte].text[bit] = (byte >> (7 - bit) & 1) != 0 ? '1' : '0';
    }
  }
  return all;
}

inline constexpr std::array<EightBits, 256> kEightBits = make_eight_bits();

}  // namespace airnn
