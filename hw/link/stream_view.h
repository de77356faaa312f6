// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstddef>

#include "hw/common/clock_domain.h"
#include "hw/common/probe.h"
#include "hw/common/stream.h"
#include "hw/link/binding_tap.h"

namespace airnn {

/// What passes over the binding of a credit stream, seen from outside. Items and cycles may lie
/// ahead of the kernel's time; per binding they are told in their order.
template <typename T>
class StreamView final : public BindingListener {
 public:
  /// An item was sent; its cycle is that of its arrival. Told before the receiver knows it.
  Probe<Timed<T>> on_sent;
  /// The receiver takes the oldest item that was sent by itself; the cycle is that of the pop.
  Probe<Timed<T>> on_taken;
  /// The receiver took a train: each item is at the receiver in its cycle and taken in it.
  Probe<ItemTrain<T>> on_train;

  explicit StreamView(const ClockDomain& clock) : clock_(clock) {}

  void called(const TransportCall& call) override {
    if (!call.forward) {
      // The credit is back one cycle after the item was taken.
      if (on_taken.heard()) {
        on_taken.emit({clock_.next_edge(call.time) - 1, beats(call)->item});
      }
    } else if (call.payload.get_command() != tlm::TLM_IGNORE_COMMAND &&
               !ItemTrain<T>::carried_by(call.payload)) {
      on_sent.emit({clock_.next_edge(call.time), beats(call)->item});
    }
  }
  void returned(const TransportCall& call, const TransportReturn& result) override {
    if (call.forward && result.sync == tlm::TLM_COMPLETED && call.payload.is_response_ok() &&
        ItemTrain<T>::carried_by(call.payload)) {
      on_train.emit(ItemTrain<T>::of(call.payload, clock_, call.time));
    }
  }

 private:
  static const Timed<T>* beats(const TransportCall& call) {
    return reinterpret_cast<const Timed<T>*>(call.payload.get_data_ptr());
  }

  const ClockDomain& clock_;
};

}  // namespace airnn
