// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>

#include "sw/report/report.h"
#include "sw/results/coverage/coverage.h"

namespace airnn {

/// Functional coverage as a report: a summary, and a section for each covergroup with all its bins.
/// `version` is the program's.
Report coverage_report(const Coverage& coverage, const std::string& version);

}  // namespace airnn
