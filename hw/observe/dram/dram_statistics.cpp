// SPDX-License-Identifier: Apache-2.0
#include "hw/observe/dram/dram_statistics.h"

namespace airnn {

namespace {
constexpr Cycle kBurstCycles = 4;  // BL8, two words per cycle
}  // namespace

void DramStatistics::repeated(const StretchSums& stretch, Cycle begin) {
  sums_.add(stretch.sums, begin);
  for (CommandIssued command : stretch.state_changes) {
    command.cycle += begin;
    states_.issued(command);
  }
}

DramCounts DramStatistics::counts() const {
  DramCounts counts = sums_.counts();
  counts.state_cycles = states_.total();
  return counts;
}

Cycle DramStatistics::data_bus_cycles() const {
  return kBurstCycles * (sums_.counts().read_commands() + sums_.counts().write_commands());
}

}  // namespace airnn
