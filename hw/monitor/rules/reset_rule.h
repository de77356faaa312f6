// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>
#include <vector>

#include "hw/compute/compute_events.h"
#include "hw/monitor/rule_reporter.h"

namespace airnn {

/// Rule P1: every buffer is reset exactly once per group of inputs, before its first fetch, and is
/// empty then.
class ResetRule {
 public:
  /// `units`: names of the layers.
  ResetRule(const RuleReporter& reporter, std::vector<std::string> units);

  /// `next` is about to be entered.
  void entered(const StateEntered& next);
  void reset(const BufferReset& event);

 private:
  const RuleReporter& reporter_;
  std::vector<std::string> units_;
  std::vector<unsigned> resets_;  ///< of the running group
};

}  // namespace airnn
