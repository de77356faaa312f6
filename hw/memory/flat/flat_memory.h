// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <optional>
#include <vector>

#include "hw/common/clock_domain.h"
#include "hw/common/read_train.h"
#include "hw/common/replay.h"
#include "hw/memory/flat/flat_timing.h"
#include "hw/memory/held_trains.h"
#include "hw/memory/memory_model.h"
#include "hw/memory/memory_unit.h"
#include "hw/memory/storage.h"

namespace airnn {

struct FlatMemoryParams {
  Cycle latency_cycles = 120;  ///< Table VII
  Cycle burst_interval_cycles = 1;
  std::uint64_t capacity_bytes = 0;
};

/// Memory with the paper's constant latency (Table VII). It knows every completion when the request
/// comes, so it completes each transaction in the call that starts it, annotated with the time of
/// the last data byte.
class FlatMemory final : public MemoryUnit {
  const FlatMemoryParams params_;
  const ClockDomain& clock_;

 public:
  FlatMemory(const sc_core::sc_module_name& name, const FlatMemoryParams& params,
             const ClockDomain& clock);

 private:
  tlm::tlm_sync_enum nb_transport_fw(tlm::tlm_generic_payload& payload, tlm::tlm_phase& phase,
                                     sc_core::sc_time& delay) override;
  void b_transport(tlm::tlm_generic_payload& payload, sc_core::sc_time& delay) override;
  unsigned transport_dbg(tlm::tlm_generic_payload& payload) override;
  Cycle serve(tlm::tlm_generic_payload& payload, Cycle arrival);
  /// How a train is served that meets an idle memory, in cycles since its call.
  struct Service {
    std::vector<CyclesSpent> busy;
    Cycle last = 0;  ///< completion

    bool operator==(const Service& other) const { return busy == other.busy && last == other.last; }
  };

  bool serve_train(const KeptReads& reads);
  std::optional<Service> serve_ahead(const std::vector<TimedRead>& reads) const;

  FlatTiming timing_;
  Storage storage_;
  HeldTrains held_{storage_};
  Replay<KeptReads, Service> services_{"service of read trains", kMostContents};
};

/// `params.capacity_bytes` counts for nothing.
MemoryModel flat_memory(const FlatMemoryParams& params);

}  // namespace airnn
