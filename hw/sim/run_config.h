// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>
#include <vector>

#include "hw/link/fault/fault.h"
#include "hw/sim/layer_products.h"
#include "hw/sim/run_tables.h"
#include "hw/top/accelerator_params.h"
#include "sw/config/config_document.h"
#include "sw/config/config_tree.h"
#include "sw/format/network.h"
#include "sw/multiplier/layer_elements.h"
#include "sw/results/energy_model.h"

namespace airnn {

/// A run file (configs/run) with everything it names, checked against a network.
struct RunConfig {
  AcceleratorParams accelerator;
  LayerElements elements;  ///< what layers multiply by
  EnergyModel energy;
  std::vector<PricedAction> counted;  ///< what the machine counts
  std::vector<Fault> faults;
  Cycle watchdog_cycles = 10'000'000;
  ConfigTree effective;  ///< what took effect, defaults included
};

/// An energy table, checked against a memory.
struct EnergyConfig {
  EnergyModel model;
  bool counts_commands = false;  ///< the memory does
  ConfigTree effective;
};

/// Reads an energy table for a memory as a run's results show it (JSON), and for what the run
/// counted; `memory_origin` stands in messages about the memory. Multiplications that the table has
/// no price of have that of `relative`. Throws ConfigError.
EnergyConfig read_energy_config(const std::string& path, const std::string& memory,
                                const std::string& memory_origin,
                                const std::vector<PricedAction>& counted,
                                const RelativeEnergies& relative,
                                const RunTables& tables = built_in_tables());

/// Reads a run file; `sets` are put over it ("threshold=0.8", "accelerator.lanes=8"). What it may
/// name stands in `tables`. Throws ConfigError with file, line, key and what was expected.
RunConfig read_run_config(const std::string& path, const std::vector<ConfigAssignment>& sets,
                          const Network& network, const RunTables& tables = built_in_tables());

}  // namespace airnn
