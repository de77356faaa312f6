// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <tlm>

#include "hw/common/clock_domain.h"

namespace airnn {

/// Sits before the receiver of a credit stream. Items that would arrive in `cycle` or later are
/// accepted and never seen again; the credits of the others go back as ever. Trains are refused, so
/// that each item passes by itself.
class StuckStream final : public sc_core::sc_module,
                          private tlm::tlm_fw_transport_if<>,
                          private tlm::tlm_bw_transport_if<> {
 public:
  tlm::tlm_target_socket<> from_initiator{"from_initiator"};
  tlm::tlm_initiator_socket<> to_target{"to_target"};

  StuckStream(const sc_core::sc_module_name& name, const ClockDomain& clock, Cycle cycle);

 private:
  using Payload = tlm::tlm_generic_payload;

  tlm::tlm_sync_enum nb_transport_fw(Payload& payload, tlm::tlm_phase& phase,
                                     sc_core::sc_time& delay) override;
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

  const ClockDomain& clock_;
  const Cycle cycle_;
};

}  // namespace airnn
