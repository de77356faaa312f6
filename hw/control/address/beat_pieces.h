// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "hw/common/beats.h"

namespace airnn {

/// Calls `use(layer, words)` for each layer that has words in a beat. They lie side by side.
template <typename Use>
void for_each_piece(const WeightBeat& beat, const Use& use) {
  for (std::uint32_t begin = 0, end = 0; begin < beat.count; begin = end) {
    const std::uint32_t layer = beat.words[begin].layer;
    while (end < beat.count && beat.words[end].layer == layer) {
      ++end;
    }
    use(layer, end - begin);
  }
}

/// Tells `on_beat`, if anybody listens, when the words of each beat of a train come and arrive.
template <typename Probe>
void tell_beats(const ItemTrain<WeightBeat>& train, Cycle latency, const Probe& on_beat) {
  for (std::size_t b = 0; on_beat.heard() && b < train.count; ++b) {
    const Timed<WeightBeat> beat = train.at(b);
    for_each_piece(beat.item, [&](std::uint32_t layer, std::uint32_t words) {
      on_beat.emit({beat.cycle, beat.cycle + latency, layer, words});
    });
  }
}

}  // namespace airnn
