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

}  // namespace airnn
