// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>

#include "sw/results/coverage/coverage.h"

namespace airnn {

/// A JSON object with every bin of every group.
std::string coverage_json(const Coverage& coverage);

/// Throws UserError, one message with file and place, for what coverage_json() did not write:
/// damaged, of another version, or of another table of groups.
Coverage parse_coverage(const std::string& text, const std::string& file);

/// Covergroups, coverpoints and bins as the interchange format of UCIS names them.
std::string coverage_xml(const Coverage& coverage);

}  // namespace airnn
