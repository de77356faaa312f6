// SPDX-License-Identifier: Apache-2.0
#include "testbenches/support/memory_stub.h"

#include <algorithm>

#include "hw/common/check.h"

namespace airnn::test {

MemoryStub::MemoryStub(const sc_core::sc_module_name& module_name, const MemoryStubParams& params,
                       const ClockDomain& clock)
    : sc_module(module_name), clock_(clock), params_(params), storage_(params.capacity_bytes) {
  bus.bind(static_cast<tlm::tlm_fw_transport_if<>&>(*this));
  backdoor.register_transport_dbg(this, &MemoryStub::transport_dbg);
  SC_HAS_PROCESS(MemoryStub);
  SC_METHOD(answer);
  dont_initialize();
  sensitive << due_;
}

tlm::tlm_sync_enum MemoryStub::nb_transport_fw(tlm::tlm_generic_payload& payload,
                                               tlm::tlm_phase& phase, sc_core::sc_time& delay) {
  if (phase == tlm::END_RESP) {
    return tlm::TLM_COMPLETED;
  }
  MODEL_CHECK(phase == tlm::BEGIN_REQ, name(), "a request has another phase than BEGIN_REQ");
  const Cycle t = clock_.next_edge(sc_core::sc_time_stamp() + delay);
  const std::uint64_t n = reads_++;
  const MemorySchedule& schedule = params_.schedule;
  const Cycle accepted = t + schedule.accept(n);
  const Cycle complete = t + schedule.latency(n);
  const Cycle crossing = schedule.crossing(n);
  Cycle send = accepted - std::min(accepted - t, crossing);
  payload.acquire();
  most_in_flight_ = std::max(most_in_flight_, ++in_flight_);
  if (accepted < complete) {
    answers_.insert({send, {&payload, tlm::END_REQ, accepted, false}});
    ++send;  // phases come in order, however long they are under way
  }
  send = std::max(send, complete - std::min(complete - t, crossing));
  answers_.insert({send, {&payload, tlm::BEGIN_RESP, complete, n == params_.failing_read}});

  const auto first = answers_.begin();
  if (first->second.payload == &payload && first->first == t && !params_.off_edge) {
    const Answer now = first->second;
    answers_.erase(first);
    prepare(now, phase, delay);
    expect_next();
    return tlm::TLM_UPDATED;
  }
  expect_next();
  return tlm::TLM_ACCEPTED;
}

void MemoryStub::prepare(const Answer& answer, tlm::tlm_phase& phase, sc_core::sc_time& delay) {
  const sc_core::sc_time early = params_.off_edge ? clock_.period() / 4 : sc_core::SC_ZERO_TIME;
  phase = answer.phase;
  delay = clock_.until(answer.arrival) - early;
  if (answer.phase == tlm::BEGIN_RESP) {
    storage_.execute(*answer.payload);
    if (answer.fails) {
      answer.payload->set_response_status(tlm::TLM_GENERIC_ERROR_RESPONSE);
    }
    --in_flight_;
    answer.payload->release();
  }
}

void MemoryStub::answer() {
  const Cycle t = clock_.now();
  while (!answers_.empty() && answers_.begin()->first <= t) {
    const Answer now = answers_.begin()->second;
    answers_.erase(answers_.begin());
    tlm::tlm_phase phase;
    sc_core::sc_time delay;
    now.payload->acquire();
    prepare(now, phase, delay);
    const tlm::tlm_sync_enum sync = bus->nb_transport_bw(*now.payload, phase, delay);
    MODEL_CHECK(now.phase == tlm::END_REQ || sync == tlm::TLM_COMPLETED, name(),
                "a response was not taken");
    now.payload->release();
  }
  expect_next();
}

void MemoryStub::expect_next() {
  if (!answers_.empty()) {
    const sc_core::sc_time half = params_.off_edge ? clock_.period() / 2 : sc_core::SC_ZERO_TIME;
    due_.notify(clock_.until(answers_.begin()->first) + half);
  }
}

void MemoryStub::b_transport(tlm::tlm_generic_payload& payload, sc_core::sc_time&) {
  payload.set_response_status(tlm::TLM_COMMAND_ERROR_RESPONSE);
}

unsigned MemoryStub::transport_dbg(tlm::tlm_generic_payload& payload) {
  return storage_.debug(payload);
}

}  // namespace airnn::test
