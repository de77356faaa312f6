// SPDX-License-Identifier: Apache-2.0
#include "hw/monitor/base_protocol_monitor.h"

#include <algorithm>

namespace airnn {

namespace {

std::string text_of(const tlm::tlm_phase& phase) {
  return phase.get_name();
}

}  // namespace

void BaseProtocolMonitor::called(const TransportCall& call) {
  if (call.forward) {
    check_forward(call);
  } else {
    check_backward(call);
  }
}

void BaseProtocolMonitor::check_forward(const TransportCall& call) {
  if (!call.payload.has_mm()) {
    report("a transaction without memory manager");
  }
  if (call.payload.get_ref_count() < 1) {
    report("a transaction without a reference");
  }
  if (call.phase == tlm::BEGIN_REQ) {
    begin(call);
    return;
  }
  if (call.phase != tlm::END_RESP) {
    report("the initiator sends " + text_of(call.phase));
  }
  const std::size_t place = find(call.payload);
  if (place == kNone) {
    report(text_of(call.phase) + " of a transaction that is not under way");
    return;
  }
  if (transactions_under_way_[place].phase != tlm::BEGIN_RESP) {
    report("END_RESP without BEGIN_RESP");
  }
  check_attributes(place);
  enter(place, call.phase, call.time);
}

void BaseProtocolMonitor::begin(const TransportCall& call) {
  const Payload& payload = call.payload;
  ++transactions_;
  if (requesting_ != nullptr) {
    report("BEGIN_REQ before END_REQ of the request before it");
  }
  std::size_t place = find(payload);
  if (place != kNone) {
    report("BEGIN_REQ of a transaction that is under way");
  } else if (free_.empty()) {
    place = live_.size();
    live_.push_back(&payload);
    transactions_under_way_.emplace_back();
  } else {
    place = free_.back();
    free_.pop_back();
    live_[place] = &payload;
  }
  check_new_attributes(payload);
  transactions_under_way_[place] = {
      tlm::UNINITIALIZED_PHASE,      {},
      tlm::TLM_INCOMPLETE_RESPONSE,  payload.get_command(),
      payload.get_address(),         payload.get_data_ptr(),
      payload.get_data_length(),     payload.get_streaming_width(),
      payload.get_byte_enable_ptr(), payload.get_byte_enable_length()};
  enter(place, call.phase, call.time);
}

void BaseProtocolMonitor::check_backward(const TransportCall& call) {
  const std::size_t place = find(call.payload);
  if (place == kNone) {
    report(text_of(call.phase) + " of a transaction that is not under way");
    return;
  }
  check_attributes(place);
  const tlm::tlm_phase& last = transactions_under_way_[place].phase;
  const bool is_request = last == tlm::BEGIN_REQ || last == tlm::END_REQ;
  if (call.phase == tlm::END_REQ) {
    if (last != tlm::BEGIN_REQ) {
      report("END_REQ without BEGIN_REQ");
    }
  } else if (call.phase != tlm::BEGIN_RESP) {
    report("the target sends " + text_of(call.phase));
  } else if (!is_request) {
    report("BEGIN_RESP without request");
  }
  enter(place, call.phase, call.time);
}

void BaseProtocolMonitor::enter(std::size_t place, const tlm::tlm_phase& phase,
                                const sc_core::sc_time& time) {
  Transaction& transaction = transactions_under_way_[place];
  const Payload* payload = live_[place];
  if (transaction.phase != tlm::UNINITIALIZED_PHASE && time < transaction.time) {
    report(text_of(phase) + " lies before " + text_of(transaction.phase));
  }
  transaction.time = time;
  if (phase == tlm::BEGIN_REQ) {
    requesting_ = payload;
  } else if (requesting_ == payload) {
    requesting_ = nullptr;  // BEGIN_RESP stands for END_REQ where that did not come
  }
  if (phase == tlm::BEGIN_RESP) {
    if (responding_ != nullptr) {
      report("BEGIN_RESP before END_RESP of the response before it");
    }
    transaction.status = payload->get_response_status();
    if (transaction.status == tlm::TLM_INCOMPLETE_RESPONSE) {
      report("BEGIN_RESP without response status");
    }
    responding_ = payload;
  }
  transaction.phase = phase;
  if (phase == tlm::END_RESP) {
    finish(place);
  }
}

void BaseProtocolMonitor::returned(const TransportCall& call, const TransportReturn& result) {
  if (result.sync == tlm::TLM_ACCEPTED) {
    if (result.phase != call.phase) {
      report("TLM_ACCEPTED with a changed phase");
    }
    if (result.delay != call.delay) {
      report("TLM_ACCEPTED with a changed delay");
    }
    return;
  }
  if (result.delay < call.delay) {
    report("an answer that goes back in time");
  }
  const std::size_t place = find(call.payload);
  if (place == kNone) {
    if (result.sync != tlm::TLM_COMPLETED || call.phase != tlm::END_RESP) {
      report("an answer on a transaction that has ended");
    }
    return;
  }
  if (result.sync == tlm::TLM_COMPLETED) {
    check_attributes(place);
    if (call.payload.get_response_status() == tlm::TLM_INCOMPLETE_RESPONSE) {
      report("TLM_COMPLETED without response status");
    }
    finish(place);
    return;
  }
  const bool right_side = call.forward
                              ? result.phase == tlm::END_REQ || result.phase == tlm::BEGIN_RESP
                              : result.phase == tlm::END_RESP;
  if (!right_side) {
    report("TLM_UPDATED with " + text_of(result.phase));
  }
  enter(place, result.phase, result.time);
}

void BaseProtocolMonitor::check_new_attributes(const Payload& payload) {
  if (payload.get_response_status() != tlm::TLM_INCOMPLETE_RESPONSE) {
    report("a request that has a response status");
  }
  if (payload.is_dmi_allowed()) {
    report("a request that allows direct memory access");
  }
  if (payload.get_command() == tlm::TLM_IGNORE_COMMAND) {
    return;
  }
  if (payload.get_data_ptr() == nullptr || payload.get_data_length() == 0) {
    report("a read or write without data");
  }
  if (payload.get_streaming_width() == 0) {
    report("a read or write with streaming width 0");
  }
  if (payload.get_byte_enable_ptr() != nullptr && payload.get_byte_enable_length() == 0) {
    report("byte enables without length");
  }
}

void BaseProtocolMonitor::check_attributes(std::size_t place) {
  const Payload& payload = *live_[place];
  const Transaction& transaction = transactions_under_way_[place];
  if (payload.get_command() != transaction.command ||
      payload.get_address() != transaction.address || payload.get_data_ptr() != transaction.data ||
      payload.get_data_length() != transaction.length ||
      payload.get_streaming_width() != transaction.streaming_width ||
      payload.get_byte_enable_ptr() != transaction.byte_enable ||
      payload.get_byte_enable_length() != transaction.byte_enable_length) {
    report("attributes changed under way");
  }
  if (transaction.phase == tlm::BEGIN_RESP && payload.get_response_status() != transaction.status) {
    report("response status changed after BEGIN_RESP");
  }
}

void BaseProtocolMonitor::finish(std::size_t place) {
  requesting_ = requesting_ == live_[place] ? nullptr : requesting_;
  responding_ = responding_ == live_[place] ? nullptr : responding_;
  live_[place] = nullptr;
  free_.push_back(place);
}

std::size_t BaseProtocolMonitor::find(const Payload& payload) {
  if (last_ < live_.size() && live_[last_] == &payload) {
    return last_;
  }
  const auto found = std::find(live_.begin(), live_.end(), &payload);
  if (found == live_.end()) {
    return kNone;
  }
  last_ = static_cast<std::size_t>(found - live_.begin());
  return last_;
}

sc_core::sc_time BaseProtocolMonitor::oldest() const {
  sc_core::sc_time oldest = sc_core::sc_max_time();
  for (std::size_t place = 0; place < live_.size(); ++place) {
    if (live_[place] != nullptr) {
      oldest = std::min(oldest, transactions_under_way_[place].time);
    }
  }
  return oldest;
}

void BaseProtocolMonitor::blocking_called(const Payload& payload,
                                          const sc_core::sc_time& /*delay*/) {
  ++transactions_;
  check_new_attributes(payload);
}

void BaseProtocolMonitor::blocking_returned(const Payload& payload,
                                            const sc_core::sc_time& delay_before,
                                            const sc_core::sc_time& delay) {
  if (delay < delay_before) {
    report("b_transport goes back in time");
  }
  if (payload.get_response_status() == tlm::TLM_INCOMPLETE_RESPONSE) {
    report("b_transport without response status");
  }
}

void BaseProtocolMonitor::debugged(const Payload& payload, unsigned bytes) {
  if (bytes > payload.get_data_length()) {
    report("transport_dbg with more bytes than were asked for");
  }
}

}  // namespace airnn
