// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <deque>
#include <string>

#include "hw/compute/compute_events.h"
#include "hw/wave/wave_source.h"

namespace airnn {

/// What a layer does: its state, the input and iteration of its run, and the issue slot.
class LayerPins final : public WaveSource {
 public:
  LayerPins(WaveTree& tree, const std::string& scope);

  /// Runs do not overlap.
  void started(const LayerStarted& event);

  Cycle next() const override { return parts_.empty() ? kNever : parts_.front().begin; }
  void show(Cycle cycle, WaveWriter& writer) override;

 private:
  /// Cycles of one state; while slots are issued, one per cycle.
  struct Part {
    Cycle begin = 0;
    Cycle end = 0;
    std::uint64_t state = 0;
    std::uint64_t slot = 0;
    std::uint32_t input = 0;
    std::uint32_t iteration = 0;
  };

  WaveId state_, busy_, stalled_, input_, iteration_, slot_;
  std::deque<Part> parts_;
};

}  // namespace airnn
