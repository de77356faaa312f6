// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <deque>

#include "hw/common/clock_domain.h"
#include "hw/memory/memory_model.h"
#include "hw/memory/memory_unit.h"
#include "hw/memory/storage.h"
#include "hw/sim/memory_table.h"

namespace airnn::test {

struct FixedMemoryParams {
  Cycle latency_cycles = 7;
  bool answers_in_call = false;  ///< else answers come later, in calls of their own
  bool is_silent = false;        ///< does not tell of its cycles
};

/// A memory that is not part of the project: every burst comes so many cycles after its request,
/// whatever else is under way (in the flat memory one that follows another comes sooner). It knows
/// neither trains nor how to look ahead.
class FixedMemory final : public MemoryUnit {
 public:
  FixedMemory(const sc_core::sc_module_name& name, const FixedMemoryParams& params,
              std::uint64_t capacity_bytes, const ClockDomain& clock);

  bool has_probes() const override { return !params_.is_silent; }

 private:
  struct Answer {
    tlm::tlm_generic_payload* payload;
    Cycle cycle;
  };

  tlm::tlm_sync_enum nb_transport_fw(tlm::tlm_generic_payload& payload, tlm::tlm_phase& phase,
                                     sc_core::sc_time& delay) override;
  void b_transport(tlm::tlm_generic_payload& payload, sc_core::sc_time& delay) override;
  unsigned transport_dbg(tlm::tlm_generic_payload& payload) override;
  void answer();
  void serve(tlm::tlm_generic_payload& payload, Cycle complete);
  void expect_next();

  const FixedMemoryParams params_;
  const ClockDomain& clock_;
  Storage storage_;
  std::deque<Answer> answers_;
  Cycle told_until_ = 0;  ///< cycles that are accounted for
  sc_core::sc_event due_{"due"};
};

MemoryModel fixed_memory(const FixedMemoryParams& params = {});

/// Its row in a table of memories: `model: fixed`, with the key `latency_cycles`.
MemoryRow fixed_memory_row();

}  // namespace airnn::test
