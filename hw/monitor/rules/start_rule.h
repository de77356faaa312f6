// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>
#include <vector>

#include "hw/common/beats.h"
#include "hw/common/stream.h"
#include "hw/compute/compute_events.h"
#include "hw/monitor/rule_reporter.h"

namespace airnn {

/// Rule P4: nothing is configured before the batch is drained, and nothing starts before the
/// iteration is configured.
class StartRule {
 public:
  /// `units`: names of the layers.
  StartRule(const RuleReporter& reporter, std::vector<std::string> units);

  /// The controller sends it to one of the units that it controls.
  void control(const Timed<ControlMessage>& message);
  void computed(const LayerDone& event);

 private:
  void check(const Timed<ControlMessage>& message, ControllerState due, const char* seen,
             const char* state) const;

  const RuleReporter& reporter_;
  std::vector<std::string> units_;
};

}  // namespace airnn
