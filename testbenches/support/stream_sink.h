// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <vector>

#include "hw/common/cycle_timer.h"
#include "hw/common/probe.h"
#include "hw/common/stream.h"
#include "testbenches/support/stall_policy.h"

namespace airnn::test {

enum class Trains : std::uint8_t { refused, taken };

/// Takes one item per cycle in every cycle in which the policy does not stall. It can take trains
/// only where it never stalls.
template <typename T>
class StreamSink final : public sc_core::sc_module {
  const ClockDomain& clock_;

 public:
  struct Received {
    Cycle arrived = 0;
    Cycle popped = 0;
    T item;
  };

  StreamIn<T> in;
  /// Every item when it is taken: while what it points to is still good.
  Probe<Received> on_item;

  StreamSink(const sc_core::sc_module_name& module_name, const ClockDomain& clock,
             const StallPolicy& stalls = StallPolicy::never(), Trains trains = Trains::refused)
      : sc_module(module_name), clock_(clock), in("in", clock), stalls_(stalls) {
    if (trains == Trains::taken && stalls.never_stalls()) {
      in.take_trains([] { return true; },
                     [this](const ItemTrain<T>& train) {
                       for (std::size_t i = 0; i < train.count; ++i) {
                         const Timed<T> beat = train.at(i);
                         take({beat.cycle, beat.cycle, beat.item});
                       }
                       items_in_trains_ += train.count;
                       return train.last_cycle() + 1;
                     });
    }
    SC_HAS_PROCESS(StreamSink);
    SC_METHOD(pop);
    dont_initialize();
    sensitive << in.arrival_event() << timer_.event();
  }

  const std::vector<Received>& received() const { return received_; }
  std::size_t items_in_trains() const { return items_in_trains_; }
  std::vector<Cycle> cycles() const {
    std::vector<Cycle> cycles;
    for (const Received& r : received_) {
      cycles.push_back(r.popped);
    }
    return cycles;
  }

 private:
  void pop() {
    if (!in.can_pop()) {
      return;
    }
    const Cycle t = clock_.now();
    const bool popped_already = !received_.empty() && received_.back().popped == t;
    if (popped_already || stalls_.stalls(t)) {
      timer_.set(t + 1);
      return;
    }
    take({in.front_beat().cycle, t, in.front()});
    in.pop();
  }

  void take(const Received& item) {
    received_.push_back(item);
    on_item.emit(item);
  }

  const StallPolicy stalls_;
  std::vector<Received> received_;
  std::size_t items_in_trains_ = 0;
  CycleTimer timer_{"timer", clock_};
};

}  // namespace airnn::test
