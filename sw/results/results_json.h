// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <nlohmann/json.hpp>

#include "sw/results/run_results.h"

namespace airnn {

/// Rises when a key of results.json goes or means something else, not when one is added.
inline constexpr int kResultsSchema = 2;

/// results.json. Everything but `host` depends on image, configuration and inputs alone.
nlohmann::ordered_json results_json(const RunResults& results);

}  // namespace airnn
