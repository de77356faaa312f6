// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>
#include <utility>

#include "hw/control/control_events.h"
#include "hw/monitor/violation.h"

namespace airnn {

/// Where a run is, and whom to tell when a rule is broken; shared by all rules of a run.
class RuleReporter {
 public:
  explicit RuleReporter(ViolationSink sink) : sink_(std::move(sink)) {}

  /// Called when every rule has seen the event.
  void entered(const StateEntered& event) { position_ = event; }
  /// The present state, its begin, input and iteration.
  const StateEntered& position() const { return position_; }
  bool in(ControllerState state) const { return position_.state == state; }

  void report(Rule rule, const std::string& unit, Cycle cycle, const std::string& seen,
              const std::string& due) const {
    sink_({rule, unit, cycle, position_.input, position_.iteration, seen, due});
  }

 private:
  ViolationSink sink_;
  StateEntered position_;
};

}  // namespace airnn
