// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <gtest/gtest.h>

#include <string>
#include <vector>

#include "hw/sim/simulation.h"
#include "testbenches/support/scratch_folder.h"
#include "testbenches/system/random_run.h"

namespace airnn::test {

/// A random small network on a random machine, which can have units in RTL; the seed decides on
/// memory and prefetch, too.
class RtlRun : public testing::TestWithParam<unsigned> {
 protected:
  using Bytes = std::vector<std::uint8_t>;

  RtlRun();

  /// Puts a library into the machine, `name` without its ending.
  void put(const std::string& unit, const std::string& name, std::uint64_t seed,
           AcceleratorParams& params) const;

  /// The record of a run with stalls of up to so many cycles.
  Bytes run(const AcceleratorParams& params, const SimulationOptions& options, Cycle stall) const;
  /// Record, waveform and timeline; of the waveform all but when items are handed over ahead of
  /// their arrival, which shows in nothing else: `free_slots` of these ports.
  void expect_same_files(const AcceleratorParams& rtl, const std::vector<std::string>& ports) const;
  void expect_same_record(const AcceleratorParams& rtl, const SimulationOptions& options,
                          Cycle stall) const;

  static constexpr unsigned kLanes = 16;  ///< of the libraries

  RandomModel random_;
  MemoryImage image_;
  AcceleratorParams params_;
  Maps inputs_;
  ScratchFolder folder_;

 private:
  CompileOptions options();
};

}  // namespace airnn::test
