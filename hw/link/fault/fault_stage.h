// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <memory>
#include <vector>

#include "hw/common/clock_domain.h"
#include "hw/link/fault/bit_flips.h"
#include "hw/link/fault/fault.h"
#include "hw/link/fault/memory_faults.h"
#include "hw/link/fault/stuck_stream.h"
#include "hw/link/wiring.h"

namespace airnn {

/// Puts the modules of faults before the targets that they belong to, while the machine is bound.
class FaultStage final : public WiringStage {
 public:
  FaultStage(std::vector<Fault> faults, const ClockDomain& clock);

  tlm::tlm_target_socket<>& insert(const Binding& binding, tlm::tlm_target_socket<>& to) override;

 private:
  bool has(FaultKind kind) const;

  const std::vector<Fault> faults_;
  const ClockDomain clock_;
  std::unique_ptr<BitFlips> bit_flips_;
  std::unique_ptr<MemoryFaults> memory_faults_;
  std::vector<std::unique_ptr<StuckStream>> stuck_streams_;
};

}  // namespace airnn
