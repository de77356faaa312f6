// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <functional>
#include <tlm>
#include <utility>

namespace airnn::test {

/// What a fetch is told ahead of time.
enum class Prediction { right, missing, wrong };

/// Sits between an initiator and a memory, hands all transactions on, and spoils what transport_dbg
/// tells.
class DebugFilter final : public sc_core::sc_module,
                          private tlm::tlm_fw_transport_if<>,
                          private tlm::tlm_bw_transport_if<> {
 public:
  tlm::tlm_target_socket<> from_initiator{"from_initiator"};
  tlm::tlm_initiator_socket<> to_target{"to_target"};

  /// `distort` changes the bytes that transport_dbg read at an address; null: it reads nothing.
  using Distortion =
      std::function<void(std::uint64_t address, std::uint8_t* bytes, unsigned count)>;
  DebugFilter(const sc_core::sc_module_name& module_name, Distortion distort)
      : sc_module(module_name), distort_(std::move(distort)) {
    from_initiator.bind(static_cast<tlm::tlm_fw_transport_if<>&>(*this));
    to_target.bind(static_cast<tlm::tlm_bw_transport_if<>&>(*this));
  }

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
  unsigned transport_dbg(Payload& payload) override {
    if (!distort_) {
      return 0;
    }
    const unsigned count = to_target->transport_dbg(payload);
    distort_(payload.get_address(), payload.get_data_ptr(), count);
    return count;
  }

  const Distortion distort_;
};

}  // namespace airnn::test
