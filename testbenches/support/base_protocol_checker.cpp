// SPDX-License-Identifier: Apache-2.0
#include "testbenches/support/base_protocol_checker.h"

namespace airnn::test {

namespace {

std::string text_of(const tlm::tlm_phase& phase) {
  return phase.get_name();
}

sc_core::sc_time annotated(const sc_core::sc_time& delay) {
  return sc_core::sc_time_stamp() + delay;
}

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

BaseProtocolChecker::BaseProtocolChecker(const sc_core::sc_module_name& module_name)
    : sc_module(module_name) {
  from_initiator.bind(static_cast<tlm::tlm_fw_transport_if<>&>(*this));
  to_target.bind(static_cast<tlm::tlm_bw_transport_if<>&>(*this));
}

void BaseProtocolChecker::require(bool condition, const std::string& rule) {
  if (!condition) {
    violations_.push_back(std::string(name()) + " at " + sc_core::sc_time_stamp().to_string() +
                          ": " + rule);
  }
}

tlm::tlm_sync_enum BaseProtocolChecker::nb_transport_fw(Payload& payload, tlm::tlm_phase& phase,
                                                        sc_core::sc_time& delay) {
  const tlm::tlm_phase phase_before = phase;
  const sc_core::sc_time delay_before = delay;
  check_forward(payload, phase, delay);
  const Keeper keeper(payload);
  const tlm::tlm_sync_enum sync = to_target->nb_transport_fw(payload, phase, delay);
  check_return(payload, sync, true, phase_before, phase, delay_before, delay);
  return sync;
}

tlm::tlm_sync_enum BaseProtocolChecker::nb_transport_bw(Payload& payload, tlm::tlm_phase& phase,
                                                        sc_core::sc_time& delay) {
  const tlm::tlm_phase phase_before = phase;
  const sc_core::sc_time delay_before = delay;
  check_backward(payload, phase, delay);
  const Keeper keeper(payload);
  const tlm::tlm_sync_enum sync = from_initiator->nb_transport_bw(payload, phase, delay);
  check_return(payload, sync, false, phase_before, phase, delay_before, delay);
  return sync;
}

void BaseProtocolChecker::check_forward(Payload& payload, const tlm::tlm_phase& phase,
                                        const sc_core::sc_time& delay) {
  require(payload.has_mm(), "a transaction without memory manager");
  require(payload.get_ref_count() > 0, "a transaction without a reference");
  if (phase == tlm::BEGIN_REQ) {
    begin(payload, delay);
    return;
  }
  require(phase == tlm::END_RESP, "the initiator sends " + text_of(phase));
  const auto found = live_.find(&payload);
  if (found == live_.end()) {
    require(false, text_of(phase) + " of a transaction that is not under way");
    return;
  }
  require(found->second.phase == tlm::BEGIN_RESP, "END_RESP without BEGIN_RESP");
  check_attributes(payload, found->second);
  enter(payload, found->second, phase, delay);
}

void BaseProtocolChecker::begin(Payload& payload, const sc_core::sc_time& delay) {
  ++transactions_;
  require(requesting_ == nullptr, "BEGIN_REQ before END_REQ of the request before it");
  require(live_.count(&payload) == 0, "BEGIN_REQ of a transaction that is under way");
  check_new_attributes(payload);
  Transaction& transaction = live_[&payload];
  transaction = {};
  transaction.attributes = {payload.get_command(),           payload.get_address(),
                            payload.get_data_ptr(),          payload.get_data_length(),
                            payload.get_streaming_width(),   payload.get_byte_enable_ptr(),
                            payload.get_byte_enable_length()};
  enter(payload, transaction, tlm::BEGIN_REQ, delay);
}

void BaseProtocolChecker::check_backward(Payload& payload, const tlm::tlm_phase& phase,
                                         const sc_core::sc_time& delay) {
  const auto found = live_.find(&payload);
  if (found == live_.end()) {
    require(false, text_of(phase) + " of a transaction that is not under way");
    return;
  }
  Transaction& transaction = found->second;
  check_attributes(payload, transaction);
  if (phase == tlm::END_REQ) {
    require(transaction.phase == tlm::BEGIN_REQ, "END_REQ without BEGIN_REQ");
  } else if (phase == tlm::BEGIN_RESP) {
    require(transaction.phase == tlm::BEGIN_REQ || transaction.phase == tlm::END_REQ,
            "BEGIN_RESP without request");
  } else {
    require(false, "the target sends " + text_of(phase));
  }
  enter(payload, transaction, phase, delay);
}

void BaseProtocolChecker::enter(Payload& payload, Transaction& transaction,
                                const tlm::tlm_phase& phase, const sc_core::sc_time& delay) {
  require(transaction.phase == tlm::UNINITIALIZED_PHASE || annotated(delay) >= transaction.time,
          text_of(phase) + " lies before " + text_of(transaction.phase));
  transaction.time = annotated(delay);
  if (phase == tlm::BEGIN_REQ) {
    requesting_ = &payload;
  } else if (requesting_ == &payload) {
    requesting_ = nullptr;  // BEGIN_RESP stands for END_REQ where that did not come
  }
  if (phase == tlm::BEGIN_RESP) {
    require(responding_ == nullptr, "BEGIN_RESP before END_RESP of the response before it");
    require(payload.get_response_status() != tlm::TLM_INCOMPLETE_RESPONSE,
            "BEGIN_RESP without response status");
    responding_ = &payload;
    transaction.status = payload.get_response_status();
  }
  transaction.phase = phase;
  if (phase == tlm::END_RESP) {
    finish(payload);
  }
}

void BaseProtocolChecker::check_return(Payload& payload, tlm::tlm_sync_enum sync, bool forward,
                                       const tlm::tlm_phase& phase_before,
                                       const tlm::tlm_phase& phase,
                                       const sc_core::sc_time& delay_before,
                                       const sc_core::sc_time& delay) {
  if (sync == tlm::TLM_ACCEPTED) {
    require(phase == phase_before, "TLM_ACCEPTED with a changed phase");
    require(delay == delay_before, "TLM_ACCEPTED with a changed delay");
    return;
  }
  require(delay >= delay_before, "an answer that goes back in time");
  const auto found = live_.find(&payload);
  if (found == live_.end()) {
    require(sync == tlm::TLM_COMPLETED && phase_before == tlm::END_RESP,
            "an answer on a transaction that has ended");
    return;
  }
  check_attributes(payload, found->second);
  if (sync == tlm::TLM_COMPLETED) {
    require(payload.get_response_status() != tlm::TLM_INCOMPLETE_RESPONSE,
            "TLM_COMPLETED without response status");
    finish(payload);
    return;
  }
  const bool right_side =
      forward ? phase == tlm::END_REQ || phase == tlm::BEGIN_RESP : phase == tlm::END_RESP;
  require(right_side, "TLM_UPDATED with " + text_of(phase));
  enter(payload, found->second, phase, delay);
}

void BaseProtocolChecker::check_new_attributes(const Payload& payload) {
  require(payload.get_response_status() == tlm::TLM_INCOMPLETE_RESPONSE,
          "a request that has a response status");
  require(!payload.is_dmi_allowed(), "a request that allows direct memory access");
  if (payload.get_command() == tlm::TLM_IGNORE_COMMAND) {
    return;
  }
  require(payload.get_data_ptr() != nullptr && payload.get_data_length() > 0,
          "a read or write without data");
  require(payload.get_streaming_width() > 0, "a read or write with streaming width 0");
  require(payload.get_byte_enable_ptr() == nullptr || payload.get_byte_enable_length() > 0,
          "byte enables without length");
}

void BaseProtocolChecker::check_attributes(const Payload& payload, const Transaction& transaction) {
  const Attributes& a = transaction.attributes;
  require(payload.get_command() == a.command && payload.get_address() == a.address &&
              payload.get_data_ptr() == a.data && payload.get_data_length() == a.length &&
              payload.get_streaming_width() == a.streaming_width &&
              payload.get_byte_enable_ptr() == a.byte_enable &&
              payload.get_byte_enable_length() == a.byte_enable_length,
          "attributes changed under way");
  require(
      transaction.phase != tlm::BEGIN_RESP || payload.get_response_status() == transaction.status,
      "response status changed after BEGIN_RESP");
}

void BaseProtocolChecker::finish(const Payload& payload) {
  requesting_ = requesting_ == &payload ? nullptr : requesting_;
  responding_ = responding_ == &payload ? nullptr : responding_;
  live_.erase(&payload);
}

void BaseProtocolChecker::b_transport(Payload& payload, sc_core::sc_time& delay) {
  ++transactions_;
  check_new_attributes(payload);
  const sc_core::sc_time before = annotated(delay);
  to_target->b_transport(payload, delay);
  require(annotated(delay) >= before, "b_transport goes back in time");
  require(payload.get_response_status() != tlm::TLM_INCOMPLETE_RESPONSE,
          "b_transport without response status");
}

bool BaseProtocolChecker::get_direct_mem_ptr(Payload& payload, tlm::tlm_dmi& dmi) {
  return to_target->get_direct_mem_ptr(payload, dmi);
}

unsigned BaseProtocolChecker::transport_dbg(Payload& payload) {
  const unsigned count = to_target->transport_dbg(payload);
  require(count <= payload.get_data_length(), "transport_dbg with more bytes than were asked for");
  return count;
}

void BaseProtocolChecker::invalidate_direct_mem_ptr(sc_dt::uint64 start, sc_dt::uint64 end) {
  from_initiator->invalidate_direct_mem_ptr(start, end);
}

}  // namespace airnn::test
