// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <string>

#include "hw/common/beats.h"
#include "hw/control/score/score_calculation.h"
#include "hw/rtl/rtl_model.h"

namespace airnn {

/// The pins of Score Calculation (docs/rtl.md).
struct RtlScorePins {
  static constexpr unsigned kOutputBits = 32;
  static constexpr unsigned kScoreBits = 64;
  static constexpr unsigned kIterationBits = 16;
  static constexpr unsigned kClassBits = 16;
  static constexpr unsigned kInputBits = 32;
  static constexpr unsigned kShiftBits = 6;

  /// Throws UserError if a pin is missing or is not what it should be.
  explicit RtlScorePins(const RtlModel& model);

  /// Throws UserError if the RTL does not score as the machine does, or in another time.
  void check(const RtlModel& model, ScoreMode mode, std::size_t machine_classes,
             Cycle softmax_cycles, Cycle margin_cycles) const;

  void configure(const ScoreCalculationParams& params);
  /// Puts outputs on the pins; null: there are none, and they are 0.
  void drive(const FeatureMap* outputs);
  /// That comes out in this cycle; its fields mean nothing without `decision_valid`.
  Decision decision() const;

  std::uint32_t classes;
  std::uint32_t latency;  ///< what `rtl_latency` says
  bool has_softmax;       ///< what `rtl_softmax` says

  RtlPin busy, error;
  RtlPin threshold, min_iterations, iterations, shift;
  RtlPin outputs_valid, outputs_ready, outputs_values, outputs_input, outputs_iteration;
  RtlPin decision_valid, decision_credit, decision_score, decision_prediction;
  RtlPin decision_terminate, decision_input, decision_iteration;
};

}  // namespace airnn
