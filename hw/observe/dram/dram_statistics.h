// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "hw/observe/stretch_sums.h"

namespace airnn {

/// Counts what a memory channel does. All times are tCK.
class DramStatistics final : public DramListener {
 public:
  DramStatistics(std::uint32_t ranks, std::uint32_t banks, const AutoPrechargeTiming& timing)
      : ranks_(ranks), banks_(banks), sums_(ranks, banks), states_(ranks, timing) {}

  void issued(const CommandIssued& event) override {
    sums_.issued(event);
    states_.issued(event);
  }
  void served(const RequestServed& event) override { sums_.served(event); }
  StretchSums sums_of(const DramStretch& stretch) const { return {stretch, ranks_, banks_}; }
  /// All events of a stretch that began in this cycle.
  void repeated(const StretchSums& stretch, Cycle begin);
  /// Counts the time up to `cycle`, which events to come must not precede.
  void advance(Cycle cycle) { states_.advance(cycle); }

  /// Everything up to the last advance().
  DramCounts counts() const;
  const DramPowerStates& states() const { return states_; }
  /// From acceptance of a read to its last data.
  const LatencyHistogram& read_latency() const { return sums_.read_latency(); }
  /// Column commands to one bank.
  std::uint64_t bank_columns(std::uint32_t rank, std::uint32_t bank) const {
    return sums_.bank_columns(rank, bank);
  }
  /// Cycles in which there was data on the bus.
  Cycle data_bus_cycles() const;
  /// In which the data of the last read was complete; 0 without reads.
  Cycle last_read_cycle() const { return sums_.last_read_cycle(); }
  /// The same of reads and writes.
  Cycle last_completion() const { return sums_.last_completion(); }

 private:
  std::uint32_t ranks_;
  std::uint32_t banks_;
  DramSums sums_;
  DramPowerStates states_;
};

}  // namespace airnn
