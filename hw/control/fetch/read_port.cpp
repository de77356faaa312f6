// SPDX-License-Identifier: Apache-2.0
#include "hw/control/fetch/read_port.h"

#include <algorithm>
#include <utility>

#include "hw/common/attached_extension.h"
#include "hw/common/check.h"
#include "hw/common/look_ahead.h"
#include "hw/common/settle.h"

namespace airnn {

ReadPort::ReadPort(const char* name, const ClockDomain& clock, unsigned outstanding_reads)
    : tlm::tlm_initiator_socket<>(name), clock_(clock), reads_(outstanding_reads) {
  for (Read& read : reads_) {
    free_reads_.push_back(&read);
  }
  bind(static_cast<tlm::tlm_bw_transport_if<>&>(*this));
}

bool ReadPort::request(const FetchRead& read, std::uint64_t address, Cycle t) {
  MODEL_CHECK(!free_reads_.empty(), name(), "more reads in flight than outstanding_reads");
  Read& slot = *free_reads_.back();
  free_reads_.pop_back();
  slot.request = read;
  tlm::tlm_generic_payload& payload = pool_.acquire();
  payload.set_command(tlm::TLM_READ_COMMAND);
  payload.set_address(address);
  payload.set_data_ptr(slot.bytes);
  payload.set_data_length(kBurstBytes);
  payload.set_streaming_width(kBurstBytes);
  tlm::tlm_phase phase = tlm::BEGIN_REQ;
  sc_core::sc_time delay = clock_.until(t);
  channel_free_ = kNever;
  requesting_ = &payload;
  ++deferred_;
  switch ((*this)->nb_transport_fw(payload, phase, delay)) {
    case tlm::TLM_COMPLETED:
      --deferred_;
      channel_free_ = t + 1;
      requesting_ = nullptr;
      complete(payload, future_cycle(delay));
      return true;
    case tlm::TLM_UPDATED:
      take_answer(payload, phase, delay);
      return false;
    case tlm::TLM_ACCEPTED:
      // What was told of the answers did not reckon with this one's END_REQ.
      quiet_before_ = 0;
      break;
  }
  return false;
}

/// A question to a memory that knows the extension: blocking, as it takes no time and must be
/// possible while a request awaits its END_REQ.
template <typename Extension>
void ReadPort::ask(Extension& extension) {
  tlm::tlm_generic_payload& payload = pool_.acquire();
  payload.set_command(tlm::TLM_IGNORE_COMMAND);
  payload.set_address(0);
  payload.set_data_ptr(nullptr);
  payload.set_data_length(0);
  payload.set_streaming_width(0);
  {
    const AttachedExtension attached(payload, extension);
    sc_core::sc_time delay = sc_core::SC_ZERO_TIME;
    (*this)->b_transport(payload, delay);
  }
  payload.release();
}

bool ReadPort::request_train(KeptReads reads) {
  ReadTrain train;
  train.reads = std::move(reads);
  ask(train);
  return train.taken;
}

bool ReadPort::look_ahead(Cycle until) {
  if (deferred_ == 0) {
    return false;
  }
  if (until < quiet_before_) {
    return true;
  }
  LookAhead ahead;
  ahead.until = until;
  ask(ahead);
  quiet_before_ = ahead.quiet_before;
  return ahead.is_known;
}

Cycle ReadPort::settle() {
  Settle settle;
  ask(settle);
  return std::max(settle.ready, clock_.now());
}

unsigned ReadPort::debug_read(std::uint64_t address, std::uint8_t* bytes, unsigned count) {
  tlm::tlm_generic_payload payload;
  payload.set_command(tlm::TLM_READ_COMMAND);
  payload.set_address(address);
  payload.set_data_ptr(bytes);
  payload.set_data_length(count);
  payload.set_streaming_width(count);
  return (*this)->transport_dbg(payload);
}

Cycle ReadPort::future_cycle(const sc_core::sc_time& delay) const {
  const Cycle cycle = clock_.next_edge(sc_core::sc_time_stamp() + delay);
  MODEL_CHECK(cycle > clock_.now(), name(), "the memory answered without a cycle for the crossing");
  return cycle;
}

/// An answer that came with the return of the request.
void ReadPort::take_answer(tlm::tlm_generic_payload& payload, tlm::tlm_phase& phase,
                           sc_core::sc_time& delay) {
  payload.acquire();
  if (nb_transport_bw(payload, phase, delay) == tlm::TLM_COMPLETED) {
    // A response in the return path is ended by a call: the memory cannot see what was returned
    // here.
    (*this)->nb_transport_fw(payload, phase, delay);
  }
  payload.release();
}

tlm::tlm_sync_enum ReadPort::nb_transport_bw(tlm::tlm_generic_payload& payload,
                                             tlm::tlm_phase& phase, sc_core::sc_time& delay) {
  if (requesting_ == &payload) {
    // END_REQ, or BEGIN_RESP in its place. Responses to earlier reads do not free the channel.
    channel_free_ = future_cycle(delay);
    requesting_ = nullptr;
  }
  if (phase == tlm::END_REQ) {
    answer_.notify(delay);
    return tlm::TLM_ACCEPTED;
  }
  MODEL_CHECK(phase == tlm::BEGIN_RESP, name(), "the memory sent an unknown phase");
  --deferred_;
  complete(payload, future_cycle(delay));
  answer_.notify(delay);
  phase = tlm::END_RESP;
  return tlm::TLM_COMPLETED;
}

void ReadPort::complete(tlm::tlm_generic_payload& payload, Cycle cycle) {
  MODEL_CHECK(payload.is_response_ok(), name(),
              "a read was answered with " + payload.get_response_string());
  auto* slot = reinterpret_cast<Read*>(payload.get_data_ptr() - offsetof(Read, bytes));
  completion_(slot->request, slot->bytes, cycle);
  free_reads_.push_back(slot);
  payload.release();
}

}  // namespace airnn
