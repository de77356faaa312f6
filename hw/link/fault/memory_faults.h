// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <map>
#include <set>
#include <vector>

#include "hw/common/clock_domain.h"
#include "hw/link/fault/fault.h"
#include "hw/link/interposer.h"

namespace airnn {

/// Sits before a memory. Reads that a fault names are answered late or never. Every answer is given
/// in its own cycle, never ahead of the kernel's time, which takes longer but changes no cycle:
/// what happens to the memory meanwhile is seen by the reads behind it.
class MemoryFaults final : public Interposer {
 public:
  MemoryFaults(const sc_core::sc_module_name& name, const ClockDomain& clock,
               const std::vector<Fault>& faults);

 private:
  tlm::tlm_sync_enum nb_transport_fw(Payload& payload, tlm::tlm_phase& phase,
                                     sc_core::sc_time& delay) override;
  tlm::tlm_sync_enum nb_transport_bw(Payload& payload, tlm::tlm_phase& phase,
                                     sc_core::sc_time& delay) override;
  void b_transport(Payload& payload, sc_core::sc_time& delay) override;

  void respond_in(Cycle cycle, Payload& payload);
  void respond();
  Cycle delay_of(const Payload& payload);

  const ClockDomain& clock_;
  std::set<std::uint64_t> dropped_;
  std::map<std::uint64_t, Cycle> delays_;
  std::uint64_t reads_ = 0;
  std::map<const Payload*, Cycle> delayed_;   ///< in the memory
  std::multimap<Cycle, Payload*> responses_;  ///< to be given in a cycle
  sc_core::sc_event ev_respond_{"response_due"};
};

}  // namespace airnn
