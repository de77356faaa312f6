// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>

#include "hw/control/control_events.h"
#include "hw/wave/sources/timed_queue.h"
#include "hw/wave/wave_source.h"

namespace airnn {

/// Score Calculation: busy from taking the outputs to the decision, whose cycle `decided` marks.
/// The score is also shown as a number, beside the threshold.
class ScorePins final : public WaveSource {
 public:
  ScorePins(WaveTree& tree, const std::string& scope, int fraction_bits, double threshold);

  void begun(const ScoreBegun& event) { begins_.add(event.cycle, 0); }
  void decided(const ScoreDecided& event) { decisions_.add(event.cycle, event); }

  Cycle next() const override;
  void show(Cycle cycle, WaveWriter& writer) override;

 private:
  double scale_;
  double threshold_value_;
  WaveId busy_, decided_, score_, score_value_, threshold_, prediction_, terminate_, input_,
      iteration_;
  TimedQueue<int> begins_;
  TimedQueue<ScoreDecided> decisions_;
  Cycle pulse_end_ = 0;  ///< kNever: no pulse
  int working_ = 0;      ///< outputs that were taken and have no decision yet
};

}  // namespace airnn
