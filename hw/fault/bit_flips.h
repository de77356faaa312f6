// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstddef>
#include <tlm>
#include <vector>

#include "hw/common/clock_domain.h"
#include "hw/fault/fault.h"

namespace airnn {

/// Sits between the host and the memory's backdoor, by which it inverts bits of the content: a read
/// that the memory accepts in the fault's cycle or later sees it. A bit behind the content is none.
class BitFlips final : public sc_core::sc_module,
                       private tlm::tlm_fw_transport_if<>,
                       private tlm::tlm_bw_transport_if<> {
 public:
  tlm::tlm_target_socket<> from_initiator{"from_initiator"};
  tlm::tlm_initiator_socket<> to_target{"to_target"};

  BitFlips(const sc_core::sc_module_name& name, const ClockDomain& clock,
           const std::vector<Fault>& faults);

 private:
  using Payload = tlm::tlm_generic_payload;

  tlm::tlm_sync_enum nb_transport_fw(Payload& payload, tlm::tlm_phase& phase,
                                     sc_core::sc_time& delay) override {
    return to_target->nb_transport_fw(payload, phase, delay);
  }
  tlm::tlm_sync_enum nb_transport_bw(Payload& payload, tlm::tlm_phase& phase,
                                     sc_core::sc_time& delay) override {
    return from_initiator->nb_transport_bw(payload, phase, delay);
  }
  void b_transport(Payload& payload, sc_core::sc_time& delay) override {
    to_target->b_transport(payload, delay);
  }
  bool get_direct_mem_ptr(Payload&, tlm::tlm_dmi&) override { return false; }
  void invalidate_direct_mem_ptr(sc_dt::uint64, sc_dt::uint64) override {}
  unsigned transport_dbg(Payload& payload) override { return to_target->transport_dbg(payload); }

  void flip();
  void invert(const Fault& fault);

  const ClockDomain& clock_;
  std::vector<Fault> flips_;  ///< ascending by cycle
  std::size_t next_ = 0;
};

}  // namespace airnn
