// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <map>

#include "hw/common/beats.h"
#include "hw/common/stream.h"
#include "hw/monitor/rule_reporter.h"

namespace airnn {

/// Rule P7, but for reads: after *terminate* the input's result is delivered exactly once, and it
/// is that of the decision; then the next input begins with a reset.
class ResultRule {
 public:
  explicit ResultRule(const RuleReporter& reporter) : reporter_(reporter) {}

  /// `next` is about to be entered.
  void entered(const StateEntered& next);
  void decided(const Timed<Decision>& decision) { decision_ = decision.item; }
  void delivered(const Timed<InputResult>& result);

 private:
  const RuleReporter& reporter_;
  Decision decision_;
  std::map<std::uint32_t, unsigned> results_;  ///< of each input of the running group
};

}  // namespace airnn
