// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>
#include <utility>
#include <vector>

#include "sw/results/counts.h"
#include "sw/results/energy_table.h"

namespace airnn {

/// Actions that cost the same.
struct EnergyTerm {
  std::vector<Action> actions;
  double picojoule = 0;
};

/// What results show as one number.
struct EnergyComponent {
  std::string name;
  std::vector<EnergyTerm> terms;

  double of(const Counts& counts) const;
};

/// What everything costs: a table of actions, and the memory either by words, as in that table, or
/// by the currents of its data sheet.
struct EnergyModel {
  EnergyTable table;
  /// Of a memory that is priced by its currents; else empty.
  std::vector<EnergyComponent> memory;

  bool has_currents() const { return !memory.empty(); }
  /// In pJ, by name as in results; without the total. `counted`: what the machine counts
  /// (RunRecord::counted). Throws UserError for what has no price.
  std::vector<std::pair<std::string, double>> components(
      const Counts& counts, const std::vector<PricedAction>& counted) const;
  double total(const Counts& counts, const std::vector<PricedAction>& counted) const;
};

}  // namespace airnn
