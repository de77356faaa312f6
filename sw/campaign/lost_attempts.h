// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "hw/sim/run_failure.h"

namespace airnn {

/// A task whose processes are killed from outside, or are lost, is tried so often.
inline constexpr int kMostAttempts = 3;

/// Why a task fails after so many.
RunFailure failure_after(int attempts, const RunFailure& last);

}  // namespace airnn
