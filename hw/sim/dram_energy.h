// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <vector>

#include "hw/memory/ddr3/ddr3_energy.h"
#include "hw/observe/dram/dram_statistics.h"
#include "sw/results/energy_model.h"

namespace airnn {

/// The components of a memory's energy by its currents, in the order of results.
std::vector<EnergyComponent> dram_components(const Ddr3Energy& price);

/// What a channel consumed, in pJ by component.
struct DramEnergy {
  double activate_pj = 0;  ///< ACT and PRE
  double read_pj = 0;
  double write_pj = 0;
  double refresh_pj = 0;
  double background_pj = 0;  ///< standby, power-down, self-refresh of all ranks

  double total_pj() const { return activate_pj + read_pj + write_pj + refresh_pj + background_pj; }
};

/// Prices what a channel did, or did between two points in time.
DramEnergy dram_energy(const DramCounts& counts, const Ddr3Energy& price);

/// A listener for a channel of this part.
DramStatistics dram_statistics(const Ddr3Part& part);

}  // namespace airnn
