// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "sw/config/config_reader.h"
#include "sw/results/energy_table.h"

namespace airnn {

/// Reads the prices of an action from the rows of an energy table: `pj` and `source`, and under
/// `classes` the same for each of its price classes. An action that not every machine counts may
/// be missing, or have prices of classes alone. Throws ConfigError.
void read_prices(const ConfigReader& rows, const ActionRow& action, EnergyTable& table);

}  // namespace airnn
