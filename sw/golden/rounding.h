// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>

namespace airnn::golden {

/// Half is added, then the sum is shifted right arithmetically. `bits` is 0..63.
inline std::int64_t shift_right_rounded(std::int64_t value, std::int32_t bits) {
  return bits == 0 ? value : (value + (std::int64_t{1} << (bits - 1))) >> bits;
}

/// Moves a 32-bit operand from `from` to `to` fraction bits (docs/numbers.md, align). `to - from`
/// is at most 62.
inline std::int64_t align(std::int32_t value, std::int32_t from, std::int32_t to) {
  if (to >= from) {
    return std::int64_t{value} * (std::int64_t{1} << (to - from));
  }
  // From 32 bits on nothing of a 32-bit operand is left; a shift of 64 and more has no meaning in
  // C++.
  return from - to >= 32 ? 0 : shift_right_rounded(value, from - to);
}

}  // namespace airnn::golden
