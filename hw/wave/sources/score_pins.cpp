// SPDX-License-Identifier: Apache-2.0
#include "hw/wave/sources/score_pins.h"

#include <algorithm>
#include <cmath>

namespace airnn {

ScorePins::ScorePins(WaveTree& tree, const std::string& scope, int fraction_bits, double threshold)
    : scale_(std::ldexp(1.0, -fraction_bits)),
      threshold_value_(threshold),
      busy_(tree.add(scope, "busy", WaveType::bit())),
      decided_(tree.add(scope, "decided", WaveType::bit())),
      score_(tree.add(scope, "score", WaveType::signed_number(64))),
      score_value_(tree.add(scope, "score_value", WaveType::real())),
      threshold_(tree.add(scope, "threshold", WaveType::real())),
      prediction_(tree.add(scope, "prediction", WaveType::number(32))),
      terminate_(tree.add(scope, "terminate", WaveType::bit())),
      input_(tree.add(scope, "input", WaveType::number(32))),
      iteration_(tree.add(scope, "iteration", WaveType::number(32))) {
  own(busy_, tree);
}

Cycle ScorePins::next() const {
  return std::min({begins_.next(), decisions_.next(), pulse_end_});
}

void ScorePins::show(Cycle cycle, WaveWriter& writer) {
  writer.set_real(threshold_, threshold_value_);
  pulse_end_ = decisions_.has(cycle) ? cycle + 1 : kNever;
  while (decisions_.has(cycle)) {
    const ScoreDecided event = decisions_.take();
    --working_;
    writer.set_signed(score_, event.score);
    writer.set_real(score_value_, static_cast<double>(event.score) * scale_);
    writer.set(prediction_, event.prediction);
    writer.set(terminate_, event.terminate ? 1 : 0);
    writer.set(input_, event.input);
    writer.set(iteration_, event.iteration);
  }
  for (; begins_.has(cycle); begins_.take()) {
    ++working_;
  }
  writer.set(decided_, pulse_end_ == kNever ? 0 : 1);
  writer.set(busy_, working_ > 0 ? 1 : 0);
}

}  // namespace airnn
