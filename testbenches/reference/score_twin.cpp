// SPDX-License-Identifier: Apache-2.0
#include "testbenches/reference/score_twin.h"

namespace airnn::test {

std::optional<DecisionTwin> ScoreTwin::step(Cycle t, StreamTwin<MapTwin>& in_outputs,
                                            StreamTwin<DecisionTwin>& out_decision) {
  std::optional<DecisionTwin> decision;
  const bool map_is_there = in_outputs.can_pop(t);
  if (map_is_there && out_decision.can_push(t)) {
    const MapTwin map = in_outputs.pop(t);
    const bool enough = map.score >= params_.threshold && map.iteration >= params_.min_iterations;
    const bool last = map.iteration >= params_.iterations;
    decision = {map.score, map.prediction, enough || last};
    out_decision.push(t, params_.latency, *decision);
    working_until_ = t + params_.latency;
  }
  if (t < working_until_) {
    ++activity_.working;
  } else if (map_is_there) {
    ++activity_.waiting_for_credit;
  }
  return decision;
}

}  // namespace airnn::test
