// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstddef>

#include "hw/common/binding_tap.h"
#include "hw/common/clock_domain.h"
#include "hw/common/probe.h"
#include "hw/common/stream.h"

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
    } else if (call.payload.get_command() != tlm::TLM_IGNORE_COMMAND && count(call) == 1) {
      on_sent.emit(*beats(call));
    }
  }
  void returned(const TransportCall& call, const TransportReturn& result) override {
    if (call.forward && result.sync == tlm::TLM_COMPLETED && call.payload.is_response_ok() &&
        count(call) > 1) {
      on_train.emit(ItemTrain<T>::of(call.payload, clock_));
    }
  }

 private:
  static const Timed<T>* beats(const TransportCall& call) {
    return reinterpret_cast<const Timed<T>*>(call.payload.get_data_ptr());
  }
  static std::size_t count(const TransportCall& call) {
    return call.payload.get_data_length() / sizeof(Timed<T>);
  }

  const ClockDomain& clock_;
};

}  // namespace airnn
