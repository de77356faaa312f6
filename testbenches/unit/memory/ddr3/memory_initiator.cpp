// SPDX-License-Identifier: Apache-2.0
#include "testbenches/unit/memory/ddr3/memory_initiator.h"

#include <algorithm>

#include "hw/common/settle.h"

namespace airnn::test {

MemoryInitiator::MemoryInitiator(const sc_core::sc_module_name& module_name,
                                 const ClockDomain& clock)
    : sc_module(module_name), clock_(clock) {
  bus.bind(static_cast<tlm::tlm_bw_transport_if<>&>(*this));
  SC_HAS_PROCESS(MemoryInitiator);
  SC_THREAD(run);
  SC_METHOD(end_response);
  dont_initialize();
  sensitive << ev_end_;
}

void MemoryInitiator::run() {
  script();
  finished_ = true;
}

void MemoryInitiator::wait_until(Cycle cycle) {
  const sc_core::sc_time time = clock_.until(cycle);
  if (time != sc_core::SC_ZERO_TIME) {
    sc_core::wait(time);
  }
}

void MemoryInitiator::send(MemoryAccess& access) {
  while (requesting_ != nullptr) {
    sc_core::wait(ev_free_);
  }
  access.begun =
      std::max({access.not_before, channel_free_, clock_.next_edge(sc_core::sc_time_stamp())});
  wait_until(access.begun - std::min(access.ahead, access.begun));
  tlm::tlm_generic_payload& payload = pool_.acquire();
  payload.set_command(access.is_write ? tlm::TLM_WRITE_COMMAND : tlm::TLM_READ_COMMAND);
  payload.set_address(access.address);
  payload.set_data_ptr(access.bytes.data());
  payload.set_data_length(static_cast<unsigned>(access.bytes.size()));
  payload.set_streaming_width(static_cast<unsigned>(access.bytes.size()));
  under_way_[&payload] = &access;
  tlm::tlm_phase phase = tlm::BEGIN_REQ;
  sc_core::sc_time delay = clock_.until(access.begun);
  requesting_ = &payload;
  switch (bus->nb_transport_fw(payload, phase, delay)) {
    case tlm::TLM_COMPLETED:
      requesting_ = nullptr;
      channel_free_ = access.begun + 1;
      complete(payload);
      break;
    case tlm::TLM_UPDATED:
      free_request(access, delay);
      break;
    case tlm::TLM_ACCEPTED:
      access.was_held = true;
      break;
  }
}

void MemoryInitiator::play(std::deque<MemoryAccess>& accesses) {
  for (MemoryAccess& access : accesses) {
    send(access);
  }
  while (!under_way_.empty()) {
    sc_core::wait(ev_done_);
  }
}

Cycle MemoryInitiator::settle() {
  Settle settle;
  tlm::tlm_generic_payload& payload = pool_.acquire();
  payload.set_command(tlm::TLM_IGNORE_COMMAND);
  payload.set_extension(&settle);
  sc_core::sc_time delay = sc_core::SC_ZERO_TIME;
  bus->b_transport(payload, delay);
  payload.clear_extension(&settle);
  payload.release();
  return settle.ready;
}

unsigned MemoryInitiator::debug(tlm::tlm_command command, std::uint64_t address,
                                std::uint8_t* bytes, unsigned count) {
  tlm::tlm_generic_payload payload;
  payload.set_command(command);
  payload.set_address(address);
  payload.set_data_ptr(bytes);
  payload.set_data_length(count);
  payload.set_streaming_width(count);
  return bus->transport_dbg(payload);
}

void MemoryInitiator::free_request(MemoryAccess& access, const sc_core::sc_time& delay) {
  requesting_ = nullptr;
  access.request_free = channel_free_ = cycle_after(delay);
  ev_free_.notify(sc_core::SC_ZERO_TIME);
}

tlm::tlm_sync_enum MemoryInitiator::nb_transport_bw(tlm::tlm_generic_payload& payload,
                                                    tlm::tlm_phase& phase,
                                                    sc_core::sc_time& delay) {
  MemoryAccess& access = *under_way_.at(&payload);
  if (requesting_ == &payload) {
    free_request(access, delay);
  }
  if (phase == tlm::END_REQ) {
    return tlm::TLM_ACCEPTED;
  }
  access.response = cycle_after(delay);
  const std::uint64_t n = responses_++;
  const sc_core::sc_time hold = hold_response ? hold_response(n) : sc_core::SC_ZERO_TIME;
  if (hold == sc_core::SC_ZERO_TIME) {
    phase = tlm::END_RESP;
    complete(payload);
    // Both are ways to end a response in the call.
    return n % 2 == 0 ? tlm::TLM_COMPLETED : tlm::TLM_UPDATED;
  }
  ending_ = &payload;
  ev_end_.notify(delay + hold);
  return tlm::TLM_ACCEPTED;
}

void MemoryInitiator::end_response() {
  tlm::tlm_generic_payload& payload = *ending_;
  ending_ = nullptr;
  tlm::tlm_phase phase = tlm::END_RESP;
  sc_core::sc_time delay = sc_core::SC_ZERO_TIME;
  bus->nb_transport_fw(payload, phase, delay);
  complete(payload);
}

void MemoryInitiator::complete(tlm::tlm_generic_payload& payload) {
  MemoryAccess& access = *under_way_.at(&payload);
  ++access.completions;
  access.status = payload.get_response_status();
  under_way_.erase(&payload);
  payload.release();
  if (under_way_.empty()) {
    ev_done_.notify(sc_core::SC_ZERO_TIME);
  }
}

}  // namespace airnn::test
