// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <functional>
#include <tlm>
#include <vector>

#include "hw/common/clock_domain.h"
#include "hw/common/payload_pool.h"
#include "hw/common/read_train.h"
#include "hw/control/fetch/fetch_engine.h"

namespace airnn {

/// The Read Weight Controller's side of the memory socket (four-phase AT). A memory that knows the
/// completion of a read in advance may complete the transaction in the first call, annotated with
/// its time; any other answers with END_REQ and BEGIN_RESP later. What a memory sends must reach
/// the fabric at least one cycle after it is sent (the synchroniser), so that the order of
/// processes within a cycle does not matter.
class ReadPort final : public tlm::tlm_initiator_socket<>, private tlm::tlm_bw_transport_if<> {
 public:
  /// A read is complete: its 64 bytes, and the cycle from which they are in the stream buffer.
  using Completion =
      std::function<void(const FetchRead& read, const std::uint8_t* bytes, Cycle cycle)>;

  ReadPort(const char* name, const ClockDomain& clock, unsigned outstanding_reads);

  void on_complete(Completion completion) { completion_ = std::move(completion); }
  /// Notified when a deferred answer changes something; the cycle is in the future.
  const sc_core::sc_event& answer_event() const { return answer_; }

  /// The request channel is free in cycle t.
  bool can_request(Cycle t) const { return channel_free_ <= t; }
  /// Cycle in which the request channel is free again; kNever while that is not known.
  Cycle channel_free() const { return channel_free_; }
  /// Sends the read in cycle t (now or later). Returns whether the memory completed it in the call.
  bool request(const FetchRead& read, std::uint64_t address, Cycle t);
  /// Offers a train that begins now (ReadTrain), null if its reads are not known yet; true if the
  /// memory served it as expected.
  bool request_train(KeptReads reads);
  /// Takes the answers that come until cycle `until`, before which nothing is requested, ahead of
  /// the kernel's time; kNever: until one comes. False if the memory cannot tell ahead, or if there
  /// is nothing that it deferred.
  bool look_ahead(Cycle until);
  /// Asks the memory to get into the state after its start; returns the cycle, now or later, in
  /// which it is so. Only while no read is under way.
  Cycle settle();
  /// Reads without time, for the prediction of contents. Returns the number of bytes.
  unsigned debug_read(std::uint64_t address, std::uint8_t* bytes, unsigned count);

 private:
  struct Read {
    FetchRead request;
    std::uint8_t bytes[kBurstBytes] = {};
  };

  template <typename Extension>
  void ask(Extension& extension);
  tlm::tlm_sync_enum nb_transport_bw(tlm::tlm_generic_payload& payload, tlm::tlm_phase& phase,
                                     sc_core::sc_time& delay) override;
  void invalidate_direct_mem_ptr(sc_dt::uint64, sc_dt::uint64) override {}
  void take_answer(tlm::tlm_generic_payload& payload, tlm::tlm_phase& phase,
                   sc_core::sc_time& delay);
  void complete(tlm::tlm_generic_payload& payload, Cycle cycle);
  Cycle future_cycle(const sc_core::sc_time& delay) const;

  const ClockDomain& clock_;
  Completion completion_;
  PayloadPool pool_;
  std::vector<Read> reads_;
  std::vector<Read*> free_reads_;
  Cycle channel_free_ = 0;
  unsigned deferred_ = 0;   ///< reads that will be answered by a call
  Cycle quiet_before_ = 0;  ///< all answers of cycles before this one have come
  const tlm::tlm_generic_payload* requesting_ = nullptr;  ///< the read that holds the channel
  sc_core::sc_event answer_{"answer"};
};

}  // namespace airnn
