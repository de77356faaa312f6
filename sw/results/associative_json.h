// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <nlohmann/json.hpp>

#include "sw/results/run_results.h"

namespace airnn {

/// How the multiplications of a layer in an iteration ended that has an associative memory beside
/// its multipliers, and how many bits this has (docs/results_format.md).
nlohmann::ordered_json associative_json(const Network& network, const Layer& layer,
                                        const LayerRecord& record);
/// The same of all layers of a run.
nlohmann::ordered_json associative_json(const RunResults& results);

}  // namespace airnn
