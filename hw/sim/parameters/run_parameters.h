// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <vector>

#include "hw/sim/run_config.h"
#include "sw/config/parameter.h"

namespace airnn {

/// What stands at the top of a run file before its sections.
const ParameterTable<RunConfig>& run_parameters();

/// What stands at the top behind them.
const ParameterTable<RunConfig>& last_run_parameters();

/// All keys that a run may have, in the order in which it is read. What the user names, such as a
/// layer, stands in angle brackets.
std::vector<ParameterSection> all_run_parameters(const RunTables& tables = built_in_tables());

}  // namespace airnn
