// SPDX-License-Identifier: Apache-2.0
#include "hw/observe/dram_statistics.h"

#include <algorithm>

namespace airnn {

namespace {
constexpr Cycle kBurstCycles = 4;  // BL8, two words per cycle
}  // namespace

void DramStatistics::issued(const CommandIssued& event) {
  ++counts_.commands[static_cast<std::size_t>(event.command)];
  if (is_column(event.command)) {
    ++columns_[std::size_t{event.place.rank} * banks_ + event.place.bank];
  }
  states_.issued(event);
}

void DramStatistics::served(const RequestServed& event) {
  ++counts_.outcomes[static_cast<std::size_t>(event.outcome)];
  last_completion_ = std::max(last_completion_, event.complete);
  if (event.is_write) {
    ++counts_.writes;
    return;
  }
  ++counts_.reads;
  read_latency_.add(event.complete - event.arrival);
  last_read_cycle_ = std::max(last_read_cycle_, event.complete);
}

DramCounts DramStatistics::counts() const {
  DramCounts counts = counts_;
  counts.state_cycles = states_.total();
  return counts;
}

Cycle DramStatistics::data_bus_cycles() const {
  return kBurstCycles * (counts_.read_commands() + counts_.write_commands());
}

}  // namespace airnn
