// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <map>
#include <vector>

#include "hw/common/beats.h"
#include "hw/link/stream_view.h"
#include "hw/monitor/rule_reporter.h"

namespace airnn {

/// Rule P3 for the input map: the input buffer gets every element once, as the host wrote it.
class InputRule {
 public:
  /// `elements`: of a map.
  InputRule(const RuleReporter& reporter, std::uint64_t elements);

  /// The host wrote the map of a coming job.
  void written(std::uint64_t address, const std::uint8_t* bytes);
  void job(const InputJob& job) { addresses_[job.input] = job.address; }
  /// `next` is about to be entered.
  void entered(const StateEntered& next);
  void loaded(const Timed<InputBeat>& beat);
  void loaded(const ItemTrain<InputBeat>& train);

 private:
  const RuleReporter& reporter_;
  const std::uint64_t elements_;
  std::map<std::uint64_t, std::vector<std::int32_t>> maps_;  ///< by address
  std::map<std::uint32_t, std::uint64_t> addresses_;         ///< of jobs that are not begun
  const std::vector<std::int32_t>* due_ = nullptr;
  std::uint64_t loaded_ = 0;
};

}  // namespace airnn
