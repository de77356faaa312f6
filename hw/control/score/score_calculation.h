// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "hw/control/score/score_margin.h"
#include "hw/control/score/score_ports.h"

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

  /// From taking the outputs to the decision.
  Cycle latency_cycles() const {
    return margin_cycles + (mode == ScoreMode::softmax ? softmax_cycles : Cycle{0});
  }
};

/// Calculates the score of an iteration's outputs and decides whether the input ends (paper, III
/// and V-C): it does if the score reaches the threshold, or if no batch is left.
class ScoreCalculation final : public ScorePorts {
 public:
  ScoreCalculation(const sc_core::sc_module_name& name, const ScoreCalculationParams& params,
                   const ClockDomain& clock);

 private:
  void decide();

  const ScoreCalculationParams params_;
  Cycle blocked_since_ = kNever;
  Cycle busy_until_ = 0;
};

}  // namespace airnn
