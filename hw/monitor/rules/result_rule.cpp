// SPDX-License-Identifier: Apache-2.0
#include "hw/monitor/rules/result_rule.h"

#include <string>

#include "sw/format/unit_names.h"

namespace airnn {

void ResultRule::entered(const StateEntered& next) {
  if (reporter_.in(ControllerState::finish) && results_.count(reporter_.position().input) == 0) {
    reporter_.report(Rule::p7, kControllerName, next.cycle, "no result", "one for this input");
  }
  const bool goes_on = decision_.terminate != 0 && next.state != ControllerState::finish &&
                       reporter_.in(ControllerState::await_decision);
  if (goes_on) {
    const bool is_fetch = next.state == ControllerState::fetch_batch;
    reporter_.report(Rule::p7, kControllerName, next.cycle,
                     is_fetch ? std::string("a fetch after *terminate*")
                              : std::string(to_string(next.state)) + " after *terminate*",
                     "the result");
  }
  if (reporter_.in(ControllerState::idle) && next.state != ControllerState::reset_buffers) {
    reporter_.report(Rule::p7, kControllerName, next.cycle, "an input that begins without reset",
                     "state ResetBuffers");
  }
  if (next.state == ControllerState::reset_buffers) {
    results_.clear();
  }
}

void ResultRule::delivered(const Timed<InputResult>& result) {
  const StateEntered& position = reporter_.position();
  const auto text = [](std::uint32_t input, std::uint32_t prediction, std::int64_t score,
                       std::uint32_t iterations) {
    return "input " + std::to_string(input) + ": class " + std::to_string(prediction) + ", score " +
           std::to_string(score) + ", " + std::to_string(iterations) + " iterations";
  };
  const InputResult& seen = result.item;
  const unsigned number = ++results_[seen.input];
  if (number > 1) {
    reporter_.report(Rule::p7, kControllerName, result.cycle,
                     "result number " + std::to_string(number) + " of this input", "one");
  } else if (decision_.terminate == 0) {
    reporter_.report(Rule::p7, kControllerName, result.cycle, "a result before *terminate*",
                     "behind it");
  } else if (seen.input != position.input || seen.prediction != decision_.prediction ||
             seen.score != decision_.score || seen.iterations != position.iteration) {
    reporter_.report(
        Rule::p7, kControllerName, result.cycle,
        text(seen.input, seen.prediction, seen.score, seen.iterations),
        text(position.input, decision_.prediction, decision_.score, position.iteration));
  }
}

}  // namespace airnn
