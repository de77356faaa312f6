// SPDX-License-Identifier: Apache-2.0
#include "hw/link/fault/memory_faults.h"

#include "hw/common/look_ahead.h"
#include "hw/common/read_train.h"

namespace airnn {

MemoryFaults::MemoryFaults(const sc_core::sc_module_name& module_name, const ClockDomain& clock,
                           const std::vector<Fault>& faults)
    : Interposer(module_name), clock_(clock) {
  for (const Fault& fault : faults) {
    if (fault.kind == FaultKind::dropped_burst) {
      dropped_.insert(fault.read);
    } else if (fault.kind == FaultKind::delayed_response) {
      delays_[fault.read] += fault.delay;
    }
  }
  SC_HAS_PROCESS(MemoryFaults);
  SC_METHOD(respond);
  dont_initialize();
  sensitive << ev_respond_;
}

tlm::tlm_sync_enum MemoryFaults::nb_transport_fw(Payload& payload, tlm::tlm_phase& phase,
                                                 sc_core::sc_time& delay) {
  if (phase != tlm::BEGIN_REQ || payload.get_command() != tlm::TLM_READ_COMMAND) {
    return to_target->nb_transport_fw(payload, phase, delay);
  }
  const Cycle t = clock_.next_edge(sc_core::sc_time_stamp() + delay);
  const std::uint64_t read = reads_++;
  if (dropped_.count(read) > 0) {
    phase = tlm::END_REQ;
    delay = clock_.until(t + 1);
    return tlm::TLM_UPDATED;
  }
  const auto late = delays_.find(read);
  if (late != delays_.end()) {
    delayed_[&payload] = late->second;
  }
  const tlm::tlm_sync_enum sync = to_target->nb_transport_fw(payload, phase, delay);
  if (sync != tlm::TLM_COMPLETED) {
    return sync;
  }
  respond_in(clock_.next_edge(sc_core::sc_time_stamp() + delay) + delay_of(payload), payload);
  phase = tlm::END_REQ;
  delay = clock_.until(t + 1);
  return tlm::TLM_UPDATED;
}

tlm::tlm_sync_enum MemoryFaults::nb_transport_bw(Payload& payload, tlm::tlm_phase& phase,
                                                 sc_core::sc_time& delay) {
  if (phase != tlm::BEGIN_RESP || delayed_.count(&payload) == 0) {
    return from_initiator->nb_transport_bw(payload, phase, delay);
  }
  respond_in(clock_.next_edge(sc_core::sc_time_stamp() + delay) + delay_of(payload), payload);
  phase = tlm::END_RESP;
  return tlm::TLM_COMPLETED;
}

/// Additional cycles of a read, once.
Cycle MemoryFaults::delay_of(const Payload& payload) {
  const auto found = delayed_.find(&payload);
  if (found == delayed_.end()) {
    return 0;
  }
  const Cycle delay = found->second;
  delayed_.erase(found);
  return delay;
}

/// The call is made one cycle before, as the crossing asks.
void MemoryFaults::respond_in(Cycle cycle, Payload& payload) {
  responses_.emplace(cycle, &payload);
  ev_respond_.notify(clock_.until(responses_.begin()->first - 1));
}

void MemoryFaults::respond() {
  while (!responses_.empty() && responses_.begin()->first <= clock_.now() + 1) {
    const auto [cycle, payload] = *responses_.begin();
    responses_.erase(responses_.begin());
    tlm::tlm_phase phase = tlm::BEGIN_RESP;
    sc_core::sc_time delay = clock_.until(cycle);
    from_initiator->nb_transport_bw(*payload, phase, delay);
  }
  if (!responses_.empty()) {
    ev_respond_.notify(clock_.until(responses_.begin()->first - 1));
  }
}

void MemoryFaults::b_transport(Payload& payload, sc_core::sc_time& delay) {
  if (payload.get_extension<LookAhead>() != nullptr ||
      payload.get_extension<ReadTrain>() != nullptr) {
    payload.set_response_status(tlm::TLM_OK_RESPONSE);
    return;
  }
  to_target->b_transport(payload, delay);
}

}  // namespace airnn
