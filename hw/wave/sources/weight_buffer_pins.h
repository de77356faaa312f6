// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>

#include "hw/common/beats.h"
#include "hw/compute/compute_events.h"
#include "hw/wave/sources/timed_queue.h"
#include "hw/wave/wave_source.h"

namespace airnn {

/// A layer's weight buffer: in a cycle with `write`, `count` words are written, of which slot and
/// value of the first are shown; `words` came since the last reset. All words of a write are in the
/// wires of the stream that brings them.
class WeightBufferPins final : public WaveSource {
 public:
  WeightBufferPins(WaveTree& tree, const std::string& scope, unsigned lanes);

  void written(Cycle cycle, const PlacedWeights& words);
  void reset(const BufferReset& event) { resets_.add(event.cycle, 0); }

  Cycle next() const override;
  void show(Cycle cycle, WaveWriter& writer) override;

 private:
  struct Write {
    std::uint32_t count = 0;
    PlacedWord first;
  };

  WaveId write_, reset_, count_, slot_, value_, words_id_;
  TimedQueue<Write> writes_;
  TimedQueue<int> resets_;
  Cycle pulse_end_ = kNever;
  std::uint64_t words_ = 0;
};

}  // namespace airnn
