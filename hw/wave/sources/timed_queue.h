// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <deque>
#include <utility>

#include "hw/common/cycle.h"

namespace airnn {

/// What happens in which cycle, in the order of cycles; of equal ones, as they were told.
template <typename Event>
class TimedQueue {
 public:
  void add(Cycle cycle, Event event) {
    auto place = events_.end();
    while (place != events_.begin() && std::prev(place)->first > cycle) {
      --place;
    }
    events_.emplace(place, cycle, std::move(event));
  }
  Cycle next() const { return events_.empty() ? kNever : events_.front().first; }
  /// The oldest event has this cycle, or one that has passed.
  bool has(Cycle cycle) const { return next() <= cycle; }
  Event take() {
    Event event = std::move(events_.front().second);
    events_.pop_front();
    return event;
  }

 private:
  std::deque<std::pair<Cycle, Event>> events_;
};

}  // namespace airnn
