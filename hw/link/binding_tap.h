// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <tlm>
#include <vector>

namespace airnn {

/// A non-blocking call on a binding as its caller makes it.
struct TransportCall {
  tlm::tlm_generic_payload& payload;
  bool forward;  ///< by the initiator
  tlm::tlm_phase phase;
  sc_core::sc_time delay;
  sc_core::sc_time time;  ///< of the phase: now and the delay
};

/// How the callee returned.
struct TransportReturn {
  tlm::tlm_sync_enum sync;
  const tlm::tlm_phase& phase;
  const sc_core::sc_time& delay;
  sc_core::sc_time time;
};

/// Watches a binding through a BindingTap. Passive: it may look at a payload, but not change or
/// keep it.
class BindingListener {
 public:
  virtual ~BindingListener() = default;

  virtual void called(const TransportCall& /*call*/) {}
  virtual void returned(const TransportCall& /*call*/, const TransportReturn& /*result*/) {}
  virtual void blocking_called(const tlm::tlm_generic_payload& /*payload*/,
                               const sc_core::sc_time& /*delay*/) {}
  virtual void blocking_returned(const tlm::tlm_generic_payload& /*payload*/,
                                 const sc_core::sc_time& /*delay_before*/,
                                 const sc_core::sc_time& /*delay*/) {}
  virtual void debugged(const tlm::tlm_generic_payload& /*payload*/, unsigned /*bytes*/) {}
};

/// Sits on a binding, hands every call on unchanged in no time, and lets listeners see it. Nothing
/// that passes depends on its being there.
class BindingTap : public sc_core::sc_module,
                   protected tlm::tlm_fw_transport_if<>,
                   protected tlm::tlm_bw_transport_if<> {
 public:
  tlm::tlm_target_socket<> from_initiator{"from_initiator"};
  tlm::tlm_initiator_socket<> to_target{"to_target"};

  explicit BindingTap(const sc_core::sc_module_name& name);

  /// The listener must outlive the tap. Listeners are told in the order in which they were added.
  void add(BindingListener& listener) { listeners_.push_back(&listener); }

 private:
  using Payload = tlm::tlm_generic_payload;

  template <typename Transport>
  tlm::tlm_sync_enum pass(Payload& payload, bool forward, tlm::tlm_phase& phase,
                          sc_core::sc_time& delay, Transport transport);
  tlm::tlm_sync_enum nb_transport_fw(Payload& payload, tlm::tlm_phase& phase,
                                     sc_core::sc_time& delay) override;
  tlm::tlm_sync_enum nb_transport_bw(Payload& payload, tlm::tlm_phase& phase,
                                     sc_core::sc_time& delay) override;
  void b_transport(Payload& payload, sc_core::sc_time& delay) override;
  bool get_direct_mem_ptr(Payload& payload, tlm::tlm_dmi& dmi) override;
  unsigned transport_dbg(Payload& payload) override;
  void invalidate_direct_mem_ptr(sc_dt::uint64 start, sc_dt::uint64 end) override;

  std::vector<BindingListener*> listeners_;
};

}  // namespace airnn
