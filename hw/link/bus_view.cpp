// SPDX-License-Identifier: Apache-2.0
#include "hw/link/bus_view.h"

namespace airnn {

void BusView::called(const TransportCall& call) {
  const tlm::tlm_generic_payload& payload = call.payload;
  if (call.phase == tlm::BEGIN_REQ) {
    offered_ = &payload;
    on_request.emit({clock_.next_edge(call.time), payload.get_address(), payload.get_data_length(),
                     payload.get_command() == tlm::TLM_WRITE_COMMAND});
  } else if (call.phase == tlm::END_REQ) {
    accept(payload, call.time);
  } else if (call.phase == tlm::BEGIN_RESP) {
    respond(payload, call.time);
  }
}

void BusView::returned(const TransportCall& call, const TransportReturn& result) {
  if (call.phase != tlm::BEGIN_REQ || result.sync == tlm::TLM_ACCEPTED) {
    return;
  }
  if (result.sync == tlm::TLM_COMPLETED) {
    // The memory knows the completion ahead; the channel is free in the next cycle.
    accept(call.payload, call.time + clock_.period());
    respond(call.payload, result.time);
  } else if (result.phase == tlm::END_REQ) {
    accept(call.payload, result.time);
  } else {
    respond(call.payload, result.time);
  }
}

void BusView::blocking_returned(const tlm::tlm_generic_payload& payload,
                                const sc_core::sc_time& /*delay_before*/,
                                const sc_core::sc_time& /*delay*/) {
  const auto* train = payload.get_extension<ReadTrain>();
  if (train != nullptr && train->taken) {
    on_train.emit({clock_.now(), train->reads});
  }
}

void BusView::accept(const tlm::tlm_generic_payload& payload, const sc_core::sc_time& time) {
  offered_ = nullptr;
  if (on_accepted.heard()) {
    on_accepted.emit({clock_.next_edge(time), payload.get_address()});
  }
}

void BusView::respond(const tlm::tlm_generic_payload& payload, const sc_core::sc_time& time) {
  if (offered_ == &payload) {
    accept(payload, time);
  }
  on_response.emit({clock_.next_edge(time), payload.get_address(),
                    payload.get_command() == tlm::TLM_WRITE_COMMAND, payload.get_data_ptr()});
}

}  // namespace airnn
