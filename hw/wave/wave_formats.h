// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <memory>
#include <string>

#include "hw/wave/wave_writer.h"

namespace airnn {

/// Throws UserError if the format that the name of the file asks for (`.fst`; all else is VCD) is
/// not in this build.
void check_wave_format(const std::string& path);

/// Creates the file in the format that its name asks for. Throws UserError as check_wave_format(),
/// and if it cannot be created. The tree must be complete and outlive the writer.
std::unique_ptr<WaveWriter> create_wave(const WaveTree& tree, const std::string& path);

}  // namespace airnn
