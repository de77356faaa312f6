// SPDX-License-Identifier: Apache-2.0
#include "hw/link/fault/stuck_stream.h"

namespace airnn {

StuckStream::StuckStream(const sc_core::sc_module_name& module_name, const ClockDomain& clock,
                         Cycle cycle)
    : Interposer(module_name), clock_(clock), cycle_(cycle) {}

tlm::tlm_sync_enum StuckStream::nb_transport_fw(Payload& payload, tlm::tlm_phase& phase,
                                                sc_core::sc_time& delay) {
  if (payload.get_command() == tlm::TLM_IGNORE_COMMAND) {
    payload.set_response_status(tlm::TLM_BURST_ERROR_RESPONSE);
    return tlm::TLM_COMPLETED;
  }
  if (clock_.next_edge(sc_core::sc_time_stamp() + delay) < cycle_) {
    return to_target->nb_transport_fw(payload, phase, delay);
  }
  phase = tlm::END_REQ;
  return tlm::TLM_UPDATED;
}

}  // namespace airnn
