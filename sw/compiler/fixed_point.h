// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cmath>
#include <cstdint>

#include "sw/format/network.h"

namespace airnn {

/// Nearest integer of value * 2^fraction_bits, halves away from zero. `scale` = 2^fraction_bits;
/// the product must be below 2^52 in magnitude, where adding a half is exact for a product with 24
/// bits.
inline std::int64_t quantise(float value, double scale) {
  const double scaled = static_cast<double>(value) * scale;
  return static_cast<std::int64_t>(scaled < 0 ? scaled - 0.5 : scaled + 0.5);
}

/// 2^fraction_bits.
inline double scale_of(int fraction_bits) {
  return std::ldexp(1.0, fraction_bits);
}

/// Largest number of fraction bits, at most `limit`, with which a magnitude fits into `bits` bits;
/// negative if not even whole numbers do.
inline int largest_fraction(double magnitude, int bits, int limit) {
  const auto most = static_cast<double>((std::int64_t{1} << (bits - 1)) - 1);
  int fraction = limit;
  while (fraction >= 0 && !(std::round(std::ldexp(magnitude, fraction)) <= most)) {
    --fraction;
  }
  return fraction;
}

}  // namespace airnn
