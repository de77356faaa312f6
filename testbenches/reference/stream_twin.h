// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <vector>

#include "hw/common/cycle.h"

namespace airnn::test {

/// A stream as docs/timing.md words it: an item pushed in t can be popped from t + latency on; its
/// slot is taken from the push to the cycle of the pop, and free in the cycle after it.
template <typename T>
class StreamTwin {
 public:
  explicit StreamTwin(unsigned slots) : slots_(slots) {}

  bool can_push(Cycle t) const { return taken(t) < slots_; }
  bool all_free(Cycle t) const { return taken(t) == 0; }
  void push(Cycle t, Cycle latency, const T& item) {
    items_.push_back({t + latency, kNever, item});
  }

  bool can_pop(Cycle t) const { return next_ < items_.size() && items_[next_].arrival <= t; }
  const T& front() const { return items_[next_].item; }
  Cycle front_arrival() const { return items_[next_].arrival; }
  T pop(Cycle t) {
    items_[next_].popped = t;
    return items_[next_++].item;
  }

 private:
  struct Slot {
    Cycle arrival = 0;
    Cycle popped = kNever;
    T item;
  };

  unsigned taken(Cycle t) const {
    unsigned count = static_cast<unsigned>(items_.size() - next_);
    // Pops happen in order, so only the latest can still hold a slot.
    for (std::size_t i = next_; i > 0 && items_[i - 1].popped >= t; --i) {
      ++count;
    }
    return count;
  }

  unsigned slots_;
  std::size_t next_ = 0;
  std::vector<Slot> items_;
};

}  // namespace airnn::test
