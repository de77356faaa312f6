// SPDX-License-Identifier: Apache-2.0
#include "hw/monitor/rules/reset_rule.h"

#include <algorithm>
#include <utility>

namespace airnn {

ResetRule::ResetRule(const RuleReporter& reporter, std::vector<std::string> units)
    : reporter_(reporter), units_(std::move(units)), resets_(units_.size(), 0) {}

void ResetRule::entered(const StateEntered& next) {
  if (next.state == ControllerState::reset_buffers) {
    std::fill(resets_.begin(), resets_.end(), 0U);
  }
  if (next.state != ControllerState::fetch_batch || next.iteration != 1) {
    return;
  }
  for (std::size_t layer = 0; layer < units_.size(); ++layer) {
    if (resets_[layer] == 0) {
      reporter_.report(Rule::p1, units_[layer], next.cycle, "no reset before the first fetch",
                       "one");
    }
  }
}

void ResetRule::reset(const BufferReset& event) {
  const std::string& unit = units_[event.layer];
  const StateEntered& position = reporter_.position();
  ++resets_[event.layer];
  if (event.input != position.input) {
    reporter_.report(Rule::p1, unit, event.cycle,
                     "a reset for input " + std::to_string(event.input),
                     "for input " + std::to_string(position.input));
  } else if (resets_[event.layer] > 1) {
    reporter_.report(Rule::p1, unit, event.cycle,
                     "reset number " + std::to_string(resets_[event.layer]) + " of this input",
                     "one");
  }
  if (event.weights_left > 0) {
    reporter_.report(Rule::p1, unit, event.cycle,
                     std::to_string(event.weights_left) + " weights in the buffer after the reset",
                     "none");
  }
}

}  // namespace airnn
