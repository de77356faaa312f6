// SPDX-License-Identifier: Apache-2.0
#include "hw/link/binding_tap.h"

namespace airnn {

namespace {

/// The receiver of a call may give the transaction back within it.
class Keeper {
 public:
  explicit Keeper(tlm::tlm_generic_payload& payload) : payload_(payload) {
    if (payload_.has_mm()) {
      payload_.acquire();
    }
  }
  ~Keeper() {
    if (payload_.has_mm()) {
      payload_.release();
    }
  }
  Keeper(const Keeper&) = delete;
  Keeper& operator=(const Keeper&) = delete;

 private:
  tlm::tlm_generic_payload& payload_;
};

}  // namespace

BindingTap::BindingTap(const sc_core::sc_module_name& module_name) : sc_module(module_name) {
  from_initiator.bind(static_cast<tlm::tlm_fw_transport_if<>&>(*this));
  to_target.bind(static_cast<tlm::tlm_bw_transport_if<>&>(*this));
}

/// `transport` hands the call on.
template <typename Transport>
tlm::tlm_sync_enum BindingTap::pass(Payload& payload, bool forward, tlm::tlm_phase& phase,
                                    sc_core::sc_time& delay, Transport transport) {
  const sc_core::sc_time now = sc_core::sc_time_stamp();
  const TransportCall call{payload, forward, phase, delay, now + delay};
  for (BindingListener* listener : listeners_) {
    listener->called(call);
  }
  const Keeper keeper(payload);
  const tlm::tlm_sync_enum sync = transport();
  const TransportReturn result{sync, phase, delay, now + delay};
  for (BindingListener* listener : listeners_) {
    listener->returned(call, result);
  }
  return sync;
}

tlm::tlm_sync_enum BindingTap::nb_transport_fw(Payload& payload, tlm::tlm_phase& phase,
                                               sc_core::sc_time& delay) {
  return pass(payload, true, phase, delay,
              [&] { return to_target->nb_transport_fw(payload, phase, delay); });
}

tlm::tlm_sync_enum BindingTap::nb_transport_bw(Payload& payload, tlm::tlm_phase& phase,
                                               sc_core::sc_time& delay) {
  return pass(payload, false, phase, delay,
              [&] { return from_initiator->nb_transport_bw(payload, phase, delay); });
}

void BindingTap::b_transport(Payload& payload, sc_core::sc_time& delay) {
  const sc_core::sc_time delay_before = delay;
  for (BindingListener* listener : listeners_) {
    listener->blocking_called(payload, delay);
  }
  to_target->b_transport(payload, delay);
  for (BindingListener* listener : listeners_) {
    listener->blocking_returned(payload, delay_before, delay);
  }
}

bool BindingTap::get_direct_mem_ptr(Payload& payload, tlm::tlm_dmi& dmi) {
  return to_target->get_direct_mem_ptr(payload, dmi);
}

unsigned BindingTap::transport_dbg(Payload& payload) {
  const unsigned bytes = to_target->transport_dbg(payload);
  for (BindingListener* listener : listeners_) {
    listener->debugged(payload, bytes);
  }
  return bytes;
}

void BindingTap::invalidate_direct_mem_ptr(sc_dt::uint64 start, sc_dt::uint64 end) {
  from_initiator->invalidate_direct_mem_ptr(start, end);
}

}  // namespace airnn
