// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <algorithm>
#include <cstdint>

#include "sw/format/network.h"

namespace airnn {

/// Arithmetic right shift with halves rounded up; `shift` is 0..63.
inline std::int64_t round_shift(std::int64_t value, int shift) {
  return shift == 0 ? value : (value + (std::int64_t{1} << (shift - 1))) >> shift;
}

inline std::int64_t saturate(std::int64_t value, const FixedFormat& format) {
  return std::clamp(value, format.min_integer(), format.max_integer());
}

/// Moves the binary point of `value` from `from` to `to` fraction bits.
inline std::int64_t align(std::int64_t value, int from, int to) {
  return to >= from ? value * (std::int64_t{1} << (to - from)) : round_shift(value, from - to);
}

}  // namespace airnn
