// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <deque>
#include <functional>
#include <set>

#include "hw/common/payload_pool.h"
#include "hw/common/stream.h"
#include "hw/link/interposer.h"

namespace airnn::test {

enum class Deed {
  none,       ///< the item passes, as it was or altered
  drop,       ///< it does not arrive; its sender gets its credit all the same
  repeat,     ///< it arrives twice, the second time a cycle later
  no_credit,  ///< it arrives, but its sender never gets its credit
};

/// Makes the sender of a stream a broken one. Trains are refused, so that every item passes by
/// itself.
template <typename T>
class BrokenStream final : public Interposer {
 public:
  /// Decides on every item, which it may alter.
  using Decide = std::function<Deed(Timed<T>& item)>;

  BrokenStream(const sc_core::sc_module_name& module_name, const ClockDomain& clock, Decide decide)
      : Interposer(module_name), clock_(clock), decide_(std::move(decide)) {}

  /// Sends an item of its own, that arrives in `cycle`.
  void send(const T& item, Cycle cycle) {
    own_items_.push_back({cycle, item});
    Payload& payload = pool_.acquire();
    payload.set_command(tlm::TLM_WRITE_COMMAND);
    payload.set_address(0);
    payload.set_data_ptr(reinterpret_cast<unsigned char*>(&own_items_.back()));
    payload.set_data_length(sizeof(Timed<T>));
    payload.set_streaming_width(sizeof(Timed<T>));
    own_.insert(&payload);
    tlm::tlm_phase phase = tlm::BEGIN_REQ;
    sc_core::sc_time delay = clock_.until(cycle);
    to_target->nb_transport_fw(payload, phase, delay);
  }

 private:
  tlm::tlm_sync_enum nb_transport_fw(Payload& payload, tlm::tlm_phase& phase,
                                     sc_core::sc_time& delay) override {
    if (payload.get_command() == tlm::TLM_IGNORE_COMMAND) {
      payload.set_response_status(tlm::TLM_BURST_ERROR_RESPONSE);
      return tlm::TLM_COMPLETED;
    }
    auto& item = *reinterpret_cast<Timed<T>*>(payload.get_data_ptr());
    const Deed deed = decide_(item);
    if (deed == Deed::drop) {
      return give_credit(payload, phase, delay);
    }
    if (deed == Deed::no_credit) {
      uncredited_.insert(&payload);
    }
    const Timed<T> copy = item;
    const tlm::tlm_sync_enum sync = to_target->nb_transport_fw(payload, phase, delay);
    if (deed == Deed::repeat) {
      send(copy.item, copy.cycle + 1);
    }
    return sync;
  }

  tlm::tlm_sync_enum give_credit(Payload& payload, tlm::tlm_phase& phase, sc_core::sc_time& delay) {
    payload.set_response_status(tlm::TLM_OK_RESPONSE);
    tlm::tlm_phase response = tlm::BEGIN_RESP;
    sc_core::sc_time later = delay + clock_.period();
    payload.acquire();
    from_initiator->nb_transport_bw(payload, response, later);
    payload.release();
    phase = tlm::END_REQ;
    return tlm::TLM_UPDATED;
  }

  tlm::tlm_sync_enum nb_transport_bw(Payload& payload, tlm::tlm_phase& phase,
                                     sc_core::sc_time& delay) override {
    if (uncredited_.count(&payload) > 0) {
      return tlm::TLM_ACCEPTED;
    }
    if (own_.erase(&payload) == 0) {
      return from_initiator->nb_transport_bw(payload, phase, delay);
    }
    payload.release();
    phase = tlm::END_RESP;
    return tlm::TLM_COMPLETED;
  }

  const ClockDomain& clock_;
  Decide decide_;
  PayloadPool pool_;
  std::deque<Timed<T>> own_items_;
  std::set<const Payload*> own_;
  std::set<const Payload*> uncredited_;
};

}  // namespace airnn::test
