// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <vector>

#include "hw/observe/dram_counts.h"
#include "hw/observe/latency_histogram.h"

namespace airnn {

/// Counts what a memory channel does. All times are tCK.
class DramStatistics final : public DramListener {
 public:
  DramStatistics(std::uint32_t ranks, std::uint32_t banks, const AutoPrechargeTiming& timing)
      : banks_(banks), states_(ranks, timing), columns_(std::size_t{ranks} * banks) {}

  void issued(const CommandIssued& event) override;
  void served(const RequestServed& event) override;
  /// Counts the time up to `cycle`, which events to come must not precede.
  void advance(Cycle cycle) { states_.advance(cycle); }

  /// Everything up to the last advance().
  DramCounts counts() const;
  const DramPowerStates& states() const { return states_; }
  /// From acceptance of a read to its last data.
  const LatencyHistogram& read_latency() const { return read_latency_; }
  /// Column commands to one bank.
  std::uint64_t bank_columns(std::uint32_t rank, std::uint32_t bank) const {
    return columns_[std::size_t{rank} * banks_ + bank];
  }
  /// Cycles in which there was data on the bus.
  Cycle data_bus_cycles() const;
  /// In which the data of the last read was complete; 0 without reads.
  Cycle last_read_cycle() const { return last_read_cycle_; }
  /// The same of reads and writes.
  Cycle last_completion() const { return last_completion_; }

 private:
  std::uint32_t banks_;
  DramCounts counts_;  ///< but for the time in states, which states_ has
  DramPowerStates states_;
  LatencyHistogram read_latency_;
  std::vector<std::uint64_t> columns_;  ///< by rank and bank
  Cycle last_read_cycle_ = 0;
  Cycle last_completion_ = 0;
};

}  // namespace airnn
