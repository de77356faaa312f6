// SPDX-License-Identifier: Apache-2.0
#include "hw/wave/wave_states.h"

#include "hw/control/control_events.h"
#include "hw/memory/ddr3/dram_events.h"
#include "sw/format/unit_names.h"

namespace airnn {

const WaveStates& controller_states() {
  static const WaveStates states{kControllerName + std::string("_state"),
                                 {kControllerStateNames.begin(), kControllerStateNames.end()}};
  return states;
}

const WaveStates& control_kinds() {
  static const WaveStates states{"control_kind", {"reset", "configure", "start"}};
  return states;
}

const WaveStates& layer_states() {
  static const WaveStates states{"layer_state", {"idle", "issuing", "stalled", "draining"}};
  return states;
}

const WaveStates& dram_commands() {
  static const WaveStates states = [] {
    WaveStates commands{"dram_command", {"-"}};
    commands.labels.insert(commands.labels.end(), kDramMnemonics.begin(), kDramMnemonics.end());
    return commands;
  }();
  return states;
}

const WaveStates& dram_row_states() {
  static const WaveStates states{"dram_row_state", {"closed", "open", "closing"}};
  return states;
}

const WaveStates& mesh_owners() {
  static const WaveStates states{"mesh_owner", {"-", "north", "east", "south", "west", "local"}};
  return states;
}

const WaveStates& dram_power_states() {
  static const WaveStates states{"dram_power_state",
                                 {"precharge_standby", "active_standby", "precharge_power_down",
                                  "active_power_down", "self_refresh"}};
  return states;
}

}  // namespace airnn
