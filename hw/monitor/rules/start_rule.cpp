// SPDX-License-Identifier: Apache-2.0
#include "hw/monitor/rules/start_rule.h"

#include <utility>

#include "sw/format/unit_names.h"

namespace airnn {

StartRule::StartRule(const RuleReporter& reporter, std::vector<std::string> units)
    : reporter_(reporter), units_(std::move(units)) {}

void StartRule::control(const Timed<ControlMessage>& message) {
  if (message.item.kind == ControlKind::configure) {
    check(message, ControllerState::configure, "configure", "Configure");
  } else if (message.item.kind == ControlKind::start) {
    check(message, ControllerState::compute, "start", "Compute");
  }
}

void StartRule::check(const Timed<ControlMessage>& message, ControllerState due, const char* seen,
                      const char* state) const {
  const StateEntered& position = reporter_.position();
  if (!reporter_.in(due)) {
    reporter_.report(Rule::p4, kControllerName, message.cycle,
                     std::string(seen) + " before state " + state, std::string("in ") + state);
  } else if (message.item.iteration != position.iteration || message.item.input != position.input) {
    reporter_.report(Rule::p4, kControllerName, message.cycle,
                     std::string(seen) + " of iteration " + std::to_string(message.item.iteration),
                     "of iteration " + std::to_string(position.iteration));
  }
}

void StartRule::computed(const LayerDone& event) {
  const StateEntered& position = reporter_.position();
  const bool is_due = reporter_.in(ControllerState::compute) && event.start > position.cycle &&
                      event.iteration == position.iteration && event.input == position.input;
  if (!is_due) {
    reporter_.report(Rule::p4, units_[event.layer], event.start,
                     "a start for iteration " + std::to_string(event.iteration) + " of input " +
                         std::to_string(event.input),
                     "in Compute, for the iteration that was configured");
  }
}

}  // namespace airnn
