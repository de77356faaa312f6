// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <functional>

#include "hw/common/clock_domain.h"
#include "hw/common/look_ahead.h"
#include "hw/common/payload_pool.h"
#include "hw/common/read_train.h"
#include "hw/link/interposer.h"

namespace airnn::test {

/// Makes the Read Weight Controller a broken one on its way to a memory that completes every read
/// in the call. Trains are refused, so that every read passes by itself.
class BrokenBus final : public Interposer {
 public:
  enum class Deed {
    none,
    skip,  ///< the read is not made; the controller gets the bytes all the same
  };
  /// Decides on every read: its address and cycle.
  using Decide = std::function<Deed(std::uint64_t address, Cycle cycle)>;

  BrokenBus(const sc_core::sc_module_name& module_name, const ClockDomain& clock, Decide decide)
      : Interposer(module_name), clock_(clock), decide_(std::move(decide)) {}

  /// Makes a request of its own in `cycle`.
  void request(tlm::tlm_command command, std::uint64_t address, Cycle cycle) {
    Payload& payload = pool_.acquire();
    payload.set_command(command);
    payload.set_address(address);
    payload.set_data_ptr(bytes_);
    payload.set_data_length(sizeof bytes_);
    payload.set_streaming_width(sizeof bytes_);
    tlm::tlm_phase phase = tlm::BEGIN_REQ;
    sc_core::sc_time delay = clock_.until(cycle);
    to_target->nb_transport_fw(payload, phase, delay);
    payload.release();
  }

 private:
  tlm::tlm_sync_enum nb_transport_fw(Payload& payload, tlm::tlm_phase& phase,
                                     sc_core::sc_time& delay) override {
    if (phase != tlm::BEGIN_REQ || payload.get_command() != tlm::TLM_READ_COMMAND) {
      return to_target->nb_transport_fw(payload, phase, delay);
    }
    const Cycle cycle = clock_.next_edge(sc_core::sc_time_stamp() + delay);
    if (decide_(payload.get_address(), cycle) == Deed::none) {
      return to_target->nb_transport_fw(payload, phase, delay);
    }
    to_target->transport_dbg(payload);
    payload.set_response_status(tlm::TLM_OK_RESPONSE);
    delay += 200 * clock_.period();
    return tlm::TLM_COMPLETED;
  }
  void b_transport(Payload& payload, sc_core::sc_time& delay) override {
    if (payload.get_extension<ReadTrain>() != nullptr ||
        payload.get_extension<LookAhead>() != nullptr) {
      payload.set_response_status(tlm::TLM_OK_RESPONSE);
      return;
    }
    to_target->b_transport(payload, delay);
  }

  const ClockDomain& clock_;
  Decide decide_;
  PayloadPool pool_;
  unsigned char bytes_[64] = {};
};

}  // namespace airnn::test
