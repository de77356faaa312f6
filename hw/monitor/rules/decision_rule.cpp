// SPDX-License-Identifier: Apache-2.0
#include "hw/monitor/rules/decision_rule.h"

#include "sw/format/unit_names.h"

namespace airnn {

DecisionRule::DecisionRule(const RuleReporter& reporter, const DecisionParams& params)
    : reporter_(reporter), params_(params) {}

void DecisionRule::entered(const StateEntered& next) {
  const bool leaves = reporter_.in(ControllerState::await_decision);
  if (leaves && decisions_ == 0) {
    reporter_.report(Rule::p5, kScoreName, next.cycle, "no decision", "one in this iteration");
  }
  if (next.state == ControllerState::compute) {
    decisions_ = 0;
    has_output_ = false;
  }
}

void DecisionRule::computed(const LayerDone& event) {
  if (event.layer == params_.output_layer) {
    has_output_ = true;
    output_ = event.finish;
  }
}

void DecisionRule::values(const LayerValues& event) {
  if (event.layer == params_.output_layer) {
    margin_ = score_margin(event.values->data(), event.values->size(), params_.fraction_bits,
                           params_.mode);
  }
}

void DecisionRule::decided(const Timed<Decision>& decision) {
  const StateEntered& position = reporter_.position();
  ++decisions_;
  if (decisions_ > 1) {
    reporter_.report(Rule::p5, kScoreName, decision.cycle,
                     "decision number " + std::to_string(decisions_) + " of this iteration", "one");
  } else if (decision.item.input != position.input ||
             decision.item.iteration != position.iteration) {
    reporter_.report(Rule::p5, kScoreName, decision.cycle,
                     "a decision on input " + std::to_string(decision.item.input) + ", iteration " +
                         std::to_string(decision.item.iteration),
                     "on the running iteration");
  } else if (!has_output_ || decision.cycle <= output_) {
    reporter_.report(Rule::p5, kScoreName, decision.cycle,
                     "a decision before the last layer's output", "behind it");
  } else {
    check(decision);
  }
}

void DecisionRule::check(const Timed<Decision>& decision) const {
  const std::uint32_t iteration = decision.item.iteration;
  const bool is_last = iteration >= params_.iterations;
  const bool terminate =
      is_last || (margin_.score >= params_.threshold && iteration >= params_.min_iterations);
  const auto text = [](bool ends, std::int64_t score, std::uint32_t prediction) {
    return std::string(ends ? "terminate" : "continue") + ", score " + std::to_string(score) +
           ", class " + std::to_string(prediction);
  };
  if ((decision.item.terminate != 0) != terminate || decision.item.score != margin_.score ||
      decision.item.prediction != margin_.prediction) {
    reporter_.report(
        Rule::p6, kScoreName, decision.cycle,
        text(decision.item.terminate != 0, decision.item.score, decision.item.prediction),
        text(terminate, margin_.score, margin_.prediction) + " (threshold " +
            std::to_string(params_.threshold) + ")");
  }
}

}  // namespace airnn
