// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstddef>
#include <string>
#include <vector>

#include "sw/evaluate/evaluation_folder.h"
#include "sw/evaluate/plan.h"
#include "sw/evaluate/point_failures.h"

namespace airnn {

/// The plan that all of these folders were made by. Throws UserError with the first fault of a
/// folder, and if one is of another experiment, program or version.
Plan common_plan(const std::vector<std::string>& folders);

/// Throws UserError with both names if two of these folders have different bytes of the same step,
/// or different failures of the same point.
void check_agreement(const Plan& plan, const std::vector<std::string>& folders);
/// The same for what `out` has of the steps and is not damaged.
void check_agreement(const Plan& plan, const std::vector<std::string>& folders,
                     const EvaluationFolder& out);

/// Points that a merged folder does not have.
struct MergedPoints {
  std::size_t missing = 0;  ///< no folder has them
  PointFailures failures;
};

/// Copies what `folders` have of the plan's images, runs and failures to `out`, where the plan has
/// begun. Throws UserError.
MergedPoints merge_folders(const Plan& plan, const std::vector<std::string>& folders,
                           EvaluationFolder& out);

}  // namespace airnn
