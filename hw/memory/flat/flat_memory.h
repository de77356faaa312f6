// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <tlm_utils/simple_target_socket.h>
#include <tlm>
#include <vector>

#include "hw/common/activity.h"
#include "hw/common/clock_domain.h"
#include "hw/common/probe.h"
#include "hw/common/read_train.h"
#include "hw/memory/flat/flat_timing.h"
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
class FlatMemory final : public sc_core::sc_module, private tlm::tlm_fw_transport_if<> {
  const FlatMemoryParams params_;
  const ClockDomain& clock_;

 public:
  tlm::tlm_target_socket<> bus{"bus"};
  /// For the host, which loads images and inputs in zero time: transport_dbg only.
  tlm_utils::simple_target_socket<FlatMemory> backdoor{"backdoor"};
  Probe<CyclesSpent> on_cycles;

  FlatMemory(const sc_core::sc_module_name& name, const FlatMemoryParams& params,
             const ClockDomain& clock);

 private:
  tlm::tlm_sync_enum nb_transport_fw(tlm::tlm_generic_payload& payload, tlm::tlm_phase& phase,
                                     sc_core::sc_time& delay) override;
  void b_transport(tlm::tlm_generic_payload& payload, sc_core::sc_time& delay) override;
  bool get_direct_mem_ptr(tlm::tlm_generic_payload&, tlm::tlm_dmi&) override { return false; }
  unsigned transport_dbg(tlm::tlm_generic_payload& payload) override;
  Cycle serve(tlm::tlm_generic_payload& payload, Cycle arrival);
  bool serve_train(const std::vector<TimedRead>& reads);

  FlatTiming timing_;
  Storage storage_;
};

}  // namespace airnn
