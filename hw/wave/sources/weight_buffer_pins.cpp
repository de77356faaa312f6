// SPDX-License-Identifier: Apache-2.0
#include "hw/wave/sources/weight_buffer_pins.h"

#include <algorithm>

namespace airnn {

WeightBufferPins::WeightBufferPins(WaveTree& tree, const std::string& scope, unsigned lanes)
    : write_(tree.add(scope, "write", WaveType::bit())),
      reset_(tree.add(scope, "reset", WaveType::bit())),
      count_(tree.add(scope, "count", WaveType::number_to(lanes))),
      slot_(tree.add(scope, "slot", WaveType::number(32))),
      value_(tree.add(scope, "value", WaveType::signed_number(32))),
      words_id_(tree.add(scope, "words", WaveType::number(32))) {
  own(write_, tree);
}

void WeightBufferPins::written(Cycle cycle, const PlacedWeights& words) {
  writes_.add(cycle, {words.count, words.count > 0 ? words.words[0] : PlacedWord()});
}

Cycle WeightBufferPins::next() const {
  return std::min({writes_.next(), resets_.next(), pulse_end_});
}

void WeightBufferPins::show(Cycle cycle, WaveWriter& writer) {
  const bool resets = resets_.has(cycle);
  const bool writes = writes_.has(cycle);
  for (; resets_.has(cycle); words_ = 0) {
    resets_.take();
  }
  while (writes_.has(cycle)) {
    const Write write = writes_.take();
    words_ += write.count;
    writer.set(count_, write.count);
    writer.set(slot_, write.first.slot);
    writer.set_signed(value_, write.first.value);
  }
  pulse_end_ = resets || writes ? cycle + 1 : kNever;
  writer.set(reset_, resets ? 1 : 0);
  writer.set(write_, writes ? 1 : 0);
  writer.set(words_id_, words_);
}

}  // namespace airnn
