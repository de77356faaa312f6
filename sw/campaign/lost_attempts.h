// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>

#include "hw/sim/run_failure.h"

namespace airnn {

/// A task whose processes are killed from outside, or are lost, is tried so often.
inline constexpr int kMostAttempts = 3;

/// Why a task fails after so many; `why` is what became of the last.
RunFailure failure_after(int attempts, const std::string& why);

}  // namespace airnn
