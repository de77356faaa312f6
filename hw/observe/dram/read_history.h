// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <array>
#include <cstdint>
#include <vector>

#include "hw/control/control_events.h"

namespace airnn {

/// The reads of an input, and what one sees of them on a time axis. Events may be told in any
/// order; what arrived was requested.
class ReadHistory {
 public:
  /// A stretch of time in which at least one read of a stream was under way.
  struct Run {
    Cycle begin = 0;
    Cycle end = 0;
    std::uint64_t bursts = 0;  ///< requested in it
  };
  /// A window of time.
  struct Window {
    Cycle begin = 0;
    Cycle end = 0;
    std::uint64_t most_in_flight = 0;
    std::uint64_t bursts = 0;  ///< that came in it
  };

  void requested(const ReadIssued& event);
  void arrived(const BurstArrived& event);
  void clear();
  /// The last cycle of an event.
  Cycle latest() const;

  /// Runs of one stream; what has not come ends with `end`.
  std::vector<Run> runs(FetchStream stream, Cycle end) const;
  /// Windows of so many cycles from `begin` on; the last may be shorter.
  std::vector<Window> windows(Cycle begin, Cycle end, Cycle cycles) const;

 private:
  struct Stream {
    std::vector<Cycle> requests;
    std::vector<Cycle> arrivals;
  };

  std::array<Stream, kStreams> streams_;
};

}  // namespace airnn
