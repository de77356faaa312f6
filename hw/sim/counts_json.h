// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <nlohmann/json.hpp>

#include "hw/sim/energy_model.h"

namespace airnn {

/// As results show it: components and `total`, in pJ.
nlohmann::ordered_json energy_json(const EnergyModel& model, const Counts& counts);

/// How often each action happened.
nlohmann::ordered_json counts_json(const Counts& counts);
/// What counts_json() wrote. Throws nlohmann::json::exception.
void read_counts(const nlohmann::ordered_json& json, Counts& counts);

/// Commands and states of a memory with rows: what its energy by currents depends on.
nlohmann::ordered_json dram_counts_json(const DramCounts& counts);
/// What dram_counts_json() wrote, or an object with more in it. Throws nlohmann::json::exception.
void read_dram_counts(const nlohmann::ordered_json& json, DramCounts& counts);

}  // namespace airnn
