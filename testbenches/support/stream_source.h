// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <algorithm>
#include <deque>
#include <vector>

#include "hw/common/cycle_timer.h"
#include "hw/common/stream.h"
#include "testbenches/support/stall_policy.h"

namespace airnn::test {

/// Sends queued items, at most one per cycle, as soon as there is a slot and the policy lets it.
template <typename T>
class StreamSource final : public sc_core::sc_module {
  const ClockDomain& clock_;

 public:
  StreamOut<T> out;

  StreamSource(const sc_core::sc_module_name& module_name, const ClockDomain& clock, unsigned slots,
               Cycle latency = 1, const StallPolicy& stalls = StallPolicy::never())
      : sc_module(module_name),
        clock_(clock),
        out("out", clock, slots),
        latency_(latency),
        stalls_(stalls) {
    SC_HAS_PROCESS(StreamSource);
    SC_METHOD(push);
    sensitive << timer_.event() << out.credit_event();
  }

  /// Queues an item that is pushed in cycle `not_before` at the earliest.
  void send(const T& item, Cycle not_before = 0) {
    queue_.push_back({not_before, item});
    if (sc_core::sc_is_running()) {
      timer_.set(clock_.now());
    }
  }
  /// What was pushed, and when.
  const std::vector<Timed<T>>& sent() const { return sent_; }
  bool done() const { return queue_.empty(); }

 private:
  void push() {
    if (queue_.empty()) {
      return;
    }
    const Cycle t = clock_.now();
    const bool pushed_already = !sent_.empty() && sent_.back().cycle == t;
    if (t < queue_.front().cycle || pushed_already || stalls_.stalls(t)) {
      timer_.set(std::max(t + 1, queue_.front().cycle));
    } else if (out.can_push()) {
      out.push(queue_.front().item, latency_);
      sent_.push_back({t, queue_.front().item});
      queue_.pop_front();
      timer_.set(t + 1);
    }
  }

  const Cycle latency_;
  const StallPolicy stalls_;
  std::deque<Timed<T>> queue_;
  std::vector<Timed<T>> sent_;
  CycleTimer timer_{"timer", clock_};
};

}  // namespace airnn::test
