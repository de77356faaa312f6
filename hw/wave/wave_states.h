// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "hw/wave/wave_tree.h"

namespace airnn {

// Names of states as waveforms show them; a value is the place in the list.

const WaveStates& controller_states();  ///< ControllerState
const WaveStates& control_kinds();      ///< ControlKind
const WaveStates& layer_states();       ///< LayerState
const WaveStates& dram_commands();      ///< 0: none, then DramCommand
const WaveStates& dram_row_states();    ///< DramRowState
const WaveStates& dram_power_states();  ///< DramRankState
const WaveStates& mesh_owners();        ///< 0: none, then MeshPort

/// What a layer does in a cycle.
enum class LayerState : std::uint8_t {
  idle,
  issuing,   ///< an issue slot begins
  stalled,   ///< between slots it waits for rows
  draining,  ///< the last slot is in the pipeline
};

enum class DramRowState : std::uint8_t {
  closed,
  open,
  closing,  ///< by itself, behind a command with auto-precharge
};

enum class DramRankState : std::uint8_t {
  precharge_standby,
  active_standby,
  precharge_power_down,
  active_power_down,
  self_refresh,
};

}  // namespace airnn
