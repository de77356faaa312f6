// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <nlohmann/json.hpp>

#include "sw/results/product_ends.h"
#include "sw/results/run_results.h"

namespace airnn {

/// How the multiplications of a layer in an iteration ended that has an associative memory beside
/// its multipliers, and how many bits this has (docs/results_format.md).
nlohmann::ordered_json associative_json(const Network& network, const Layer& layer,
                                        const LayerRecord& record);
/// The same of all layers of a run, and what their products cost.
nlohmann::ordered_json associative_json(const RunResults& results);
/// What the products of a run cost: the part of the above that depends on prices.
nlohmann::ordered_json product_energy_json(const EnergyModel& energy, const Counts& counts,
                                           const ProductEnds& ends);

}  // namespace airnn
