// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "hw/memory/ddr3/ddr3_energy.h"
#include "hw/observe/energy_table.h"

namespace airnn {

/// What everything costs: a table of actions, and the memory either by words, as in that table, or
/// by the currents of its data sheet.
struct EnergyModel {
  EnergyTable table;
  std::optional<Ddr3Energy> dram;  ///< by currents

  /// The action has a price of its own.
  bool prices(Action action) const;
  /// In pJ, by name as in results; without the total.
  std::vector<std::pair<std::string, double>> components(const Counts& counts) const;
  double total(const Counts& counts) const;
};

}  // namespace airnn
