// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "hw/common/activity.h"
#include "hw/common/beats.h"
#include "hw/common/clock_domain.h"
#include "hw/common/probe.h"
#include "hw/common/stream.h"
#include "hw/control/control_events.h"
#include "hw/control/score/score_margin.h"

namespace airnn {

struct ScoreCalculationParams {
  ScoreMode mode = ScoreMode::softmax;
  Cycle softmax_cycles = 7;
  Cycle margin_cycles = 1;  ///< Table VII
  std::int64_t threshold = 0;
  std::uint32_t min_iterations = 1;
  std::uint32_t iterations = 1;  ///< the last one always terminates
  std::size_t classes = 0;
  int fraction_bits = 0;  ///< of the outputs
};

/// Calculates the score of an iteration's outputs and decides whether the input ends (paper, III
/// and V-C): it does if the score reaches the threshold, or if no batch is left.
class ScoreCalculation final : public sc_core::sc_module {
  const ScoreCalculationParams params_;
  const ClockDomain& clock_;

 public:
  StreamIn<FeatureMap> in_outputs{"in_outputs", clock_};
  StreamOut<Decision> out_decision{"out_decision", clock_, 1};

  Probe<ScoreDecided> on_decided;
  Probe<CyclesSpent> on_cycles;

  ScoreCalculation(const sc_core::sc_module_name& name, const ScoreCalculationParams& params,
                   const ClockDomain& clock);

 private:
  void decide();

  Cycle blocked_since_ = kNever;
  Cycle busy_until_ = 0;
};

}  // namespace airnn
