// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <vector>

#include "hw/common/read_train.h"
#include "hw/memory/memory_commands.h"
#include "hw/memory/memory_model.h"
#include "hw/memory/storage.h"

namespace airnn::test {

/// What a memory does that none may do.
enum class Flaw : std::uint8_t {
  none,
  alters_a_byte,
  looks_elsewhere,
  answers_behind_its_end,
  rounds_addresses,
  mixes_up_reads,
  forgets_a_read,
  answers_twice_in_a_cycle,
  answers_at_once,
  answers_both_ways,
  remembers_through_settle,
  works_in_secret,
  tells_work_twice,
  forgets_a_command,
  is_faster_ahead,
  breaks_its_silence,
  takes_trains_for_nothing,
  hides_work_of_trains,
  serves_refused_trains,
  believes_bytes_of_trains,
  believes_cycles_of_trains,
  refuses_blocking_calls,
  takes_time_for_blocking_calls,
};

/// A memory of constant latency with one flaw. It answers in the call, or, where the flaw is in
/// later answers, later.
class FlawedMemory final : public MemoryUnit, public MemoryCommands {
 public:
  FlawedMemory(const sc_core::sc_module_name& name, Flaw flaw, std::uint64_t capacity_bytes,
               const ClockDomain& clock);

  MemoryCommands* commands() override { return this; }
  void listen(DramListener& listener) override { listeners_.push_back(&listener); }
  const ClockDomain& ddr_clock() const override { return clock_; }
  const Ddr3Part& part() const override { return part_; }
  void catch_up(Cycle) override {}

 private:
  tlm::tlm_sync_enum nb_transport_fw(tlm::tlm_generic_payload& payload, tlm::tlm_phase& phase,
                                     sc_core::sc_time& delay) override;
  void b_transport(tlm::tlm_generic_payload& payload, sc_core::sc_time& delay) override;
  unsigned transport_dbg(tlm::tlm_generic_payload& payload) override;
  tlm::tlm_sync_enum defer(tlm::tlm_generic_payload& payload, tlm::tlm_phase& phase,
                           sc_core::sc_time& delay, Cycle t, Cycle complete);
  void execute(tlm::tlm_generic_payload& payload);
  Cycle complete(Cycle t);
  void tell(Cycle t, Cycle complete);
  bool serve_train(const std::vector<TimedRead>& reads);
  void answer();
  bool is(Flaw flaw) const { return flaw_ == flaw; }

  struct Answer {
    tlm::tlm_generic_payload* payload;
    Cycle cycle;
  };

  const Flaw flaw_;
  const ClockDomain& clock_;
  Storage storage_;
  Ddr3Part part_;
  std::vector<DramListener*> listeners_;
  std::vector<Answer> answers_;
  std::uint64_t reads_ = 0;
  Cycle last_ = 0;  ///< cycle of the latest burst
  Cycle told_ = 0;  ///< until which work was told
  bool hurries_ = false;
  sc_core::sc_event due_{"due"};
};

MemoryModel flawed_memory(Flaw flaw);

}  // namespace airnn::test
