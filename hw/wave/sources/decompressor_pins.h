// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>

#include "hw/compute/compute_events.h"
#include "hw/wave/sources/timed_queue.h"
#include "hw/wave/wave_source.h"
#include "hw/wave/wave_tree.h"
#include "hw/wave/wave_writer.h"

namespace airnn {

/// A layer's decompressor: `expands` while it does, then `segments` and `words` of the item that it
/// expands; `first` is the value of its first word.
class DecompressorPins final : public WaveSource {
 public:
  DecompressorPins(WaveTree& tree, const std::string& scope);

  void expanded(const LinesExpanded& event);

  Cycle next() const override;
  void show(Cycle cycle, WaveWriter& writer) override;

 private:
  struct Item {
    Cycle end = 0;
    std::uint32_t segments = 0;
    std::uint32_t words = 0;
    std::int32_t first = 0;
  };

  WaveId expands_, segments_, words_, first_;
  TimedQueue<Item> items_;
  Cycle end_ = kNever;  ///< of the item that is expanded
};

}  // namespace airnn
