// SPDX-License-Identifier: Apache-2.0
#include "hw/wave/sources/decompressor_pins.h"

#include <algorithm>

namespace airnn {

DecompressorPins::DecompressorPins(WaveTree& tree, const std::string& scope)
    : expands_(tree.add(scope, "expands", WaveType::bit())),
      segments_(tree.add(scope, "segments", WaveType::number(32))),
      words_(tree.add(scope, "words", WaveType::number(32))),
      first_(tree.add(scope, "first", WaveType::signed_number(32))) {
  own(expands_, tree);
}

void DecompressorPins::expanded(const LinesExpanded& event) {
  items_.add(event.begin,
             {event.end, event.segments, event.words, event.words > 0 ? event.placed[0].value : 0});
}

Cycle DecompressorPins::next() const {
  return std::min(items_.next(), end_);
}

void DecompressorPins::show(Cycle cycle, WaveWriter& writer) {
  end_ = cycle >= end_ ? kNever : end_;
  while (items_.has(cycle)) {
    const Item item = items_.take();
    end_ = item.end;
    writer.set(segments_, item.segments);
    writer.set(words_, item.words);
    writer.set_signed(first_, item.first);
  }
  writer.set(expands_, end_ == kNever ? 0 : 1);
}

}  // namespace airnn
