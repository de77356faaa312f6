// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <map>
#include <optional>
#include <string>
#include <vector>

#include "hw/sim/run_failure.h"

namespace airnn {

/// What the processes that share an evaluation tell each other beside what they make: which steps
/// failed, and which were begun and came to no end. It is in the folder `queue` of the evaluation,
/// with the claims (Claims), and goes when the evaluation is finished.
class WorkQueue {
 public:
  explicit WorkQueue(const std::string& evaluation) : folder_(evaluation + "/queue") {}

  const std::string& folder() const { return folder_; }
  /// Some process shares the evaluation, or did.
  bool is_there() const;
  /// Makes it if there is none; `costs` are those of an input by network (input_cost()), for
  /// estimates. Throws UserError.
  void open(const std::map<std::string, double>& costs) const;
  /// None if they cannot be read.
  std::map<std::string, double> costs() const;

  /// Why a step failed; nothing: it did not, so far.
  std::optional<RunFailure> failure(const std::string& step) const;
  std::vector<std::string> failed_steps() const;
  void keep_failure(const std::string& step, const RunFailure& failure) const;
  /// An attempt at the step came to nothing; the number of these so far.
  int keep_attempt(const std::string& step, const RunFailure& why) const;

  /// Failed steps are tried again.
  void forget_failures() const;
  /// Nothing is left of it.
  void remove() const;

 private:
  std::string failure_file(const std::string& step) const;

  std::string folder_;
};

}  // namespace airnn
