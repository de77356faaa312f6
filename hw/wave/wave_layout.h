// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>

#include "hw/wave/wave_tree.h"

namespace airnn {

/// Files beside the waveform dir/name.vcd (or .fst), for GTKWave: the layout dir/name.gtkw, with
/// the signals grouped by unit, and in dir/name.states a file per kind of states with their names.
/// A waveform that goes to a device or pipe stays nowhere, and gets none of them. Throws UserError
/// if one cannot be written.
void write_wave_layout(const WaveTree& tree, const std::string& waveform);

}  // namespace airnn
