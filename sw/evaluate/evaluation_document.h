// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>

#include "sw/evaluate/plan.h"

namespace airnn {

/// Writes evaluation.json and points.csv into a folder that has the plan's images, runs and
/// failures; points that are not there yet are said to be missing. Throws UserError.
void write_evaluation(const Plan& plan, const std::string& folder);

}  // namespace airnn
