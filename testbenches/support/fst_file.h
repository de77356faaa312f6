// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>

#include "testbenches/support/vcd_file.h"

namespace airnn::test {

/// Reads a Fast Signal Trace by `fst2vcd` of GTKWave, the program whose path is given. Throws
/// std::runtime_error as read_vcd(), and if the program fails.
VcdFile read_fst(const std::string& fst2vcd, const std::string& path);

/// What two waveforms have differently, "" for nothing. Reals are numbers, in however many digits
/// they are written.
std::string difference(const VcdFile& one, const VcdFile& other);

}  // namespace airnn::test
