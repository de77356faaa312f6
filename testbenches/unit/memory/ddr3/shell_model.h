// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <deque>
#include <vector>

#include "hw/memory/ddr3/ddr3_controller.h"
#include "testbenches/unit/memory/ddr3/memory_initiator.h"

namespace airnn::test {

/// What a DDR3 controller adds to its channel, as formulas over a bare channel. With P the period
/// of the fabric, C the crossing and edges rounded up to the clock in question:
///
///  * a request that leaves the fabric in its cycle t arrives at the edge of tCK at or after
///    (t + C) * P, and at least one tCK after the one before;
///  * a place that is free from a cycle of the channel on is free in the fabric C cycles after its
///    edge at or after that; the request that waits for it leaves the fabric in this cycle, which
///    is its END_REQ;
///  * data complete in a cycle of the channel are at the fabric C cycles after its edge at or after
///    that, one burst per cycle in the order of commands.
class ShellModel final : public DramListener {
 public:
  struct Expected {
    Cycle request_free = 0;
    Cycle response = 0;
  };

  ShellModel(const Ddr3ControllerParams& params, std::uint64_t fabric_ps);

  /// In their order; takes address, direction and the begin of the request.
  void request(const MemoryAccess& access);
  /// The channel goes on up to the edge of this fabric cycle.
  void finish(Cycle fabric_cycle);

  const std::vector<Expected>& expected() const { return expected_; }
  const std::vector<CommandIssued>& commands() const { return commands_; }

  void issued(const CommandIssued& event) override { commands_.push_back(event); }
  void served(const RequestServed& event) override;

 private:
  Cycle ddr_edge(std::uint64_t ps) const { return (ps + ddr_ps_ - 1) / ddr_ps_; }
  Cycle fabric_edge(Cycle ddr_cycle) const {
    return (ddr_cycle * ddr_ps_ + fabric_ps_ - 1) / fabric_ps_;
  }

  const Ddr3ControllerParams params_;
  const std::uint64_t fabric_ps_;
  const std::uint64_t ddr_ps_;
  Ddr3Channel channel_;
  std::vector<Expected> expected_;
  std::vector<CommandIssued> commands_;
  std::vector<Cycle> returned_[2];  ///< fabric cycles of places, of reads and of writes
  std::size_t requested_[2] = {0, 0};
  Cycle last_arrival_ = 0;
  Cycle last_response_ = 0;
};

}  // namespace airnn::test
