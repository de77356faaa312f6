// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <gtest/gtest.h>

#include <string>

#include "hw/wave/vcd_writer.h"
#include "hw/wave/wave_recorder.h"
#include "testbenches/support/scratch_folder.h"
#include "testbenches/support/vcd_file.h"

namespace airnn::test {

/// A waveform in a folder of its own.
class WaveTest : public testing::Test {
 protected:
  VcdFile written() const { return read_vcd(file_); }

  const ScratchFolder folder_;
  const std::string file_ = folder_.path() + "/w.vcd";
};

}  // namespace airnn::test
