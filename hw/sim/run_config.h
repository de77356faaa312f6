// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>
#include <vector>

#include "hw/fault/fault.h"
#include "hw/sim/energy_model.h"
#include "hw/top/accelerator_params.h"
#include "sw/config/config_document.h"
#include "sw/config/config_tree.h"
#include "sw/format/network.h"

namespace airnn {

/// A run file (configs/run) with everything it names, checked against a network.
struct RunConfig {
  AcceleratorParams accelerator;
  EnergyModel energy;
  std::vector<Fault> faults;
  Cycle watchdog_cycles = 0;
  ConfigTree effective;  ///< what took effect, defaults included
};

/// Reads a run file; `sets` are assignments of the command line ("threshold=0.8",
/// "accelerator.lanes=8"). Throws ConfigError with file, line, key and what was expected.
RunConfig read_run_config(const std::string& path, const std::vector<std::string>& sets,
                          const Network& network);

}  // namespace airnn
