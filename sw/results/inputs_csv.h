// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>
#include <vector>

#include "sw/results/counts_csv.h"
#include "sw/results/run_results.h"

namespace airnn {

/// inputs.csv: a row per input.
std::string inputs_csv(const RunResults& results);

/// What inputs_csv() wrote with other energies; `inputs` are its inputs, in their order, and `name`
/// is of the file, for messages. Throws UserError unless it is of these inputs.
std::string inputs_csv_with(const std::string& text, const std::string& name,
                            const std::vector<InputCounts>& inputs, const EnergyModel& energy,
                            const std::vector<PricedAction>& counted);

}  // namespace airnn
