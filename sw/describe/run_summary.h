// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>

#include "sw/results/run_results.h"

namespace airnn {

/// The short table at the end of a simulation. `folder`: where the files are; may be empty.
std::string run_summary(const RunResults& results, const std::string& folder);

}  // namespace airnn
