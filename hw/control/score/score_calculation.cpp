// SPDX-License-Identifier: Apache-2.0
#include "hw/control/score/score_calculation.h"

#include <algorithm>

namespace airnn {

ScoreCalculation::ScoreCalculation(const sc_core::sc_module_name& module_name,
                                   const ScoreCalculationParams& params, const ClockDomain& clock)
    : ScorePorts(module_name, clock), params_(params) {
  SC_HAS_PROCESS(ScoreCalculation);
  SC_METHOD(decide);
  dont_initialize();
  sensitive << in_outputs.arrival_event() << out_decision.credit_event();
}

void ScoreCalculation::decide() {
  const Cycle t = clock_.now();
  if (!in_outputs.can_pop()) {
    return;
  }
  if (!out_decision.can_push()) {
    blocked_since_ = std::min(blocked_since_, t);
    return;
  }
  const FeatureMap& map = in_outputs.front();
  const ScoreMargin margin =
      score_margin(map.data, params_.classes, params_.fraction_bits, params_.mode);
  const bool confident =
      margin.score >= params_.threshold && map.iteration >= params_.min_iterations;
  const bool terminate = confident || map.iteration >= params_.iterations;
  const Cycle latency = params_.latency_cycles();
  out_decision.push(
      {margin.score, margin.prediction, terminate ? 1U : 0U, map.input, map.iteration}, latency);
  on_begun.emit({t});
  on_decided.emit(
      {t + latency, margin.score, margin.prediction, terminate, map.input, map.iteration, t});
  // A map that waits while the last decision is still worked out adds nothing to that.
  const Cycle blocked_from = std::max(blocked_since_, busy_until_);
  on_cycles.emit({t + latency, latency, 0, blocked_from < t ? t - blocked_from : 0});
  blocked_since_ = kNever;
  busy_until_ = t + latency;
  in_outputs.pop();
}

}  // namespace airnn
