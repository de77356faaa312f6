// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <tlm_utils/simple_target_socket.h>
#include <map>
#include <string>
#include <tlm>

#include "hw/common/cycle_timer.h"
#include "hw/memory/storage.h"
#include "testbenches/support/memory_schedule.h"

namespace airnn::test {

struct MemoryStubParams {
  std::uint64_t capacity_bytes = 0;
  MemorySchedule schedule;
  /// Answers leave and arrive between clock edges, as those of a memory with a clock of its own do.
  bool off_edge = false;
  /// This read (counted from 0) is answered with an error.
  std::uint64_t failing_read = ~std::uint64_t{0};
};

/// A memory that defers every read (four-phase AT): it withholds END_REQ as back-pressure, answers
/// out of order, and says BEGIN_RESP at least one cycle before the data are at the fabric.
class MemoryStub final : public sc_core::sc_module, private tlm::tlm_fw_transport_if<> {
  const ClockDomain& clock_;
  const MemoryStubParams params_;

 public:
  tlm::tlm_target_socket<> bus{"bus"};
  tlm_utils::simple_target_socket<MemoryStub> backdoor{"backdoor"};

  MemoryStub(const sc_core::sc_module_name& name, const MemoryStubParams& params,
             const ClockDomain& clock);

  std::uint64_t reads() const { return reads_; }
  unsigned most_in_flight() const { return most_in_flight_; }

 private:
  struct Answer {
    tlm::tlm_generic_payload* payload = nullptr;
    tlm::tlm_phase phase;
    Cycle arrival = 0;
    bool fails = false;
  };

  tlm::tlm_sync_enum nb_transport_fw(tlm::tlm_generic_payload& payload, tlm::tlm_phase& phase,
                                     sc_core::sc_time& delay) override;
  void b_transport(tlm::tlm_generic_payload& payload, sc_core::sc_time& delay) override;
  bool get_direct_mem_ptr(tlm::tlm_generic_payload&, tlm::tlm_dmi&) override { return false; }
  unsigned transport_dbg(tlm::tlm_generic_payload& payload) override;
  void answer();
  void expect_next();
  /// Sets phase and delay to those of an answer that is given now.
  void prepare(const Answer& answer, tlm::tlm_phase& phase, sc_core::sc_time& delay);

  Storage storage_;
  std::multimap<Cycle, Answer> answers_;  ///< by the cycle in which they are sent
  std::uint64_t reads_ = 0;
  unsigned in_flight_ = 0;
  unsigned most_in_flight_ = 0;
  sc_core::sc_event due_{"due"};
};

}  // namespace airnn::test
