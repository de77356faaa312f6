// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>

namespace airnn {

/// A point on a clock domain's time axis, counted from 0. Pure classes know cycles, never sc_time.
using Cycle = std::uint64_t;

inline constexpr Cycle kNever = ~Cycle{0};

}  // namespace airnn
