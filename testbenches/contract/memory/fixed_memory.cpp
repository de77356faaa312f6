// SPDX-License-Identifier: Apache-2.0
#include "testbenches/contract/memory/fixed_memory.h"

#include <algorithm>

namespace airnn::test {

FixedMemory::FixedMemory(const sc_core::sc_module_name& module_name,
                         const FixedMemoryParams& params, std::uint64_t capacity_bytes,
                         const ClockDomain& clock)
    : MemoryUnit(module_name), params_(params), clock_(clock), storage_(capacity_bytes) {
  SC_HAS_PROCESS(FixedMemory);
  SC_METHOD(answer);
  dont_initialize();
  sensitive << due_;
}

tlm::tlm_sync_enum FixedMemory::nb_transport_fw(tlm::tlm_generic_payload& payload,
                                                tlm::tlm_phase& phase, sc_core::sc_time& delay) {
  if (phase == tlm::END_RESP) {
    return tlm::TLM_COMPLETED;
  }
  const Cycle t = clock_.next_edge(sc_core::sc_time_stamp() + delay);
  if (params_.answers_in_call) {
    serve(payload, t + params_.latency_cycles);
    delay = clock_.until(t + params_.latency_cycles);
    return tlm::TLM_COMPLETED;
  }
  payload.acquire();
  answers_.push_back({&payload, t + params_.latency_cycles});
  if (answers_.size() == 1) {
    expect_next();
  }
  phase = tlm::END_REQ;
  delay = clock_.until(t + 1);
  return tlm::TLM_UPDATED;
}

void FixedMemory::expect_next() {
  if (!answers_.empty()) {
    due_.notify(clock_.until(answers_.front().cycle - 1));
  }
}

void FixedMemory::serve(tlm::tlm_generic_payload& payload, Cycle complete) {
  storage_.execute(payload);
  if (params_.is_silent) {
    return;
  }
  const Cycle begin = std::max(told_until_, complete - params_.latency_cycles);
  on_cycles.emit({complete, complete - begin, 0, 0});
  told_until_ = complete;
}

/// One cycle ahead, as the fabric must know of an answer before the cycle that uses it.
void FixedMemory::answer() {
  tlm::tlm_generic_payload& payload = *answers_.front().payload;
  const Cycle cycle = answers_.front().cycle;
  answers_.pop_front();
  serve(payload, cycle);
  tlm::tlm_phase phase = tlm::BEGIN_RESP;
  sc_core::sc_time delay = clock_.until(cycle);
  bus->nb_transport_bw(payload, phase, delay);
  payload.release();
  expect_next();
}

void FixedMemory::b_transport(tlm::tlm_generic_payload& payload, sc_core::sc_time&) {
  payload.set_response_status(payload.get_command() == tlm::TLM_IGNORE_COMMAND
                                  ? tlm::TLM_OK_RESPONSE
                                  : tlm::TLM_COMMAND_ERROR_RESPONSE);
}

unsigned FixedMemory::transport_dbg(tlm::tlm_generic_payload& payload) {
  return storage_.debug(payload);
}

MemoryModel fixed_memory(const FixedMemoryParams& params) {
  return {"fixed",
          [params](const char* name, std::uint64_t capacity_bytes, const ClockDomain& fabric) {
            return std::make_unique<FixedMemory>(name, params, capacity_bytes, fabric);
          },
          std::nullopt, "fixed_memory"};
}

namespace {

ParameterTable<FixedMemoryParams> fixed_memory_parameters() {
  return {Parameter<FixedMemoryParams>::integer(
      "latency_cycles", &FixedMemoryParams::latency_cycles, 2, 1000, "From request to burst")};
}

}  // namespace

MemoryRow fixed_memory_row() {
  return {"fixed",
          [](const ConfigReader& reader) {
            FixedMemoryParams params;
            read_parameters(fixed_memory_parameters(), reader, params);
            return fixed_memory(params);
          },
          [] {
            return std::vector<ParameterSection>{
                parameter_section("memory of model fixed", "", fixed_memory_parameters())};
          }};
}

}  // namespace airnn::test
