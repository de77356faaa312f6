// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>

#include "hw/common/beats.h"
#include "hw/common/stream.h"
#include "hw/compute/compute_events.h"
#include "hw/control/score/score_margin.h"
#include "hw/monitor/rule_reporter.h"

namespace airnn {

/// What a decision follows from.
struct DecisionParams {
  ScoreMode mode = ScoreMode::softmax;
  int fraction_bits = 0;  ///< of the outputs
  std::int64_t threshold = 0;
  std::uint32_t min_iterations = 1;
  std::uint32_t iterations = 1;    ///< the last one always ends the input
  std::uint32_t output_layer = 0;  ///< whose map is scored
};

/// Rules P5 and P6: one decision per iteration, after the last layer's output, and the right one:
/// the score is made again from that output.
class DecisionRule {
 public:
  DecisionRule(const RuleReporter& reporter, const DecisionParams& params);

  /// `next` is about to be entered.
  void entered(const StateEntered& next);
  void computed(const LayerDone& event);
  void values(const LayerValues& event);
  void decided(const Timed<Decision>& decision);

 private:
  void check(const Timed<Decision>& decision) const;

  const RuleReporter& reporter_;
  const DecisionParams params_;
  unsigned decisions_ = 0;  ///< of the running iteration
  bool has_output_ = false;
  Cycle output_ = 0;  ///< cycle in which the output is complete
  ScoreMargin margin_;
};

}  // namespace airnn
