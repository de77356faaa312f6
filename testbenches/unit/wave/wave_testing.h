// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <gtest/gtest.h>
#include <unistd.h>

#include <filesystem>
#include <string>

#include "hw/wave/vcd_writer.h"
#include "hw/wave/wave_recorder.h"
#include "testbenches/support/vcd_file.h"

namespace airnn::test {

/// A file of its own for a waveform.
class WaveTest : public testing::Test {
 protected:
  ~WaveTest() override { std::filesystem::remove(file_); }
  VcdFile written() const { return read_vcd(file_); }

  const std::string file_ =
      (std::filesystem::temp_directory_path() / ("airnn-wave-" + std::to_string(getpid()) + ".vcd"))
          .string();
};

}  // namespace airnn::test
