// SPDX-License-Identifier: Apache-2.0
#include "testbenches/contract/memory/flawed_memory.h"

#include <algorithm>

#include "hw/common/look_ahead.h"

namespace airnn::test {

namespace {

constexpr Cycle kLatency = 9;

}  // namespace

FlawedMemory::FlawedMemory(const sc_core::sc_module_name& module_name, Flaw flaw,
                           std::uint64_t capacity_bytes, const ClockDomain& clock)
    : MemoryUnit(module_name), flaw_(flaw), clock_(clock), storage_(capacity_bytes) {
  SC_HAS_PROCESS(FlawedMemory);
  SC_METHOD(answer);
  dont_initialize();
  sensitive << due_;
}

Cycle FlawedMemory::complete(Cycle t) {
  Cycle cycle = std::max(t + kLatency, last_ + 1);
  if (is(Flaw::answers_twice_in_a_cycle) && reads_ % 50 == 49) {
    cycle = std::max(t + 1, last_);
  }
  if (is(Flaw::remembers_through_settle)) {
    cycle += reads_ % 3;
  }
  if (is(Flaw::answers_at_once) && reads_ % 50 == 49) {
    cycle = t;
  }
  last_ = std::max(last_, cycle);
  return cycle;
}

void FlawedMemory::tell(Cycle t, Cycle complete) {
  const Cycle from = is(Flaw::tells_work_twice) ? t : std::max(t, told_);
  told_ = std::max(told_, complete);
  if (!is(Flaw::works_in_secret) || reads_ % 50 != 49) {
    on_cycles.emit({complete, complete - std::min(from, complete), 0, 0});
  }
  if (!is(Flaw::forgets_a_command) || reads_ % 50 != 49) {
    on_command.emit({complete, DramCommand::read, {}});
  }
}

void FlawedMemory::execute(tlm::tlm_generic_payload& payload) {
  const std::uint64_t address = payload.get_address();
  if (is(Flaw::answers_behind_its_end) && address >= storage_.size()) {
    payload.set_response_status(tlm::TLM_OK_RESPONSE);
    return;
  }
  if (is(Flaw::rounds_addresses)) {
    payload.set_address(address / 64 * 64);
  }
  if (is(Flaw::mixes_up_reads) && reads_ % 50 == 49) {
    payload.set_address(address ^ 64);
  }
  storage_.execute(payload);
  payload.set_address(address);
  if (is(Flaw::alters_a_byte) && reads_ % 20 == 19) {
    payload.get_data_ptr()[13] ^= 1;
  }
}

tlm::tlm_sync_enum FlawedMemory::nb_transport_fw(tlm::tlm_generic_payload& payload,
                                                 tlm::tlm_phase& phase, sc_core::sc_time& delay) {
  if (phase == tlm::END_RESP) {
    return tlm::TLM_COMPLETED;
  }
  const Cycle t = clock_.next_edge(sc_core::sc_time_stamp() + delay);
  execute(payload);
  const Cycle cycle = hurries_ ? std::max(t + 1, last_ + 1) : complete(t);
  last_ = std::max(last_, cycle);
  tell(t, cycle);
  ++reads_;
  const bool is_later = is(Flaw::forgets_a_read) || is(Flaw::breaks_its_silence) ||
                        is(Flaw::is_faster_ahead) ||
                        (is(Flaw::answers_both_ways) && reads_ % 50 == 0);
  if (is_later) {
    return defer(payload, phase, delay, t, cycle);
  }
  delay = clock_.until(cycle);
  return tlm::TLM_COMPLETED;
}

tlm::tlm_sync_enum FlawedMemory::defer(tlm::tlm_generic_payload& payload, tlm::tlm_phase& phase,
                                       sc_core::sc_time& delay, Cycle t, Cycle complete) {
  payload.acquire();
  if (!is(Flaw::forgets_a_read) || reads_ % 50 != 0) {
    answers_.push_back({&payload, complete});
    due_.notify(clock_.until(answers_.front().cycle - 1));
  }
  phase = tlm::END_REQ;
  delay = clock_.until(t + 1);
  return tlm::TLM_UPDATED;
}

void FlawedMemory::answer() {
  const Answer now = answers_.front();
  answers_.erase(answers_.begin());
  tlm::tlm_phase phase = tlm::BEGIN_RESP;
  sc_core::sc_time delay = clock_.until(now.cycle);
  bus->nb_transport_bw(*now.payload, phase, delay);
  now.payload->release();
  if (!answers_.empty()) {
    due_.notify(clock_.until(answers_.front().cycle - 1));
  }
}

bool FlawedMemory::serve_train(const std::vector<TimedRead>& reads) {
  if (is(Flaw::takes_trains_for_nothing)) {
    return true;
  }
  const Cycle last_before = last_;
  bool is_right = true;
  const Cycle now = clock_.now();
  for (const TimedRead& read : reads) {
    const Cycle cycle = complete(now + read.cycle);
    is_right =
        is_right && (is(Flaw::believes_cycles_of_trains) || cycle == now + read.completion) &&
        (is(Flaw::believes_bytes_of_trains) || storage_.holds_burst(read.address, read.expected));
  }
  if (is(Flaw::serves_refused_trains)) {
    last_ += 1000;
    return false;
  }
  if (!is_right) {
    last_ = last_before;
    return false;
  }
  for (const TimedRead& read : reads) {
    if (!is(Flaw::hides_work_of_trains)) {
      tell(now + read.cycle, now + read.completion);
    }
  }
  return true;
}

void FlawedMemory::b_transport(tlm::tlm_generic_payload& payload, sc_core::sc_time& delay) {
  payload.set_response_status(is(Flaw::refuses_blocking_calls) ? tlm::TLM_COMMAND_ERROR_RESPONSE
                                                               : tlm::TLM_OK_RESPONSE);
  if (is(Flaw::takes_time_for_blocking_calls)) {
    delay += clock_.period();
  }
  if (auto* train = payload.get_extension<ReadTrain>()) {
    train->taken = train->reads != nullptr && serve_train(*train->reads);
  }
  if (auto* ahead = payload.get_extension<LookAhead>()) {
    hurries_ = is(Flaw::is_faster_ahead);
    if (is(Flaw::breaks_its_silence)) {
      ahead->is_known = true;
      ahead->quiet_before = kNever;
    }
  }
}

unsigned FlawedMemory::transport_dbg(tlm::tlm_generic_payload& payload) {
  if (is(Flaw::looks_elsewhere) && payload.get_command() == tlm::TLM_READ_COMMAND) {
    payload.set_address(payload.get_address() ^ 64);
  }
  return storage_.debug(payload);
}

MemoryModel flawed_memory(Flaw flaw) {
  return {"flawed",
          [flaw](const char* name, std::uint64_t capacity_bytes, const ClockDomain& fabric) {
            return std::make_unique<FlawedMemory>(name, flaw, capacity_bytes, fabric);
          },
          std::nullopt};
}

}  // namespace airnn::test
