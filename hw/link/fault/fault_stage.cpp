// SPDX-License-Identifier: Apache-2.0
#include "hw/link/fault/fault_stage.h"

#include <algorithm>
#include <utility>

#include "sw/format/unit_names.h"

namespace airnn {

namespace {

std::string memory_socket(const char* unit) {
  return unit + std::string(".memory");
}

}  // namespace

FaultStage::FaultStage(std::vector<Fault> faults, const ClockDomain& clock)
    : faults_(std::move(faults)), clock_(clock) {}

bool FaultStage::has(FaultKind kind) const {
  return std::any_of(faults_.begin(), faults_.end(),
                     [kind](const Fault& fault) { return fault.kind == kind; });
}

tlm::tlm_target_socket<>& FaultStage::insert(const Binding& binding, tlm::tlm_target_socket<>& to) {
  const std::string from = binding.sender();
  if (from == memory_socket(kHostName) && has(FaultKind::bit_flip)) {
    bit_flips_ = std::make_unique<BitFlips>("bit_flips", clock_, faults_);
    bit_flips_->to_target.bind(to);
    return bit_flips_->from_initiator;
  }
  if (from == memory_socket(kControllerName) &&
      (has(FaultKind::bit_flip) || has(FaultKind::delayed_response) ||
       has(FaultKind::dropped_burst))) {
    memory_faults_ = std::make_unique<MemoryFaults>("memory_faults", clock_, faults_);
    memory_faults_->to_target.bind(to);
    return memory_faults_->from_initiator;
  }
  Cycle cycle = kNever;
  for (const Fault& fault : faults_) {
    if (fault.kind == FaultKind::stuck_stream && fault.stream == from) {
      cycle = std::min(cycle, fault.cycle);
    }
  }
  if (cycle == kNever) {
    return to;
  }
  stuck_streams_.push_back(
      std::make_unique<StuckStream>(sc_core::sc_gen_unique_name("stuck_stream"), clock_, cycle));
  stuck_streams_.back()->to_target.bind(to);
  return stuck_streams_.back()->from_initiator;
}

}  // namespace airnn
