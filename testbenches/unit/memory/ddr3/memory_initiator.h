// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <tlm_utils/simple_initiator_socket.h>
#include <array>
#include <deque>
#include <functional>
#include <map>
#include <tlm>

#include "hw/common/clock_domain.h"
#include "hw/common/payload_pool.h"

namespace airnn::test {

/// A read or write of 64 bytes and what became of it. Cycles are those of the fabric.
struct MemoryAccess {
  std::uint64_t address = 0;
  bool is_write = false;
  Cycle not_before = 0;  ///< for the begin of the request
  Cycle ahead = 0;       ///< the request is told so many cycles before it begins, at most
  std::array<std::uint8_t, 64> bytes{};

  Cycle begun = 0;
  bool was_held = false;   ///< the call came back without END_REQ
  Cycle request_free = 0;  ///< END_REQ
  Cycle response = 0;      ///< BEGIN_RESP
  unsigned completions = 0;
  tlm::tlm_response_status status = tlm::TLM_INCOMPLETE_RESPONSE;
};

/// Sends accesses to a memory over four-phase AT, in order and one at a time, and ends responses at
/// once or late. `script` runs in a process of it.
class MemoryInitiator final : public sc_core::sc_module, private tlm::tlm_bw_transport_if<> {
  const ClockDomain& clock_;

 public:
  tlm::tlm_initiator_socket<> bus{"bus"};
  tlm_utils::simple_initiator_socket<MemoryInitiator> backdoor{"backdoor"};
  std::function<void()> script;
  /// How long the n-th response is not ended; 0: it is ended in the call.
  std::function<sc_core::sc_time(std::uint64_t n)> hold_response;

  MemoryInitiator(const sc_core::sc_module_name& name, const ClockDomain& clock);

  /// For the script: begins an access as soon as its time has come and the channel is free.
  void send(MemoryAccess& access);
  /// For the script: all of them, and waits for their ends.
  void play(std::deque<MemoryAccess>& accesses);
  /// For the script: to the edge of a cycle.
  void wait_until(Cycle cycle);
  /// Asks the memory to settle and returns the cycle from which it is so.
  Cycle settle();
  unsigned debug(tlm::tlm_command command, std::uint64_t address, std::uint8_t* bytes,
                 unsigned count);

  bool finished() const { return finished_; }
  std::size_t outstanding() const { return under_way_.size(); }

 private:
  tlm::tlm_sync_enum nb_transport_bw(tlm::tlm_generic_payload& payload, tlm::tlm_phase& phase,
                                     sc_core::sc_time& delay) override;
  void invalidate_direct_mem_ptr(sc_dt::uint64, sc_dt::uint64) override {}
  void run();
  void end_response();
  void complete(tlm::tlm_generic_payload& payload);
  void free_request(MemoryAccess& access, const sc_core::sc_time& delay);
  Cycle cycle_after(const sc_core::sc_time& delay) const {
    return clock_.next_edge(sc_core::sc_time_stamp() + delay);
  }

  PayloadPool pool_;
  std::map<const tlm::tlm_generic_payload*, MemoryAccess*> under_way_;
  tlm::tlm_generic_payload* requesting_ = nullptr;
  tlm::tlm_generic_payload* ending_ = nullptr;
  Cycle channel_free_ = 0;
  std::uint64_t responses_ = 0;
  bool finished_ = false;
  sc_core::sc_event ev_free_{"free"};
  sc_core::sc_event ev_end_{"end"};
  sc_core::sc_event ev_done_{"done"};
};

}  // namespace airnn::test
