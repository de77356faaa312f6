// SPDX-License-Identifier: Apache-2.0
#include "hw/memory/flat/flat_memory.h"

#include <algorithm>

#include "hw/common/check.h"
#include "sw/format/unit_names.h"

namespace airnn {

FlatMemory::FlatMemory(const sc_core::sc_module_name& module_name, const FlatMemoryParams& params,
                       const ClockDomain& clock)
    : MemoryUnit(module_name),
      params_(params),
      clock_(clock),
      timing_(params.latency_cycles, params.burst_interval_cycles),
      storage_(params.capacity_bytes) {
  MODEL_CHECK(params.latency_cycles >= 1 && params.burst_interval_cycles >= 1, name(),
              "latency and burst interval must be at least one cycle");
}

Cycle FlatMemory::serve(tlm::tlm_generic_payload& payload, Cycle arrival) {
  const Cycle idle_until = std::max(arrival, timing_.busy_until());
  storage_.execute(payload);
  const Cycle complete = timing_.complete(arrival);
  on_cycles.emit({complete, complete - idle_until, 0, 0});
  return complete;
}

tlm::tlm_sync_enum FlatMemory::nb_transport_fw(tlm::tlm_generic_payload& payload,
                                               tlm::tlm_phase& phase, sc_core::sc_time& delay) {
  MODEL_CHECK(phase == tlm::BEGIN_REQ, name(), "a request has another phase than BEGIN_REQ");
  if (payload.get_command() == tlm::TLM_IGNORE_COMMAND) {
    payload.set_response_status(tlm::TLM_OK_RESPONSE);
    return tlm::TLM_COMPLETED;
  }
  delay = clock_.until(serve(payload, clock_.next_edge(sc_core::sc_time_stamp() + delay)));
  return tlm::TLM_COMPLETED;
}

bool FlatMemory::serve_train(const KeptReads& reads) {
  const Cycle now = clock_.now();
  const bool meets_idle = timing_.busy_until() <= now + reads->front().cycle;
  const Service* service = meets_idle ? services_.find(reads) : nullptr;
  std::optional<Service> served;
  if (service == nullptr || services_.checks()) {
    served = serve_ahead(*reads);
    if (!served) {
      return false;
    }
    if (service != nullptr) {
      services_.check(*service == *served);
    } else if (meets_idle) {
      services_.keep(reads, *served);
    }
    service = &*served;
  }
  if (!held_.holds(reads)) {
    return false;
  }
  timing_.skip_to(now + service->last);
  for (CyclesSpent stretch : service->busy) {
    stretch.until += now;
    on_cycles.emit(stretch);
  }
  return true;
}

/// Nothing if a read would not be complete when it is expected.
std::optional<FlatMemory::Service> FlatMemory::serve_ahead(
    const std::vector<TimedRead>& reads) const {
  const Cycle now = clock_.now();
  FlatTiming timing = timing_;
  Service service;
  for (const TimedRead& read : reads) {
    const Cycle arrival = now + read.cycle;
    const Cycle idle_until = std::max(arrival, timing.busy_until());
    const Cycle complete = timing.complete(arrival);
    if (complete != now + read.completion) {
      return std::nullopt;
    }
    if (service.busy.empty() || service.busy.back().until != idle_until - now) {
      service.busy.push_back({idle_until - now, 0, 0, 0});
    }
    service.busy.back().until = complete - now;
    service.busy.back().working += complete - idle_until;
  }
  service.last = timing.busy_until() - now;
  return service;
}

void FlatMemory::b_transport(tlm::tlm_generic_payload& payload, sc_core::sc_time& delay) {
  if (payload.get_command() == tlm::TLM_IGNORE_COMMAND) {
    if (auto* train = payload.get_extension<ReadTrain>()) {
      train->taken = train->reads != nullptr && serve_train(train->reads);
    }
    payload.set_response_status(tlm::TLM_OK_RESPONSE);
    return;
  }
  delay = clock_.until(serve(payload, clock_.next_edge(sc_core::sc_time_stamp() + delay)));
}

unsigned FlatMemory::transport_dbg(tlm::tlm_generic_payload& payload) {
  return storage_.debug(payload);
}

MemoryModel flat_memory(const FlatMemoryParams& params) {
  const auto make = [params](const char* name, std::uint64_t capacity_bytes,
                             const ClockDomain& fabric) {
    FlatMemoryParams own = params;
    own.capacity_bytes = capacity_bytes;
    return std::make_unique<FlatMemory>(name, own, fabric);
  };
  return {"flat", make, std::nullopt, kFlatMemoryName};
}

}  // namespace airnn
