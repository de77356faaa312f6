// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <algorithm>

#include "hw/memory/ddr3/ddr3_channel.h"

namespace airnn {

/// Offers the requests of a trace to a channel (`Ddr3Channel`): in their order, one per tCK, none
/// before its arrival. A refused one is offered again in every tCK until it is accepted, and all
/// behind it wait.
template <typename Channel>
class DramTraceRun {
 public:
  explicit DramTraceRun(Channel& channel) : channel_(channel) {}

  /// `request.arrival` is that of the trace, not below the one before; latencies count from it.
  /// Runs the channel up to the cycle of acceptance. Calls `go_on` now and then, and gives up if it
  /// says no.
  template <typename GoOn>
  bool offer(const DramRequest& request, const GoOn& go_on) {
    const Cycle from = std::max(request.arrival, next_offer_);
    while (channel_.now() + kLongestSleep < from) {
      channel_.run_until(channel_.now() + kLongestSleep);
      if (!go_on()) {
        return false;
      }
    }
    const Cycle at = channel_.run_until_room(request, from);
    channel_.accept(request, at);
    next_offer_ = at + 1;
    return true;
  }

 private:
  /// Refresh goes on in long pauses of a trace, so the longest take a while.
  static constexpr Cycle kLongestSleep = 100000000;

  Channel& channel_;
  Cycle next_offer_ = 0;
};

}  // namespace airnn
