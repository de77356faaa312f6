// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <tlm_utils/simple_initiator_socket.h>
#include <array>
#include <memory>
#include <string>
#include <vector>

#include "hw/common/payload_pool.h"
#include "hw/common/read_train.h"
#include "hw/memory/memory_model.h"
#include "testbenches/support/base_protocol_checker.h"

namespace airnn::test {

/// A read to be requested: not before `offset` cycles after the first.
struct WantedRead {
  Cycle offset = 0;
  std::uint64_t address = 0;
  unsigned bytes = 64;
};

/// What became of it; cycles count from where the reads began.
struct ReadLog {
  std::uint64_t address = 0;
  Cycle requested = 0;
  Cycle arrived = kNever;  ///< kNever: it was not answered
  bool in_call = false;
  tlm::tlm_response_status status = tlm::TLM_INCOMPLETE_RESPONSE;
  std::array<std::uint8_t, 64> data{};

  bool is_ok() const { return arrived != kNever && status == tlm::TLM_OK_RESPONSE; }
  friend bool operator!=(const ReadLog& a, const ReadLog& b) { return !(a == b); }
  friend bool operator==(const ReadLog& a, const ReadLog& b) {
    return a.address == b.address && a.requested == b.requested && a.arrived == b.arrived &&
           a.status == b.status && a.data == b.data;
  }
};

/// A memory, and an initiator that reads as the Read Weight Controller does and notes everything.
/// Its functions wait, and are called in a process.
class MemoryBench final : public sc_core::sc_module, private tlm::tlm_bw_transport_if<> {
  const ClockDomain& clock_;

 public:
  static constexpr std::uint64_t kCapacity = std::uint64_t{1} << 16;
  static constexpr unsigned kOutstanding = 32;

  MemoryBench(const sc_core::sc_module_name& name, const MemoryModel& model,
              const ClockDomain& clock);
  ~MemoryBench() override;

  MemoryUnit& memory() { return *memory_; }
  const ClockDomain& clock() const { return clock_; }
  /// The byte that the bench stores at every address.
  static std::uint8_t byte_at(std::uint64_t address);
  static bool is_right(const ReadLog& read);

  /// Writes all bytes through the backdoor.
  void store();
  /// Number of bytes that the memory copied; 64 are asked for.
  unsigned look(bool through_backdoor, std::uint64_t address, std::uint8_t* bytes);
  /// Requests reads in their order, each as soon as it may be, and waits for the answers, but not
  /// forever. `ahead`: goes ahead of the kernel's time where the memory lets it.
  std::vector<ReadLog> read(const std::vector<WantedRead>& wanted, bool ahead = false);
  bool offer(KeptReads reads);
  unsigned trains_taken() const { return trains_taken_; }
  /// Lets the memory settle, and waits until it has.
  void settle();
  /// A blocking call without effect; returns what it took.
  sc_core::sc_time ask_nothing();
  void wait_cycles(Cycle cycles) { wait(clock_.duration(cycles)); }

  /// What the bench saw that no memory may do.
  std::vector<std::string> problems() const;
  /// All cycles that the unit said it worked in.
  const std::vector<std::pair<Cycle, Cycle>>& working() const { return working_; }

 private:
  struct Read;

  void send(Read& read, Cycle t);
  void arrive(tlm::tlm_generic_payload& payload, Cycle cycle, bool in_call);
  template <typename Extension>
  void ask(Extension& extension);
  bool look_ahead(Cycle until);
  unsigned in_flight(Cycle t) const;
  Cycle next_change(Cycle t, Cycle due) const;
  tlm::tlm_sync_enum nb_transport_bw(tlm::tlm_generic_payload& payload, tlm::tlm_phase& phase,
                                     sc_core::sc_time& delay) override;
  void invalidate_direct_mem_ptr(sc_dt::uint64, sc_dt::uint64) override {}

  tlm::tlm_initiator_socket<> bus_{"bus"};
  tlm_utils::simple_initiator_socket<MemoryBench> backdoor_{"backdoor"};
  BaseProtocolChecker checker_{"checker"};
  std::unique_ptr<MemoryUnit> memory_;
  PayloadPool pool_;
  std::vector<std::unique_ptr<Read>> reads_;
  tlm::tlm_generic_payload* requesting_ = nullptr;
  Cycle channel_free_ = 0;
  Cycle quiet_before_ = 0;
  unsigned trains_taken_ = 0;
  std::vector<std::string> problems_;
  std::vector<std::pair<Cycle, Cycle>> working_;
};

}  // namespace airnn::test
