// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <nlohmann/json.hpp>

#include "sw/results/run_results.h"

namespace airnn {

// The parts of results.json that have an entry per iteration, layer or unit.

/// Cycles by the controller's phases, and `total`.
nlohmann::ordered_json phases_json(const PhaseCycles& cycles);

nlohmann::ordered_json iterations_json(const RunResults& results);
/// Of each layer in each iteration.
nlohmann::ordered_json layers_json(const RunResults& results);
/// Of each unit over the whole run, boot included.
nlohmann::ordered_json units_json(const RunRecord& record);

}  // namespace airnn
