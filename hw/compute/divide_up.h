// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>

namespace airnn {

/// The least whole number of parts of size `b` > 0 that hold `a` >= 0.
constexpr std::uint64_t divide_up(std::int64_t a, std::int64_t b) {
  return static_cast<std::uint64_t>((a + b - 1) / b);
}

}  // namespace airnn
