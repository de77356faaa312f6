// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <map>
#include <set>
#include <tlm>
#include <vector>

#include "hw/common/clock_domain.h"
#include "hw/fault/fault.h"

namespace airnn {

/// Sits before a memory. Reads that a fault names are answered late or never. Every answer is given
/// in its own cycle, never ahead of the kernel's time, which takes longer but changes no cycle:
/// what happens to the memory meanwhile is seen by the reads behind it.
class MemoryFaults final : public sc_core::sc_module,
                           private tlm::tlm_fw_transport_if<>,
                           private tlm::tlm_bw_transport_if<> {
 public:
  tlm::tlm_target_socket<> from_initiator{"from_initiator"};
  tlm::tlm_initiator_socket<> to_target{"to_target"};

  MemoryFaults(const sc_core::sc_module_name& name, const ClockDomain& clock,
               const std::vector<Fault>& faults);

 private:
  using Payload = tlm::tlm_generic_payload;

  tlm::tlm_sync_enum nb_transport_fw(Payload& payload, tlm::tlm_phase& phase,
                                     sc_core::sc_time& delay) override;
  tlm::tlm_sync_enum nb_transport_bw(Payload& payload, tlm::tlm_phase& phase,
                                     sc_core::sc_time& delay) override;
  void b_transport(Payload& payload, sc_core::sc_time& delay) override;
  bool get_direct_mem_ptr(Payload&, tlm::tlm_dmi&) override { return false; }
  void invalidate_direct_mem_ptr(sc_dt::uint64, sc_dt::uint64) override {}
  unsigned transport_dbg(Payload& payload) override { return to_target->transport_dbg(payload); }

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
