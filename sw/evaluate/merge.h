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

/// Points that a merged folder does not have.
struct MergedPoints {
  std::size_t missing = 0;  ///< no folder has them
  PointFailures failures;
};

/// Copies what `folders` have of the plan's images, runs and failures to `out`, and the plan.
/// Throws UserError.
MergedPoints merge_folders(const Plan& plan, const std::vector<std::string>& folders,
                           EvaluationFolder& out);

}  // namespace airnn
