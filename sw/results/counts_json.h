// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <nlohmann/json.hpp>
#include <vector>

#include "sw/results/energy_model.h"

namespace airnn {

/// As results show it: components and `total`, in pJ.
nlohmann::ordered_json energy_json(const EnergyModel& model, const Counts& counts,
                                   const std::vector<PricedAction>& counted);

/// How often each of these actions of the machine happened.
nlohmann::ordered_json counts_json(const Counts& counts, const std::vector<PricedAction>& counted);

/// Commands and states of a memory with rows: what its energy by currents depends on.
nlohmann::ordered_json dram_counts_json(const Counts& counts);

}  // namespace airnn
