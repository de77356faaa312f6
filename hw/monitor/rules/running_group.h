// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <deque>
#include <map>

#include "hw/common/beats.h"
#include "hw/common/stream.h"
#include "hw/monitor/rule_reporter.h"

namespace airnn {

/// The group of inputs that runs, by its job and the decisions on its inputs, and rules P5 and P7
/// of it: in each iteration every input that goes on has one turn, in the order of their numbers;
/// nothing is computed for one that was told to terminate, and nothing is fetched when none goes
/// on.
class RunningGroup {
 public:
  explicit RunningGroup(const RuleReporter& reporter) : reporter_(reporter) {}

  /// A job was sent to the controller.
  void job(const InputJob& job) { jobs_.push_back(job); }
  /// `next` is about to be entered.
  void entered(const StateEntered& next);
  void decided(const Timed<Decision>& decision);

  /// The group is over when the present input has its result.
  bool ends() const { return inputs_.empty(); }

 private:
  void begin(const StateEntered& next);
  void check_turn(const StateEntered& next);
  void check_iteration(const StateEntered& next);

  const RuleReporter& reporter_;
  std::deque<InputJob> jobs_;  ///< not begun yet
  /// Inputs that go on, each with the last iteration in which it had its turn.
  std::map<std::uint32_t, std::uint32_t> inputs_;
};

}  // namespace airnn
