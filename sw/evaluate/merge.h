// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstddef>
#include <string>
#include <vector>

#include "sw/evaluate/evaluation_folder.h"
#include "sw/evaluate/plan.h"

namespace airnn {

/// The plan that all of these folders were made by. Throws UserError if a folder is none of an
/// evaluation, or of another one.
Plan common_plan(const std::vector<std::string>& folders);

/// Copies what `folders` have of the plan's images, runs and failures to `out`, and the plan.
/// Returns how many points none of them has. Throws UserError.
std::size_t merge_folders(const Plan& plan, const std::vector<std::string>& folders,
                          EvaluationFolder& out);

}  // namespace airnn
