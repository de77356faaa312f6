// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <tlm>

namespace airnn {

/// Sits on a binding and hands every call on; those derived from it do something else with some.
class Interposer : public sc_core::sc_module,
                   protected tlm::tlm_fw_transport_if<>,
                   protected tlm::tlm_bw_transport_if<> {
 public:
  tlm::tlm_target_socket<> from_initiator{"from_initiator"};
  tlm::tlm_initiator_socket<> to_target{"to_target"};

  explicit Interposer(const sc_core::sc_module_name& module_name) : sc_module(module_name) {
    from_initiator.bind(static_cast<tlm::tlm_fw_transport_if<>&>(*this));
    to_target.bind(static_cast<tlm::tlm_bw_transport_if<>&>(*this));
  }

 protected:
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
};

}  // namespace airnn
