// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>

#include "hw/sim/run_config.h"
#include "sw/format/memory_image.h"
#include "sw/results/run_files.h"

namespace airnn::test {

/// A run of two inputs of a small network, and what it left: result files, record, predictions.
struct SmallRun {
  MemoryImage image;
  RunConfig config;
  RunFiles files;
  std::string record;
  std::string predictions;
};

inline constexpr int kSmallRunInputs = 2;

/// The same every time. Forks, as a simulation takes a process of its own.
SmallRun small_run();

}  // namespace airnn::test
