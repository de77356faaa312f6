// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>

#include "hw/common/clock_domain.h"
#include "hw/common/probe.h"
#include "hw/common/read_train.h"
#include "hw/link/binding_tap.h"

namespace airnn {

/// A request on the memory's bus, in the cycle in which it is offered.
struct BusRequest {
  Cycle cycle = 0;
  std::uint64_t address = 0;
  unsigned bytes = 0;
  bool is_write = false;
};

/// The end of the request in hand (END_REQ, or the response in its place): the next one may be
/// offered from `cycle` on.
struct BusAccepted {
  Cycle cycle = 0;
  std::uint64_t address = 0;
};

/// A response; of a read, the data is there from `cycle` on.
struct BusResponse {
  Cycle cycle = 0;
  std::uint64_t address = 0;
  bool is_write = false;
  const std::uint8_t* data = nullptr;  ///< good during the call
};

/// Reads in one transaction (ReadTrain), their cycles counted from `begin`.
struct BusTrain {
  Cycle begin = 0;
  KeptReads reads;
};

/// What passes over the binding between Read Weight Controller and memory, seen from outside.
/// Cycles may lie ahead of the kernel's time. A request is told before the memory knows it.
class BusView final : public BindingListener {
 public:
  Probe<BusRequest> on_request;
  Probe<BusAccepted> on_accepted;
  Probe<BusResponse> on_response;
  Probe<BusTrain> on_train;

  explicit BusView(const ClockDomain& clock) : clock_(clock) {}

  void called(const TransportCall& call) override;
  void returned(const TransportCall& call, const TransportReturn& result) override;
  void blocking_returned(const tlm::tlm_generic_payload& payload,
                         const sc_core::sc_time& delay_before,
                         const sc_core::sc_time& delay) override;

 private:
  void accept(const tlm::tlm_generic_payload& payload, const sc_core::sc_time& time);
  void respond(const tlm::tlm_generic_payload& payload, const sc_core::sc_time& time);

  const ClockDomain& clock_;
  const tlm::tlm_generic_payload* offered_ = nullptr;  ///< holds the request channel
};

}  // namespace airnn
