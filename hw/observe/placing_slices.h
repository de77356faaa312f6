// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <vector>

#include "hw/control/control_events.h"

namespace airnn {

/// A stretch of time in which Buffer Address Calculation works for one layer.
struct PlacingSlice {
  std::uint64_t begin_ps = 0;
  std::uint64_t end_ps = 0;
  Cycle begin = 0;  ///< of the first beat
  Cycle end = 0;    ///< the last beat is in the buffer
  std::uint32_t layer = 0;
  std::uint32_t batch = 0;
  std::uint64_t words = 0;
};

/// Words of one layer in one beat, and the batch that they are of.
struct BatchBeat {
  BeatPlaced beat;
  std::uint32_t batch = 0;
};

/// Shares the cycles in which Buffer Address Calculation works out to layers, without gap or
/// overlap: a beat has the time from its arrival to that of the next beat, at most until it is in
/// the buffer; layers in one beat have equal parts of it. `beats` in the order of time.
std::vector<PlacingSlice> placing_slices(const std::vector<BatchBeat>& beats,
                                         std::uint64_t period_ps);

}  // namespace airnn
