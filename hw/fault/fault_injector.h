// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <memory>
#include <string>
#include <vector>

#include "hw/common/clock_domain.h"
#include "hw/fault/bit_flips.h"
#include "hw/fault/fault.h"
#include "hw/fault/memory_faults.h"
#include "hw/fault/stuck_stream.h"

namespace airnn {

/// Puts the modules of faults before the targets that they belong to, while the machine is bound.
class FaultInjector {
 public:
  FaultInjector(std::vector<Fault> faults, const ClockDomain& clock);

  /// The socket to bind instead of `to`, where the initiator is called `from` ("host.memory",
  /// "controller.memory", or a stream's sender).
  tlm::tlm_target_socket<>& before_target(const std::string& from, tlm::tlm_target_socket<>& to);

 private:
  bool has(FaultKind kind) const;

  const std::vector<Fault> faults_;
  const ClockDomain clock_;
  std::unique_ptr<BitFlips> bit_flips_;
  std::unique_ptr<MemoryFaults> memory_faults_;
  std::vector<std::unique_ptr<StuckStream>> stuck_streams_;
};

}  // namespace airnn
