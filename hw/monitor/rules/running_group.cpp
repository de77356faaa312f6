// SPDX-License-Identifier: Apache-2.0
#include "hw/monitor/rules/running_group.h"

#include <algorithm>
#include <string>

#include "sw/format/unit_names.h"

namespace airnn {

void RunningGroup::entered(const StateEntered& next) {
  switch (next.state) {
    case ControllerState::reset_buffers:
      begin(next);
      break;
    case ControllerState::compute:
      check_turn(next);
      break;
    case ControllerState::fetch_batch:
      check_iteration(next);
      break;
    case ControllerState::idle:
      if (!inputs_.empty()) {
        reporter_.report(
            Rule::p7, kControllerName, next.cycle,
            "the end of a group of which " + std::to_string(inputs_.size()) + " inputs go on",
            "a result for each");
      }
      break;
    default:
      break;
  }
}

void RunningGroup::begin(const StateEntered& next) {
  inputs_.clear();
  while (!jobs_.empty() && jobs_.front().input < next.input) {
    jobs_.pop_front();
  }
  const std::uint32_t count = jobs_.empty() ? 1 : jobs_.front().count;
  for (std::uint32_t i = 0; i < count; ++i) {
    inputs_[next.input + i] = 0;
  }
}

void RunningGroup::check_turn(const StateEntered& next) {
  const auto input = inputs_.find(next.input);
  if (input == inputs_.end()) {
    reporter_.report(Rule::p7, kControllerName, next.cycle,
                     "a computation for input " + std::to_string(next.input),
                     "none after *terminate*");
    return;
  }
  const auto due = std::find_if(inputs_.begin(), inputs_.end(),
                                [&](const auto& member) { return member.second < next.iteration; });
  if (due != input) {
    reporter_.report(Rule::p5, kControllerName, next.cycle,
                     "the turn of input " + std::to_string(next.input),
                     due == inputs_.end() ? "the next iteration"
                                          : "that of input " + std::to_string(due->first));
  }
  input->second = next.iteration;
}

void RunningGroup::check_iteration(const StateEntered& next) {
  if (next.iteration == 1) {
    return;
  }
  if (inputs_.empty()) {
    reporter_.report(Rule::p7, kControllerName, next.cycle, "a fetch when no input goes on",
                     "the end of the group");
  }
  for (const auto& [input, iteration] : inputs_) {
    if (iteration + 1 < next.iteration) {
      reporter_.report(Rule::p5, kControllerName, next.cycle,
                       "no turn of input " + std::to_string(input) + " in iteration " +
                           std::to_string(next.iteration - 1),
                       "one for each input that goes on");
      return;
    }
  }
}

void RunningGroup::decided(const Timed<Decision>& decision) {
  if (decision.item.terminate != 0) {
    inputs_.erase(decision.item.input);
  }
}

}  // namespace airnn
